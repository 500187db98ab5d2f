"""Saying that the attendance of a meeting is complete, which in the end asks the network evaluation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor, acted
from registrations.attendance.domain import counting_check_ins
from registrations.attendance.exceptions import AttendanceRefused, MeetingCancelled, ReasonWanted
from registrations.evaluation.domain import evaluating
from registrations.models import AttendanceCompletion, AttendanceCompletionChange
from registrations.seats.domain import seats

What = AttendanceCompletionChange.What


@transaction.atomic
def complete_attendance(meeting: Meeting, *, by: Actor, at: datetime) -> AttendanceCompletion:
    """Write down that the attendance of ``meeting`` is complete; said twice, it is complete once.

    Later marks stay possible. The last meeting of a network asks its evaluation (docs/rules.md 6.3).
    Raises AttendanceRefused for a meeting that was cancelled or has not begun.
    """
    if meeting.network is not None:
        seats.lock_network(meeting.network)
    meeting = Meeting.objects.select_related("network").get(pk=meeting.pk)
    if meeting.is_cancelled:
        raise MeetingCancelled
    if at < meeting.starts_at:
        raise AttendanceRefused(sentence=_("This meeting hasn't started yet."))
    completion, is_new = AttendanceCompletion.objects.get_or_create(
        meeting=meeting, defaults={"at": at, **acted(by)}
    )
    if is_new:
        if meeting.network is not None:
            counting_check_ins.count_meeting(meeting, at=at)
        write_completion_history(meeting, before=What.OPEN, after=What.COMPLETE, by=by, at=at)
        ask_evaluation(meeting.network, by=by, at=at)
    return completion


@transaction.atomic
def reopen_attendance(meeting: Meeting, *, by: Actor, at: datetime, reason: str) -> None:
    """Take back that the attendance is complete, for a reason; an evaluation that was asked stays asked."""
    if not reason.strip():
        raise ReasonWanted(sentence=_("Say why attendance isn't complete after all."))
    if AttendanceCompletion.objects.filter(meeting=meeting).delete()[0]:
        write_completion_history(
            meeting, before=What.COMPLETE, after=What.OPEN, by=by, at=at, reason=reason.strip()
        )


def ask_evaluation(network: Network | None, *, by: Actor, at: datetime) -> None:
    """Ask the network evaluation once every meeting that stands, its groups' too, is complete."""
    if network is None:
        return
    standing = network.meetings.standing()
    if standing.exists() and not standing.filter(completion__isnull=True).exists():
        evaluating.open_evaluation(network, by=by, at=at)


def write_completion_history(
    meeting: Meeting, *, before: str, after: str, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Write the row of history of a completion."""
    AttendanceCompletionChange.objects.create(
        meeting=meeting, from_status=before, to_status=after, at=at, reason=reason, **acted(by)
    )
