"""What the pages of a report show: what is asked, who is who, and what changes for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.importing.imports.names import readings
from partners.models import Person
from registrations.attendance.domain import report_candidates
from registrations.attendance.domain.report_deciding import bounds
from registrations.attendance.domain.report_matching import How, Match, What
from registrations.attendance.domain.report_people import Someone
from registrations.attendance.domain.report_plan import Effect, Plan, effects, plan_of
from registrations.attendance.domain.report_reading import read_all
from registrations.attendance.forms.reports import (
    ColumnsForm,
)
from registrations.attendance.imports.lines import Doubt, Kind
from registrations.attendance.pages.desk import where
from registrations.attendance.pages.report_files import files_context
from registrations.models import AttendanceReport
from stemnet.garbage import nothing_collected
from stemnet.plain_names import plain_name

A_PAGE = 50
NOTHING, ALL = "", "all"


@dataclass(frozen=True)
class Row:
    """One visitor on the page: what is asked or known, and what changes for each who it is."""

    match: Match
    likely: Sequence[Someone]
    changes: Sequence[tuple[Someone, Effect | None]]
    least: int = 0
    most: int = 0
    who: str = ""  # as it was typed and refused
    minutes: str = ""

    @property
    def doubt(self) -> str:
        """Return why the report doesn't know how long they were there."""
        review = self.match.visitor.review
        return Doubt(review).words if review else ""

    @property
    def kind(self) -> str:
        """Return what a line looks like that is no person's name."""
        kind = self.match.visitor.kind
        return "" if kind == Kind.PERSON else str(Kind(kind).label)

    @property
    def can_be_remembered(self) -> bool:
        """Return whether a decision can hold for later reports."""
        return self.match.can_be_remembered

    @property
    def there(self) -> str:
        """Return how long they were there during the meeting, as the report says."""
        visitor = self.match.visitor
        if self.match.is_range and self.least < self.most:
            return _("%(least)s to %(most)s minutes") % {"least": self.least, "most": self.most}
        return minutes_words(round((visitor.high or 0) / 60))


def minutes_words(minutes: int) -> str:
    """Return minutes in words."""
    return _("1 minute") if minutes == 1 else _("%(number)s minutes") % {"number": minutes}


def read_plan(report: AttendanceReport, meeting: Meeting, *, viewer: Person) -> Plan:
    """Read a report and work out what importing it would write."""
    with nothing_collected():
        return plan_of(read_all(report, meeting=meeting), viewer=viewer)


def report_context(
    report: AttendanceReport,
    plan: Plan,
    *,
    viewer: Person,
    asked: str,
    page: str | None,
    at: datetime,
    typed: Mapping[str, str],
    pointed: ColumnsForm | None,
) -> dict[str, Any]:
    """Return what the page of an open report shows; ``typed`` and ``pointed`` are what was refused."""
    shown = shown_rows(plan, asked)
    chosen = [one for one in plan.matches if shown in (NOTHING, one.what)]
    page_obj = Paginator(chosen, A_PAGE).get_page(page)
    counts = plan.counts
    return {
        **where(plan.reading.meeting, viewer),
        **files_context(report, plan, pointed),
        "report": report,
        "plan": plan,
        "shown": shown,
        "filters": [(what, counts[what]) for what in What if counts[what]],
        "page_obj": page_obj,
        "rows": rows_of(plan, list(page_obj), viewer=viewer, at=at, typed=typed),
        "undecided": counts[What.ASK],
        "asks": any(one.what == What.ASK for one in page_obj),
        "running": report.job is not None and report.job.finished_at is None,
    }


def shown_rows(plan: Plan, asked: str) -> str:
    """Return which rows are shown: those that somebody asked for, else those to decide, else all."""
    if asked in list(What):
        return asked
    return What.ASK.value if plan.counts[What.ASK] and asked != ALL else NOTHING


def rows_of(
    plan: Plan, matches: Sequence[Match], *, viewer: Person, at: datetime, typed: Mapping[str, str]
) -> list[Row]:
    """Return the rows of one page; what changes is worked out for them alone."""
    find = report_candidates.finder(plan.people)
    who = [one for match in matches if match.what == What.COUNTS for one in match.people]
    changes = effects(plan, who, by=viewer, at=at)
    return [
        Row(
            match,
            likely_people(match, find),
            [(one, changes.get(one.pk)) for one in match.people] if match.what == What.COUNTS else [],
            *bounds(plan, match),
            who=typed.get(f"who-{match.id}", ""),
            minutes=typed.get(f"minutes-{match.id}", only_minutes(plan, match)),
        )
        for match in matches
    ]


def only_minutes(plan: Plan, match: Match) -> str:
    """Return the minutes that a report allows where it allows no others, for staff to confirm."""
    least, most = bounds(plan, match)
    return str(least) if match.is_range and least == most else ""


def likely_people(match: Match, find: report_candidates.Finder) -> Sequence[Someone]:
    """Return whom a question offers: those who share the name, else the likely ones."""
    if not match.asks_for_people or match.how == How.NO_SEAT:
        return []
    return match.people or find(match.visitor.names, match.visitor.address)


def visitor_context(
    plan: Plan, match: Match, *, viewer: Person, words: str, ticked: Sequence[Someone] | None = None
) -> dict[str, Any]:
    """Return what the page of one visitor shows: the likely people, or those that a search finds.

    ``ticked`` are those of a form that was refused, else those of the match are.
    """
    found = (
        matching(plan, words)
        if words
        else report_candidates.finder(plan.people)(match.visitor.names, match.visitor.address)
    )
    least, most = bounds(plan, match)
    known = list(match.people) if match.how != How.NO_SEAT else []
    chosen = known if ticked is None else list(ticked)
    return {
        **where(plan.reading.meeting, viewer),
        "report": plan.reading.report,
        "row": Row(match, [], [], least, most),
        "words": words,
        "choices": list(dict.fromkeys([*chosen, *known, *found])),
        "chosen": chosen,
        "is_decided": match.visitor.key in plan.reading.report.decisions,
        "without_seat": match.people if match.how == How.NO_SEAT else [],
    }


def matching(plan: Plan, words: str, most: int = 20) -> list[Someone]:
    """Return the people whose names have each of these words, by name."""

    asked = plain_name(words).split()
    found = [
        one for one in plan.people.all if all(word in f"{one.plain_first} {one.plain_last}" for word in asked)
    ]
    return sorted(found, key=lambda one: one.sort_key)[:most]


def walk_in_initial(match: Match) -> dict[str, str]:
    """Return what the form of a walk-in is filled with."""
    name = match.visitor.names[0] if match.visitor.names else match.visitor.name
    ways = readings(name)
    first, last = (ways[0].first, ways[0].last) if ways else (name, "")
    return {"first_name": first, "last_name": last, "address": match.visitor.address}
