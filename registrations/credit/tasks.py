"""What the clock runs for credit: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.credit.domain import announce_documents, figures
from stemnet.retention import sweeping


@shared_task(name="registrations.sweep_documents")
def sweep_documents() -> None:
    """Let hours count of meetings that have begun, and tell people that their documents can be had."""
    figures.count_what_began(at=timezone.now())
    announce_documents.tell_ready(at=timezone.now())


@shared_task(name="registrations.sweep_old_marks")
def sweep_old_marks() -> None:
    """Remove marks of attendance that are kept no longer."""
    sweeping.run_class("marks", at=timezone.now())
