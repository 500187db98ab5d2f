"""What the clock runs for partners: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.domain import (
    amending,
    duplicate_looks,
    importing,
    match_reminders,
    part_reminders,
    reminding_invited,
    sign_reminders,
    terms,
)


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


@shared_task(name="partners.sweep_imports")
def sweep_imports() -> None:
    """Forget the rows of tables that were brought long ago."""
    importing.sweep(at=timezone.now())


@shared_task(name="partners.sweep_duplicates")
def sweep_duplicates() -> None:
    """Look for likely duplicates once a day."""
    duplicate_looks.sweep(at=timezone.now())


@shared_task(name="partners.sweep_matches")
def sweep_matches() -> None:
    """Ask how matches go that stand still."""
    match_reminders.sweep(at=timezone.now())


@shared_task(name="partners.sweep_invitations")
def sweep_invitations() -> None:
    """Remind the invited once, and say where nothing moves."""
    reminding_invited.sweep(at=timezone.now())
