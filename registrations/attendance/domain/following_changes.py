"""What follows when meetings were cancelled, moved or changed: attendance, the evaluation, and the mail."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingChange
from partners.models import Actor
from registrations.attendance.domain import attendance, completing
from registrations.attendance.domain.completing import ask_evaluation
from registrations.credit.domain import deriving
from registrations.credit.domain.reviewing import review_documents
from registrations.models import Attendance
from registrations.seats.domain import seats
from registrations.seats.domain.reminding import take_back_reminders
from registrations.seats.domain.telling import tell_changes


@transaction.atomic
def follow_changes(changes: Sequence[MeetingChange], *, by: Actor, at: datetime) -> None:
    """Bring attendance in step with what changed, and tell everyone who is to come, once each."""
    for change in changes:
        recount(change, by=by, at=at)
    for network in {change.meeting.network for change in changes}:
        ask_evaluation(network, by=by, at=at)
    take_back_reminders([change.meeting for change in changes])
    tell_changes(changes, at=at)


def recount(change: MeetingChange, *, by: Actor, at: datetime) -> None:
    """Work out anew what counts at a meeting of which there is evidence, and at those held beside it."""
    meeting, before = change.meeting, change.before
    old_start, old_end = (datetime.fromisoformat(before[name]) for name in ("starts_at", "ends_at"))
    moved = (old_start, old_end) != (meeting.starts_at, meeting.ends_at)
    reason = change.reason or str(_("the meeting was changed"))
    if moved and meeting.starts_at > at:
        completing.reopen_attendance(meeting, by=by, at=at, reason=reason)
    if not meeting.evidence.exists() or not (moved or change.from_status != change.to_status):
        return
    if moved:
        attendance.follow_moved_meeting(
            meeting, old_start=old_start, old_end=old_end, by=by, at=at, reason=reason
        )
    beside = Meeting.objects.filter(
        network=meeting.network_id, starts_at__lt=old_end, ends_at__gt=old_start
    ).select_related("network", "working_group")
    for each in [meeting, *beside.exclude(pk=meeting.pk)]:
        review_documents(deriving.derive_meeting(each, at=at), meeting=each, at=at)


@transaction.atomic
def count_anew(meetings: Sequence[Meeting], *, at: datetime) -> None:
    """Work out anew what counts at ``meetings`` of one network, whose breaks, rule or category changed."""
    seen = Attendance.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    people = set(seen.values_list("registration", flat=True))
    if not people:
        return
    held = Meeting.objects.filter(pk__in=seen.values("meeting")).select_related("network", "working_group")
    for meeting in held.order_by("starts_at", "pk"):
        if meeting.network:
            seats.lock_network(meeting.network)
        deriving.derive_meeting(meeting, at=at)
    review_documents(people, meeting=held[0], at=at)
