"""What the clock runs for exports: one domain call, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.exporting.domain import scheduling


@shared_task(name="registrations.sweep_exports")
def sweep_exports() -> None:
    """Send the exports that are due."""
    scheduling.sweep_exports(at=timezone.now())
