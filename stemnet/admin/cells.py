"""What stands in a cell of a list: a tag, a number that opens a list, a quiet word."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def tag(words: Any, look: str = "") -> SafeString:
    """Return a tag; ``look`` is ok, info, warn, bad or none."""
    return format_html('<span class="tag {}">{}</span>', look, words)


def quiet(words: Any) -> SafeString:
    """Return words for what is usual or missing."""
    return format_html('<span class="zero">{}</span>', words)


def count(number: int, url: str) -> SafeString:
    """Return a number that opens the list behind it; none is quiet."""
    return format_html('<a href="{}">{}</a>', url, number) if number else quiet(0)


def portal_link(url: str, obj: Any) -> SafeString:
    """Lead to the page of a row in the portal by an icon."""
    return format_html(
        '<a class="page" href="{}" title="{}"><i class="bi bi-box-arrow-up-right" aria-hidden="true"></i>'
        '<span class="visually-hidden">{}</span></a>',
        url,
        _("Page in the portal"),
        _("%(name)s in the portal") % {"name": obj},
    )
