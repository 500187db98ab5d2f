"""What the clock runs for credit: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.credit.domain import announce_documents


@shared_task(name="registrations.sweep_documents")
def sweep_documents() -> None:
    """Tell people that their documents can be had."""
    announce_documents.tell_ready(at=timezone.now())
