"""Template tags of every page: times in a zone, hours, the menus, the ring, the demo banner."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from stemnet import landing, menu, wording
from stemnet.markdown import render_markdown

register = template.Library()

RING_LENGTH = 314.16  # the circumference of the ring's circle, whose radius is 50

register.filter("day", wording.day)
register.filter("clock", wording.clock)
register.filter("moment", wording.moment)
register.filter("held_until", wording.held_until)
register.filter("for_days", wording.for_days)
register.filter("hours", wording.hours)
register.filter("hours_row", wording.hours_row)
register.filter("hours_phrase", wording.hours_phrase)
register.filter("plain_number", wording.plain_number)
register.filter("month", wording.month)
register.filter("school_year", wording.school_year)


@register.filter
def markdown(words: str, top: int = 3) -> SafeString:
    """Return what was written in Markdown as HTML; its largest heading is of level ``top``."""
    return render_markdown(words, top=top)


@register.simple_tag
def span(start: datetime, end: datetime, zone: str) -> str:
    """Say a meeting's date and hours."""
    return wording.span(start, end, zone)


@register.simple_tag
def date_tile(on: date, off: object = False) -> SafeString:
    """Show a meeting's day as a tile, ``off`` for one that was cancelled."""
    return _date_tile(on, bool(off), get_language())


@lru_cache(maxsize=2_000)  # a fifth of the work of a list of meetings
def _date_tile(on: date, off: bool, _language: str) -> SafeString:
    return render_to_string("components/_date_tile.html", {"on": on, "off": off})


@register.simple_tag
def time_span(start: datetime, end: datetime, zone: str) -> str:
    """Say a meeting's hours without its date."""
    return wording.time_span(start, end, zone)


@register.simple_tag
def day_range(first: date, last: date) -> str:
    """Say the days from the first to the last."""
    return wording.day_range(first, last)


@register.simple_tag
def days_away(on: date, today: date) -> str:
    """Say how far off a day is."""
    return wording.days_away(on, today)


@register.simple_tag
def address_of(name: str, *args: Any) -> str:
    """Return the address called ``name``, or nothing where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def whole_address(path: str) -> str:
    """Return an address with the name of this site."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag(takes_context=True)
def menu_entries(context: Context, which: str = "main") -> list[dict[str, Any]]:
    """Return the menu's entries that exist and may be seen: label, address, and whether one is there."""
    request = context.get("request")
    if request is None:
        return []
    listed = {"main": menu.main_entries, "account": menu.account_entries, "search": menu.searches}[which]
    found = [(entry.label, address_of(entry.url_name)) for entry in listed(getattr(request, "user", None))]
    return [
        {"label": label, "url": url, "current": request.path.startswith(url), "here": request.path == url}
        for label, url in found
        if url
    ]


@register.inclusion_tag("components/_own_pages.html", takes_context=True)
def own_pages(context: Context) -> dict[str, Any]:
    """List the other pages where the reader works, for whoever has more than one."""
    request = context["request"]
    pages = landing.pages_of(getattr(request, "person", None), at=timezone.now())
    return {"pages": [page for page in pages if page.url != request.path]}


@register.simple_tag
def demo_mail_address() -> str:
    """Return the address of the demo's mail where this is a demo, else nothing."""
    return address_of("demo_mail") if settings.DEBUG else ""


@register.simple_tag
def is_demo() -> bool:
    """Say whether this installation runs with DEBUG, which is what a demo does."""
    return bool(settings.DEBUG)


@register.inclusion_tag("components/_ring.html")
def ring(value: Decimal | float, maximum: Decimal | float, text: str, caption: str) -> dict[str, Any]:
    """Draw ``value`` of ``maximum`` as a ring with ``text`` and ``caption`` inside."""
    share = min(max(float(value) / float(maximum), 0.0), 1.0) if maximum else 0.0
    return {
        "dash": f"{share * RING_LENGTH:.1f} {RING_LENGTH}",
        "share": share,
        "text": text,
        "caption": caption,
    }


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """Return this page's query string with ``page`` set to ``number`` and all filters kept."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
