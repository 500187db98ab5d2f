"""What it counts for somebody to leave: the arithmetic of every other figure, with nothing written."""

from copy import copy
from datetime import datetime
from typing import NamedTuple

from meetings.models import Meeting
from registrations.credit.domain.credit_offers import minutes_given
from registrations.credit.domain.deriving import PERSON, Seens, attendance_of, by_person, held_together
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.sessions import session_of
from registrations.models import CreditRule, Evidence


class Counted(NamedTuple):
    """Minutes that count for who leaves, for who stays to the end, and for who was there from the start."""

    leaving: int
    staying: int
    whole: int


def would_count(mark: Evidence, meeting: Meeting, *, left: datetime, at: datetime) -> Counted:
    """Return what counts where ``mark`` goes until ``left``, and where it goes to the end."""
    if meeting.network is None:
        return Counted(0, 0, 0)
    rule = rule_of(meeting.network, CreditRule.objects.known_now().version_for(meeting.network))
    group = next(one for one in held_together(meeting.network) if meeting in one)
    sessions = [(one, session_of(one)) for one in group]
    seen = seen_of(mark, [one.pk for one in group])

    def minutes(until: datetime) -> int:
        rows = attendance_of(with_end(seen, mark, until), sessions, rule=rule, at=at)
        row = next(one for one in rows if one.meeting_id == meeting.pk)
        return row.minutes_counted + row.minutes_other_topic

    whole = sum(minutes_given([session_of(meeting)], rule))
    return Counted(minutes(left), minutes(meeting.ends_at), whole)


def seen_of(mark: Evidence, meetings: list[int]) -> Seens:
    """Return the marks that stand of the person of ``mark``, by meeting, of those held at the same time."""
    standing = Evidence.objects.standing().filter(meeting__in=meetings).order_by("at", "pk")
    mine = standing.filter(registration__person__registrations=mark.registration_id).annotate(person=PERSON)
    return next(iter(by_person(mine).values()), {})


def with_end(seen: Seens, mark: Evidence, until: datetime) -> Seens:
    """Return ``seen`` as it would be with another end of ``mark``."""
    other = copy(mark)
    other.left_at = until
    return {
        meeting: [other if one.pk == mark.pk else one for one in marks] for meeting, marks in seen.items()
    }
