"""What the clock runs for partners: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.domain import part_reminders


@shared_task(name="partners.sweep_parts")
def sweep_parts() -> None:
    """Remind partners of their parts of the memorandum."""
    part_reminders.sweep_parts(at=timezone.now())
