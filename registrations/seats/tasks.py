"""What the clock runs for seats: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.seats.domain import (
    asking_sweep,
    designating,
    offering,
    place_wishes,
    reminding,
    reserving,
    waitlist,
)
from stemnet.retention import sweeping


@shared_task(name="registrations.sweep_reminders")
def sweep_reminders() -> None:
    """Remind people of meetings."""
    reminding.sweep_reminders(at=timezone.now())


@shared_task(name="registrations.sweep_waitlist")
def sweep_waitlist() -> None:
    """Serve whoever is next wherever a seat is free, end offers that ran out, and remind of the others.

    Then tell of places in a room, or online, that are free now.
    """
    at = timezone.now()
    designating.sweep_designations(at=at)
    waitlist.sweep_waitlists(at=at)
    offering.sweep_offers(at=at)
    place_wishes.sweep_wishes(at=at)


@shared_task(name="registrations.sweep_reservations")
def sweep_reservations() -> None:
    """Give back reserved seats whose last moment has passed, and remind their contacts before."""
    reserving.sweep_reservations(at=timezone.now())


@shared_task(name="registrations.sweep_seat_invitations")
def sweep_seat_invitations() -> None:
    """Free seats that nobody took who was asked, and remind the others once."""
    asking_sweep.sweep_invitations(at=timezone.now())


@shared_task(name="registrations.sweep_holds")
def sweep_holds() -> None:
    """Forget holds that are over, and what was typed for them."""
    sweeping.run_class("holds", at=timezone.now())
