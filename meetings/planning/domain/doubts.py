"""What looks forgotten in a network that is about to be published; none of it prevents that."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Modality, Network
from meetings.planning.domain.calendar_words import year_of
from meetings.planning.domain.date_forms import written_dates
from meetings.planning.domain.dates import is_in_year
from stemnet import wording

AT_MOST = 6
KINDS = r"(?:meeting|session|date|day|part|week|number|no\.?|nr\.?|#)"
NUMBERS = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,4})"
ONLY_A_NUMBER = re.compile(rf"\s*(?:{KINDS}\s*)*{NUMBERS}[.)]?\s*", re.IGNORECASE)
TEXTS = {
    "summary": gettext_lazy("The summary"),
    "who_should_attend": gettext_lazy("“Who should attend”"),
    "description": gettext_lazy("The description"),
    "objectives": gettext_lazy("The text of the objectives"),
    "assessment": gettext_lazy("The text about how learning is assessed"),
}


def doubts(network: Network, *, at: datetime) -> list[str]:
    """Return a sentence for each kind of thing that seems to be missing or left from another year."""
    everyone = list(network.meetings.standing().order_by("starts_at"))
    meetings = [one for one in everyone if one.working_group_id is None]
    no_place = [one for one in everyone if one.modality != Modality.ONLINE and not (one.venue or one.address)]
    no_link = [one for one in everyone if one.modality != Modality.IN_PERSON and not one.join_url]
    numbers = [one.title for one in meetings if ONLY_A_NUMBER.fullmatch(one.title)]
    over = [one for one in meetings if one.ends_at <= at]
    found = [
        (no_place, _("No place set yet: %(these)s."), days_of(no_place)),
        (no_link, _("No link to join yet: %(these)s."), days_of(no_link)),
        (numbers, _("Titles that are only a number: %(these)s. Say what each meeting is about."), numbers),
        (over, _("Already over: %(these)s."), days_of(over)),
    ]
    said = [sentence % {"these": listed(these)} for some, sentence, these in found if some]
    if meetings and network.opens_after(meetings[0].starts_at):
        said.append(_("Registration opens after the first meeting starts, so nobody can register."))
    return said + old_days(network)


def old_days(network: Network) -> list[str]:
    """Return a sentence for each text that names days of another school year."""
    said = []
    for name, label in TEXTS.items():
        days = [
            shown for on, shown in days_in(getattr(network, name)) if not is_in_year(on, network.school_year)
        ]
        if days:
            words = {"label": label, "these": listed(days), "year": network.school_year}
            said.append(_("%(label)s mentions days outside %(year)s: %(these)s.") % words)
    return said


def days_in(text: str) -> Iterable[tuple[date, str]]:
    """Yield the days that a text names with their year, and as they are written there."""
    for one in written_dates(text):
        try:
            yield (
                date(year_of(one.year, one.month, "") or 0, one.month, one.days[0][0]),
                text[one.start : one.end],
            )
        except ValueError:  # no such day, or no year
            continue


def days_of(meetings: Iterable[Meeting]) -> list[str]:
    """Return the days of meetings in words."""
    return list(dict.fromkeys(wording.day(one.on) for one in meetings))


def listed(these: list[str]) -> str:
    """Return the first of ``these`` in one line, and how many more there are."""
    more = len(these) - AT_MOST
    shown = "; ".join(these[:AT_MOST])
    return _("%(shown)s; and %(more)d more") % {"shown": shown, "more": more} if more > 0 else shown
