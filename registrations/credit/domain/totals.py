"""From rows of attendance to credits and totals; the arithmetic is in `credits`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from fractions import Fraction

from django.db.models import Max

from meetings.models import Meeting, Network
from registrations.credit.domain.credits import MeetingCredit, Parts, Reason, Rule
from registrations.credit.domain.summing import Total, total
from registrations.models import Attendance
from registrations.models.attendance.attendance import Seen


def credit_of(attendance: Attendance, network: Network) -> MeetingCredit:
    """Return what one row of attendance at a meeting of ``network`` gives, in minutes."""
    return MeetingCredit(
        minutes_scheduled=Fraction(attendance.minutes_scheduled),
        minutes_attended=Fraction(attendance.minutes_attended),
        minutes_counted=Fraction(attendance.minutes_counted),
        minutes_rounded_up=Fraction(attendance.minutes_rounded_up),
        reason=Reason(attendance.reason or Reason.ABSENT),
        presenting=attendance.presenting,
        categories=parts_of(attendance.meeting, network),
    )


def parts_of(meeting: Meeting, network: Network) -> Parts:
    """Return the categories of a meeting's hours, each with its minutes of the meeting as planned.

    They are its own; else it has one, which is its own, its group's or the network's.
    """
    if meeting.category_minutes:
        return tuple((code, minutes) for code, minutes in meeting.category_minutes)
    group = meeting.working_group
    return ((meeting.category or (group.category if group else "") or network.pdp_category, 1),)


def topics_of(attendances: Iterable[Attendance]) -> dict[str, int]:
    """Return the minutes that groups' meetings count on other topics than the network's, by topic."""
    found: dict[str, int] = {}
    for one in attendances:
        group = one.meeting.working_group
        if group is not None and one.minutes_other_topic:
            topic = group.other_topic or group.title
            found[topic] = found.get(topic, 0) + one.minutes_other_topic
    return found


def that_count(attendances: Iterable[Attendance], *, at: datetime) -> list[Attendance]:
    """Return the attendance at meetings that stand and have begun, in the order of the meetings.

    Whoever is marked at the door counts from the start of the meeting on.
    """
    held = [one for one in attendances if not one.meeting.is_cancelled and one.meeting.starts_at <= at]
    return sorted(held, key=lambda one: (one.meeting.starts_at, one.meeting_id))


def was_there(attendance: Attendance) -> bool:
    """Return whether somebody was seen at the meeting, however short."""
    return attendance.status == Seen.PRESENT


def total_of(attendances: Iterable[Attendance], rule: Rule, network: Network) -> Total:
    """Return the total of attendance at meetings of ``network``, of which `that_count` says which count."""
    return total((credit_of(one, network) for one in attendances), rule)


def minutes_of_each(network: Network, people: Collection[int], *, at: datetime) -> dict[int, int]:
    """Return the minutes that count so far for each of ``people``, by primary key, in one statement.

    As in `readiness`: the better of two rows of somebody with two registrations, at meetings that count.
    """
    rows = Attendance.objects.filter(
        registration__network=network,
        registration__person__in=people,
        meeting__status=Meeting.Status.SCHEDULED,
        meeting__starts_at__lte=at,
    )
    best = rows.values_list("registration__person", "meeting").annotate(minutes=Max("minutes_counted"))
    found: dict[int, int] = {}
    for person, _meeting, minutes in best.order_by():
        found[person] = found.get(person, 0) + minutes
    return found
