"""What registrations hears from below: meetings moved or were cancelled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from meetings.models import MeetingChange
from meetings.signals import meetings_changed
from partners.models import Actor
from registrations.domain import following


@receiver(meetings_changed, dispatch_uid="registrations.follow_changes")
def follow_changes(
    sender: Any, *, changes: Sequence[MeetingChange], by: Actor, at: datetime, **kwargs: Any
) -> None:
    """Let attendance, the evaluation and the mail follow one act."""
    following.follow_changes(changes, by=by, at=at)
