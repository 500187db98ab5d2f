"""How the portal says times, dates, hours and numbers; pages, mail and documents all ask here.

Times are said in a given IANA zone, as in "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET".
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_DOWN, Decimal
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext, ngettext

# One name the year round for the zones whose clocks all change together; others go by their abbreviation.
GENERIC_ZONES = {
    "America/New_York": "ET",
    "America/Detroit": "ET",
    "America/Indiana/Indianapolis": "ET",
    "America/Kentucky/Louisville": "ET",
    "US/Eastern": "ET",
    "America/Chicago": "CT",
    "America/Menominee": "CT",
    "US/Central": "CT",
    "America/Denver": "MT",
    "America/Boise": "MT",
    "US/Mountain": "MT",
    "America/Los_Angeles": "PT",
    "US/Pacific": "PT",
}


def zone_name(at: datetime, zone: str) -> str:
    """Return the short name of ``zone`` at the moment ``at``: ET, CT, MT, PT, else its abbreviation."""
    generic = GENERIC_ZONES.get(zone)
    if generic:
        return generic
    name = at.astimezone(ZoneInfo(zone)).tzname() or zone
    return f"UTC{name}" if name[0] in "+-" else name


def clock(at: time | datetime) -> str:
    """Return a wall time such as "9:00 a.m.", "12 noon" or "12 midnight"."""
    if (at.hour, at.minute) == (12, 0):
        return gettext("12 noon")
    if (at.hour, at.minute) == (0, 0):
        return gettext("12 midnight")
    return dateformat.time_format(at, "g:i a")


def day(on: date) -> str:
    """Return a date such as "Wed, Oct 14, 2020"."""
    return dateformat.format(on, gettext("D, M j, Y"))


def short_day(on: date) -> str:
    """Return a date of this school year such as "Oct 14", where there is room for no more."""
    return dateformat.format(on, gettext("M j"))


def moment(at: datetime, zone: str) -> str:
    """Return a moment such as "Wed, Oct 14, 2020, 9:00 a.m. ET"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local)}, {clock(local)} {zone_name(at, zone)}"


def moment_near(at: datetime, zone: str, on: date) -> str:
    """Return a moment such as "at 9:05 a.m.", or "on Wed, Oct 14, 2020, 9:05 a.m." if that isn't ``on``."""
    local = at.astimezone(ZoneInfo(zone))
    values = {"day": day(local.date()), "time": clock(local)}
    return (gettext("at %(time)s") if local.date() == on else gettext("on %(day)s, %(time)s")) % values


def time_span(start: datetime, end: datetime, zone: str) -> str:
    """Return the hours of a meeting such as "9:00 a.m. to 12 noon ET", without its date."""
    local = ZoneInfo(zone)
    return gettext("%(start)s to %(end)s %(zone)s") % {
        "start": clock(start.astimezone(local)),
        "end": clock(end.astimezone(local)),
        "zone": zone_name(start, zone),
    }


def time_spans(spans: Iterable[tuple[datetime, datetime]], zone: str) -> str:
    """Return several such as "9:00 a.m. to 10:00 a.m., 11:00 a.m. to 12 noon ET"."""
    *first, last = spans
    local = ZoneInfo(zone)
    pairs = [[clock(moment.astimezone(local)) for moment in one] for one in first]
    before = [gettext("%(start)s to %(end)s") % {"start": start, "end": end} for start, end in pairs]
    return ", ".join([*before, time_span(*last, zone)])


def span(start: datetime, end: datetime, zone: str) -> str:
    """Return a meeting's whole time such as "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET"."""
    local = ZoneInfo(zone)
    first, last = start.astimezone(local), end.astimezone(local)
    if first.date() == last.date():
        return f"{day(first)}, {time_span(start, end, zone)}"
    return gettext("%(start)s to %(end)s %(zone)s") % {
        "start": f"{day(first)}, {clock(first)}",
        "end": f"{day(last)}, {clock(last)}",
        "zone": zone_name(start, zone),
    }


