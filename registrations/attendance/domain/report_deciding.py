"""What staff decide of the visitors of a report: who it is, several people, left out, how many minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Person
from registrations.attendance.domain.attendance import locked
from registrations.attendance.domain.report_files import held, said
from registrations.attendance.domain.report_matching import Match
from registrations.attendance.domain.report_people import Someone
from registrations.attendance.domain.report_plan import Plan
from registrations.attendance.exceptions import AttendanceRefused
from registrations.models import AttendanceReport, Registration


@dataclass(frozen=True)
class Answer:
    """One decision: who it is (registrations), left out, or how many minutes count; remembered or not."""

    who: Sequence[Someone | Registration] = ()
    out: bool = False
    minutes: int | None = None
    remember: bool = False
    again: bool = False

    def as_decision(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is kept: what it says, and what was decided before where it says nothing of that."""
        if self.again:
            return {}
        if self.out:
            return {"out": True, "remember": self.remember}
        kept = {name: before[name] for name in ("who", "minutes", "remember") if name in before}
        if self.who:
            kept |= {"who": [str(one.uid) for one in self.who], "remember": self.remember}
        if self.minutes is not None:
            kept["minutes"] = self.minutes
        return kept


@transaction.atomic
def decide(report: AttendanceReport, answers: Mapping[str, Answer], *, by: Person) -> None:
    """Keep answers by the key of a visitor. Raises AttendanceRefused, for oneself, too."""
    if any(one.person_id == by.pk for answer in answers.values() for one in answer.who):
        raise AttendanceRefused(sentence=_("You can't mark yourself. Ask another staff member."))
    locked(report.meeting)
    fresh = held(report)
    for key, answer in answers.items():
        decision = answer.as_decision(fresh.decisions.get(key, {}))
        if decision:
            fresh.decisions[key] = decision
        else:
            fresh.decisions.pop(key, None)
    said(fresh)


def check_minutes(plan: Plan, one: Match, minutes: int) -> None:
    """Raise AttendanceRefused for more or fewer minutes than the report leaves open."""
    least, most = bounds(plan, one)
    if not least <= minutes <= most:
        words = {"least": least, "most": most, "name": one.visitor.name}
        if least == most:
            raise AttendanceRefused(sentence=_("The report says %(least)s minutes for %(name)s.") % words)
        raise AttendanceRefused(
            sentence=_("The report allows %(least)s to %(most)s minutes for %(name)s.") % words
        )


def check_chosen(chosen: Sequence[Someone], minutes: int | None) -> None:
    """Raise AttendanceRefused where nobody was chosen and nothing else was said."""
    if not chosen and minutes is None:
        raise AttendanceRefused(sentence=_("Choose who this is, or leave them out."))


def bounds(plan: Plan, one: Match) -> tuple[int, int]:
    """Return the fewest and most whole minutes that a report leaves open for a visitor."""
    whole = int((plan.reading.window.end - plan.reading.window.start).total_seconds())
    low, high = one.visitor.low or 0, one.visitor.high
    return low // 60, -(-(whole if high is None else min(high, whole)) // 60)
