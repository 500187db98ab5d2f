"""What the clock runs for merging: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.merging.domain import duplicate_looks


@shared_task(name="partners.sweep_duplicates")
def sweep_duplicates() -> None:
    """Look for likely duplicates once a day."""
    duplicate_looks.sweep_duplicates(at=timezone.now())
