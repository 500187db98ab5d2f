"""What the clock runs for the page of a meeting: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from meetings.gathering.domain import item_reminders
from stemnet.retention import sweeping


@shared_task(name="meetings.sweep_uploads")
def sweep_uploads() -> None:
    """Forget files that nobody went on sending."""
    sweeping.run_class("uploads", at=timezone.now())


@shared_task(name="meetings.sweep_action_items")
def sweep_action_items() -> None:
    """Remind of action items that are due or overdue."""
    item_reminders.sweep_action_items(at=timezone.now())
