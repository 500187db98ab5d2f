"""What the staff's list of people shows besides its rows: quick choices, columns to sort by, the tabs."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import local_day
from registrations.credit.domain.credit_words import number_words
from registrations.credit.domain.readiness import NetworkFacts
from registrations.desk.domain import people_list
from registrations.desk.domain.people_list import ListFacts
from registrations.desk.forms.people import PeopleForm, Shown
from stemnet import wording


@dataclass(frozen=True)
class Choice:
    """One way to ask for people: its words, its address, how many there are, and whether it is chosen."""

    words: str
    query: str
    number: int | None
    chosen: bool


@dataclass(frozen=True)
class SortColumn:
    """One column of the list: its words, the address that sorts by it, and how it is sorted now."""

    words: str
    query: str
    sorted: str


def facts_of(network: Network, course: NetworkFacts, *, groups: list[tuple[str, str]]) -> ListFacts:
    """Return what the list asks of the network."""
    return ListFacts(
        network=network,
        last=people_list.last_meeting(network, at=course.at),
        least_minutes=people_list.least_minutes(course.rule),
        has_groups=bool(groups),
        at=course.at,
    )


def groups_of(network: Network) -> list[tuple[str, str]]:
    """Return the groups of the network, a uid and a title each."""
    return [(str(uid), title) for uid, title in network.working_groups.values_list("uid", "title")]


def choices_of(form: PeopleForm, counts: dict[str, int]) -> list[Choice]:
    """Return the quick choices with their figures; one that makes no sense in this network is left out."""
    facts, asked = form.facts, {key: value for key, value in form.asked.items() if key != "q"}
    found: list[tuple[str, dict[str, str], int | None]] = [
        (str(Shown.SEATED.label), {}, counts["seated"]),
        (_("Without a group"), {"group": people_list.NO_GROUP}, counts["no_group"]),
        (_("Waiting"), {"show": Shown.WAITING.value}, counts["waiting"]),
        (str(Shown.CAME_BACK.label), {"show": Shown.CAME_BACK.value}, counts["came_back"]),
        (str(Shown.GUESTS.label), {"show": Shown.GUESTS.value}, counts["guests"]),
        (str(Shown.GONE.label), {"show": Shown.GONE.value}, counts["gone"]),
        (str(Shown.ALL.label), {"show": Shown.ALL.value}, None),
    ]
    if not counts["guests"]:
        del found[4]
    if not facts.has_groups:
        del found[1]
    if facts.last:
        day = wording.short_day(local_day(facts.last.starts_at, facts.last.zone))
        words = _("Missed %(day)s") % {"day": day}
        found.insert(1, (words, {"attendance": people_list.MISSED}, counts["missed"]))
    asked = {key: value for key, value in asked.items() if (key, value) != ("show", Shown.SEATED)}
    return [Choice(words, urlencode(query), number, query == asked) for words, query, number in found]


def columns_of(form: PeopleForm) -> list[SortColumn]:
    """Return the columns, with the address that sorts by each."""
    hours = _("Hours")
    if form.facts.least_minutes:
        least = number_words(Fraction(form.facts.least_minutes, 60))
        hours = _("Hours of %(least)s") % {"least": least}
    names = {
        "name": _("Name"),
        "organization": _("Organization"),
        "group": _("Working group"),
        "hours": hours,
    }
    if not form.facts.has_groups:
        del names["group"]
    return [_column(form, order, words) for order, words in names.items()]


def _column(form: PeopleForm, order: str, words: str) -> SortColumn:
    """Return one column; pressing that of hours again turns the order around."""
    other = "-hours" if form.order == "hours" else order
    how = {order: "ascending", f"-{order}": "descending"}.get(form.order, "")
    query = urlencode({**form.asked, "sort": other if order == "hours" else order})
    return SortColumn(words, query, how)


def paper_day(network: Network, at: datetime) -> str:
    """Return the day of which a printed list is."""
    return wording.day(local_day(at, network.zone))
