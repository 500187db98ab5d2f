"""From rows of attendance to credits and totals; the arithmetic is in `credits`."""

from collections.abc import Iterable
from fractions import Fraction

from meetings.models import Meeting, Network
from registrations.credit.domain.credits import MeetingCredit, Reason, Rule, Total, total
from registrations.models import Attendance
from registrations.models.attendance.attendance import Seen


def credit_of(attendance: Attendance, network: Network) -> MeetingCredit:
    """Return what one row of attendance at a meeting of ``network`` gives, in minutes."""
    return MeetingCredit(
        minutes_scheduled=Fraction(attendance.minutes_scheduled),
        minutes_attended=Fraction(attendance.minutes_attended),
        minutes_counted=Fraction(attendance.minutes_counted),
        reason=Reason(attendance.reason or Reason.ABSENT),
        presenting=attendance.presenting,
        category=category_of(attendance.meeting, network),
    )


def category_of(meeting: Meeting, network: Network) -> str:
    """Return the category of a meeting's hours: its own, else its group's, else the network's."""
    group = meeting.working_group
    return meeting.category or (group.category if group else "") or network.pdp_category


def not_cancelled(attendances: Iterable[Attendance]) -> list[Attendance]:
    """Return the attendance at meetings that were not cancelled, in the order of the meetings."""
    held = [one for one in attendances if one.meeting.status == Meeting.Status.SCHEDULED]
    return sorted(held, key=lambda one: (one.meeting.starts_at, one.meeting_id))


def was_there(attendance: Attendance) -> bool:
    """Return whether somebody was seen at the meeting, however short."""
    return attendance.status == Seen.PRESENT


def total_of(attendances: Iterable[Attendance], rule: Rule, network: Network) -> Total:
    """Return the total of the meetings of ``network`` that stood."""
    return total((credit_of(one, network) for one in not_cancelled(attendances)), rule)
