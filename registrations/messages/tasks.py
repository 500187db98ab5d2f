"""What the clock runs for messages: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.messages.domain import sending


@shared_task(name="registrations.sweep_messages")
def sweep_messages() -> None:
    """Let messages go whose time has come."""
    sending.sweep_messages(at=timezone.now())
