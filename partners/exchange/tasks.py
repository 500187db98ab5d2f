"""What the clock runs for exchange: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.exchange.domain import match_reminders


@shared_task(name="partners.sweep_matches")
def sweep_matches() -> None:
    """Ask how matches go that stand still."""
    match_reminders.sweep_matches(at=timezone.now())
