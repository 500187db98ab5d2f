"""What registrations hears from below: meetings moved or were cancelled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from meetings.models import MeetingChange
from meetings.planning.signals import meetings_changed
from partners.models import Actor
from registrations.attendance.domain import following_changes


@receiver(meetings_changed, dispatch_uid="registrations.follow_changes")
def follow_changes(
    sender: Any, *, changes: Sequence[MeetingChange], by: Actor, at: datetime, **kwargs: Any
) -> None:
    """Let attendance, the evaluation and the mail follow one act."""
    following_changes.follow_changes(changes, by=by, at=at)
