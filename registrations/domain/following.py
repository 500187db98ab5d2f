"""What follows when meetings were cancelled, moved or changed: attendance, the evaluation, and the mail."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingChange
from partners.models import Actor
from registrations.domain import attendance
from registrations.domain.completing import ask_evaluation
from registrations.domain.reminding import take_back
from registrations.domain.reviewing import review
from registrations.emails.changes import meetings_changed as tell
from registrations.models import GroupMembership, Registration
from registrations.models.registration import RegistrationQuerySet

Told = list[tuple[Registration, list[MeetingChange]]]


@transaction.atomic
def follow_changes(changes: Sequence[MeetingChange], *, by: Actor, at: datetime) -> None:
    """Bring attendance in step with what changed, and tell everyone who is to come, once each."""
    for change in changes:
        recount(change, by=by, at=at)
    for network in {change.meeting.network for change in changes}:
        ask_evaluation(network, by=by, at=at)
    take_back([change.meeting for change in changes])
    tell(audience(changes, at=at), at=at)


def recount(change: MeetingChange, *, by: Actor, at: datetime) -> None:
    """Work out anew what counts at a meeting of which there is evidence, and at those held beside it."""
    meeting, before = change.meeting, change.before
    old_start, old_end = (datetime.fromisoformat(before[name]) for name in ("starts_at", "ends_at"))
    moved = (old_start, old_end) != (meeting.starts_at, meeting.ends_at)
    reason = change.reason or str(_("the meeting was changed"))
    if moved and meeting.starts_at > at:
        attendance.reopen(meeting, by=by, at=at, reason=reason)
    if not meeting.evidence.exists() or not (moved or change.from_status != change.to_status):
        return
    if moved:
        attendance.follow(meeting, old_start=old_start, old_end=old_end, by=by, at=at, reason=reason)
    beside = Meeting.objects.filter(
        network=meeting.network_id, starts_at__lt=old_end, ends_at__gt=old_start
    ).select_related("network", "working_group")
    for each in [meeting, *beside.exclude(pk=meeting.pk)]:
        review(attendance.derive_meeting(each, at=at), meeting=each, at=at)


def audience(changes: Sequence[MeetingChange], *, at: datetime) -> Told:
    """Return who is told of which changes: seated and offered people, of a group's meetings its members.

    Nobody is told of a meeting that was over before and after the change.
    """
    told = [change for change in changes if not is_over(change, at=at)]
    networks = {change.meeting.network_id for change in told}
    people: Told = []
    for registration in expected(networks):
        groups = {one.working_group_id for one in registration.group_memberships.all()}
        mine = [change for change in told if concerns(change, registration, groups)]
        if mine:
            people.append((registration, mine))
    return people


def expected(networks: set[int | None]) -> RegistrationQuerySet:
    """Return everyone with a seat, or offered one, in these networks, by name."""
    return (
        Registration.objects.occupying()
        .filter(network__in=[pk for pk in networks if pk])
        .select_related("network", "person")
        .prefetch_related("person__emails", Prefetch("group_memberships", GroupMembership.objects.current()))
        .order_by("person__last_name", "person__first_name", "pk")
    )


def concerns(change: MeetingChange, registration: Registration, groups: set[int]) -> bool:
    """Whether this person is to come to the meeting that changed."""
    meeting = change.meeting
    if meeting.network_id != registration.network_id:
        return False
    return meeting.working_group_id is None or meeting.working_group_id in groups


def is_over(change: MeetingChange, *, at: datetime) -> bool:
    """Whether the meeting had ended before the change and has ended after it."""
    return datetime.fromisoformat(change.before["ends_at"]) <= at and change.meeting.ends_at <= at
