"""What the clock runs for the page of a meeting: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from meetings.gathering.domain import uploads


@shared_task(name="meetings.sweep_uploads")
def sweep_uploads() -> None:
    """Forget files that nobody went on sending."""
    uploads.sweep(at=timezone.now())
