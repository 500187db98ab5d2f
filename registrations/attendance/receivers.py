"""What registrations hears from below: meetings moved or were cancelled, or their hours count otherwise."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from meetings.models import MeetingChange, Network
from meetings.planning.signals import counting_changed, meetings_changed
from partners.models import Actor
from registrations.attendance.domain import following_changes


@receiver(meetings_changed, dispatch_uid="registrations.follow_changes")
def follow_changes(
    sender: Any,
    *,
    changes: Sequence[MeetingChange],
    typed_follow: bool = False,
    by: Actor,
    at: datetime,
    **kwargs: Any,
) -> None:
    """Let attendance, the evaluation and the mail follow one act."""
    following_changes.follow_changes(changes, typed_follow=typed_follow, by=by, at=at)


@receiver(counting_changed, dispatch_uid="registrations.count_anew")
def count_anew(sender: Any, *, network: Network, because: str, at: datetime, **kwargs: Any) -> None:
    """Let what people earned follow other breaks, another rule or another topic."""
    following_changes.count_anew(network, because=because, at=at)
