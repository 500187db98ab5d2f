"""What the clock runs for people: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.people.domain import undelivered


@shared_task(name="partners.sweep_undelivered")
def sweep_undelivered() -> None:
    """Tell coordinators of mail that does not go out."""
    undelivered.sweep(at=timezone.now())
