"""From rows of attendance to credits and totals; the arithmetic is in `credits`."""

from collections.abc import Iterable
from fractions import Fraction

from meetings.models import Meeting
from registrations.credit.domain.credits import MeetingCredit, Reason, Rule, Total, total
from registrations.models import Attendance
from registrations.models.attendance.attendance import Seen


def credit_of(attendance: Attendance) -> MeetingCredit:
    """Return what one row of attendance gives, in minutes."""
    return MeetingCredit(
        minutes_scheduled=Fraction(attendance.minutes_scheduled),
        minutes_attended=Fraction(attendance.minutes_attended),
        minutes_counted=Fraction(attendance.minutes_counted),
        reason=Reason(attendance.reason or Reason.ABSENT),
        presenting=attendance.presenting,
    )


def standing(attendances: Iterable[Attendance]) -> list[Attendance]:
    """Return the attendance at meetings that were not cancelled, in the order of the meetings."""
    held = [one for one in attendances if one.meeting.status == Meeting.Status.SCHEDULED]
    return sorted(held, key=lambda one: (one.meeting.starts_at, one.meeting_id))


def was_there(attendance: Attendance) -> bool:
    """Whether somebody was seen at the meeting, however short."""
    return attendance.status == Seen.PRESENT


def total_of(attendances: Iterable[Attendance], rule: Rule) -> Total:
    """Return the total of the meetings that stood."""
    return total((credit_of(one) for one in standing(attendances)), rule)
