"""What the clock runs for registrations: one domain call each."""

from celery import shared_task
from django.utils import timezone

from registrations.domain import announcing


@shared_task(name="registrations.sweep_documents")
def sweep_documents() -> None:
    """Tell people that their documents can be had."""
    announcing.tell_ready(at=timezone.now())
