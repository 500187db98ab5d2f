"""Addresses of web pages: when two lead to the same page, and which of them everyone can open."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stemnet.plain_columns import PlainField

# What senders of mail and advertisements add, and what a page itself doesn't read.
COUNTED_BY = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")
USUAL_PORTS = {None, 80, 443}
AT_HOME = ("localhost", "local", "internal", "lan", "intranet", "home", "corp")  # last parts of names


def same_address(url: str) -> str:
    """Return what two addresses of the same page have in common.

    That is without http or https, www, letters' case in the host, a slash at the end, a place within the
    page, and what counts where readers come from. What is no address comes back as it is.
    """
    parts = _parts(url)
    if parts is None:
        return url
    port = "" if parts.port in USUAL_PORTS else f":{parts.port}"
    asked = [one for one in parts.query.split("&") if not COUNTED_BY.fullmatch(one.partition("=")[0])]
    query = "?" + "&".join(asked) if any(asked) else ""
    # Some sites make their pages in the browser: there the part after "#" is the page.
    page = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{port}{parts.path.rstrip('/')}{query}{page}"


def refuse_unshared(url: str) -> None:
    """Raise ValidationError for an address that others can't open, or that holds a password."""
    parts = _parts(url)
    if parts is None or parts.scheme not in ("http", "https"):
        raise ValidationError(_("Type a link that starts with https://."))
    if parts.username is not None or parts.password is not None:
        raise ValidationError(
            _("Leave the user name and the password out of the link: everyone would read them.")
        )
    if not _is_public(parts.hostname or ""):
        raise ValidationError(
            _("Only people in your own building can open this link. Type one for everyone.")
        )


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    return parts


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and host.rstrip(".").rpartition(".")[2] not in AT_HOME


class SameAddressField(PlainField):
    """What another column's address has in common with others of the same page."""

    def of(self, words: str) -> str:
        """Return it, cut to what the column holds."""
        return same_address(words)[: self.max_length]
