"""What the clock runs for groups: one domain call, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.groups.domain import terms


@shared_task(name="registrations.sweep_terms")
def sweep_terms() -> None:
    """End the terms of office whose last day is over."""
    terms.sweep_terms(at=timezone.now())
