"""What the clock runs for prospects: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.prospects.domain import reminding_invited


@shared_task(name="partners.sweep_invitations")
def sweep_invitations() -> None:
    """Remind the invited once, and say where nothing moves."""
    reminding_invited.sweep_invitations(at=timezone.now())
