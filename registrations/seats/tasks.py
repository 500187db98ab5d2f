"""What the clock runs for seats: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.seats.domain import holding, reminding, waitlist


@shared_task(name="registrations.sweep_reminders")
def sweep_reminders() -> None:
    """Remind people of meetings."""
    reminding.sweep_reminders(at=timezone.now())


@shared_task(name="registrations.sweep_waitlist")
def sweep_waitlist() -> None:
    """Seat the first in line wherever a seat is free."""
    waitlist.sweep_waitlists(at=timezone.now())


@shared_task(name="registrations.sweep_holds")
def sweep_holds() -> None:
    """Forget holds that are over, and what was typed for them."""
    holding.clear_holds(at=timezone.now())
