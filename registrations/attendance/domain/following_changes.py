"""What follows when meetings were cancelled, moved or changed: attendance, the evaluation, and the mail."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import MeetingChange, Network
from partners.models import Actor
from registrations.attendance.domain import completing, following_times
from registrations.attendance.domain.completing import ask_evaluation
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.seats.domain import seats, ways
from registrations.seats.domain.reminding import take_back_reminders
from registrations.seats.domain.telling import tell_changes

What = MeetingChange.What


@transaction.atomic
def follow_changes(
    changes: Sequence[MeetingChange], *, typed_follow: bool = False, by: Actor, at: datetime
) -> None:
    """Bring attendance in step with what changed, and tell everyone who is to come, once each.

    ``typed_follow`` says that times typed at the desk move by the same hours as their meeting.
    """
    for change in changes:
        follow_time(change, typed_follow=typed_follow, by=by, at=at)
    for network in {change.meeting.network for change in changes if change.meeting.network}:
        mine = [change for change in changes if change.meeting.network == network and is_counted(change)]
        if mine:
            count_anew(network, because=because_of(mine), at=at)
        ask_evaluation(network, by=by, at=at)
    ways.forget(change.meeting for change in changes)
    take_back_reminders([change.meeting for change in changes])
    tell_changes(changes, at=at)


@transaction.atomic
def count_anew(network: Network, *, because: str, at: datetime) -> None:
    """Let the figures of everyone in ``network`` follow what changed of its plan."""
    figures_may_have_changed(seats.lock_network(network), because=because, at=at)


def follow_time(change: MeetingChange, *, typed_follow: bool, by: Actor, at: datetime) -> None:
    """Let marks and "attendance is complete" follow a meeting that has another time now."""
    move = following_times.Move(change, typed_follow=typed_follow)
    if not move.is_any:
        return
    reason = change.reason or str(_("the meeting was changed"))
    if change.meeting.starts_at > at:
        completing.reopen_attendance(change.meeting, by=by, at=at, reason=reason)
    following_times.follow_moved_meeting(move, by=by, at=at, reason=reason)


def is_counted(change: MeetingChange) -> bool:
    """Return whether a change touches hours: another room or link does not."""
    return change.what not in (What.PLACE, What.MOVED_ONLINE)


def because_of(changes: Sequence[MeetingChange]) -> str:
    """Say in half a sentence what happened to the meetings of one network."""
    words = {"meeting": changes[0].meeting.title, "number": len(changes)}
    if len(changes) > 1:
        return ngettext("%(number)s meeting was changed", "%(number)s meetings were changed", 2) % words
    if changes[0].what == What.CANCELLED:
        return _("“%(meeting)s” was cancelled") % words
    if changes[0].what == What.ADDED:
        return _("“%(meeting)s” was added") % words
    return _("“%(meeting)s” has another date or time") % words
