"""What the clock runs for attendance: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.attendance.domain import missing


@shared_task(name="registrations.sweep_missed")
def sweep_missed() -> None:
    """Write to those who missed a meeting."""
    missing.sweep_missed(at=timezone.now())
