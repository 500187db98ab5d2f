"""What the clock runs for memorandum: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.memorandum.domain import amending, part_reminders, sign_reminders, terms


@shared_task(name="partners.sweep_parts")
def sweep_parts() -> None:
    """Remind partners of their parts of the memorandum, and signatories of their signatures."""
    now = timezone.now()
    part_reminders.sweep_parts(at=now)
    sign_reminders.sweep_signatures(at=now)


@shared_task(name="partners.sweep_terms")
def sweep_terms() -> None:
    """Carry signatures over where nobody objected, and do what the memorandum's calendar brings."""
    now = timezone.now()
    amending.sweep_carrying(at=now)
    terms.sweep_terms(at=now)