def held_until(at: datetime, zone: str) -> str:
    """Return the clock time until which a seat is held, such as "9:42 a.m. ET"."""
    return f"{clock(at.astimezone(ZoneInfo(zone)))} {zone_name(at, zone)}"


def day_range(first: date, last: date) -> str:
    """Return the days from ``first`` to ``last``, such as "Wed, Oct 14, 2020 to Wed, May 26, 2021"."""
    if first == last:
        return day(first)
    return gettext("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def month_range(first: date, last: date) -> str:
    """Return the months from ``first`` to ``last`` in words, such as "October to May"."""
    if (first.year, first.month) == (last.year, last.month):
        return dateformat.format(first, "F")
    return gettext("%(first)s to %(last)s") % {
        "first": dateformat.format(first, "F"),
        "last": dateformat.format(last, "F"),
    }


def month(on: date) -> str:
    """Return a month such as "October 2020"."""
    return dateformat.format(on, "F Y")


def days_away(on: date, today: date) -> str:
    """Return how far off ``on`` is, such as "today", "tomorrow" or "in 2 days"; a past day as a date."""
    days = (on - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days < 0:
        return day(on)
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def distance(on: date, today: date) -> str:
    """Return how far off ``on`` is on either side, such as "in 7 days", "in 4 months" or "3 days ago"."""
    days = (today - on).days
    if days <= -60:
        return gettext("in %(n)d months") % {"n": -days // 30}
    if days <= 0:
        return days_away(on, today)
    if days == 1:
        return gettext("yesterday")
    if days < 60:
        return gettext("%(days)d days ago") % {"days": days}
    if days < 730:
        return gettext("%(n)d months ago") % {"n": days // 30}
    return gettext("%(n)d years ago") % {"n": days // 365}


def for_days(days: int) -> str:
    """Return how long something stands, as "for 12 days"; from two months on in months, later in years."""
    if days == 0:
        return gettext("since today")
    if days < 60:
        return ngettext("for %(n)d day", "for %(n)d days", days) % {"n": days}
    if days < 730:
        return gettext("for %(n)d months") % {"n": days // 30}
    return gettext("for %(n)d years") % {"n": days // 365}


def school_year(first_year: int) -> str:
    """Return the school year that begins in ``first_year``, such as "2020-21"."""
    return f"{first_year}-{(first_year + 1) % 100:02d}"


def first_day_of_school_year(first_year: int) -> date:
    """Return the day on which the school year that begins in ``first_year`` turns: July 1."""
    return date(first_year, 7, 1)


def school_year_begun(on: date) -> int:
    """Return the year in which the school year of a day began."""
    return on.year if on >= first_day_of_school_year(on.year) else on.year - 1


def school_year_on(on: date) -> str:
    """Return the school year that a day is in."""
    return school_year(school_year_begun(on))


def hours_row(minutes: int) -> str:
    """Return ``minutes`` as hours with two decimals, such as "3.00"; cut, never rounded up.

    See docs/rules.md 2.5.
    """
    return str((Decimal(minutes) / 60).quantize(Decimal("0.01"), rounding=ROUND_DOWN))


def hours(minutes: int) -> str:
    """Return ``minutes`` as a total of hours without idle zeros, such as "7.25" or "12"."""
    return plain_number(Decimal(hours_row(minutes)))


def hours_phrase(minutes: int) -> str:
    """Return ``minutes`` as a counted phrase, such as "1 hour" or "7.25 hours"."""
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if minutes == 60 else 2) % {
        "hours": hours(minutes)
    }


def plain_number(value: Decimal | int | float) -> str:
    """Return a number without idle zeros, such as "14.5" or "12"."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def compared(words: str) -> str:
    """Return ``words`` as headers and choices are compared: lower case, single spaces, no punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())
