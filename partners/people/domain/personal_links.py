"""Addresses that are one person's own, which must not go to others in a mail (docs/rules.md 13.12)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WORD = re.compile(r"[^\s<>\"'()]+")
LONG_SECRET = re.compile(r"[A-Za-z0-9_\-:.]{40,}")
WORDS = re.compile(r"(?<![^/])[a-z0-9]{1,24}(-[a-z0-9]{1,24})+(?![^/])")  # such as the address of a network
# Pages that know who opens them by their address, whatever the site is called.
KINDS: list[tuple[re.Pattern[str], Promise]] = [
    (re.compile(r"^/calendar/mine/[^/]+"), _("This is your own calendar link: %(link)s.")),
    (re.compile(r"^/u/[^/]+"), _("This is one person's own link to stop mail: %(link)s.")),
    (re.compile(r"^/sign/[^/]+"), _("This is one person's own link to sign: %(link)s.")),
    (
        re.compile(r"^/(invitation|invitations/[^/]+)/[^/]+"),
        _("This is one organization's own invitation: %(link)s."),
    ),
    (
        re.compile(r"^/networks/[^/]+/(leave|register)/[^/]+"),
        _("This is one person's own link to their registration: %(link)s."),
    ),
    (
        re.compile(r"^/documents/[0-9a-f-]{32,}"),
        _("This is the link to one person's own document: %(link)s."),
    ),
    (
        re.compile(r"^/accounts/(login/code|password/reset)/[^/]+"),
        _("This is a link to sign in with your own code: %(link)s."),
    ),
]
ANY = _("This looks like one person's own link: %(link)s.")


@dataclass(frozen=True)
class PersonalLink:
    """An address in a text that is one person's own, and the sentence that says which kind."""

    address: str
    kind: Promise

    @property
    def sentence(self) -> str:
        """Return what it is, by name."""
        return str(self.kind) % {"link": self.address}

    @property
    def warning(self) -> str:
        """Return what it is, and why it has to go."""
        words = gettext("%(what)s Anyone who gets it could use it as if they were you. Take it out.")
        return words % {"what": self.sentence}


def personal_link(text: str) -> PersonalLink | None:
    """Return the first address in ``text`` that is one person's own, or None."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    for word, parts in _addresses(text, host):
        path = unquote(parts.path)
        if kind := next((words for pattern, words in KINDS if pattern.match(path)), None):
            return PersonalLink(word, kind)
        if parts.hostname == host and LONG_SECRET.search(WORDS.sub("", path) + parts.query):
            return PersonalLink(word, ANY)
    return None


def _addresses(text: str, host: str) -> Iterator[tuple[str, SplitResult]]:
    """Yield what can be opened: with any scheme, with none, or only its path."""
    for word in WORD.findall(text):
        if "/" not in word:
            continue
        whole = word if "://" in word or word.startswith("/") else f"//{word}"
        try:
            parts = urlsplit(whole)
            parts.hostname  # noqa: B018 - a broken address says so here
        except ValueError:
            continue
        yield word, parts
