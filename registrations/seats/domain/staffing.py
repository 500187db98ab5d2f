"""What staff do for one registered person: a seat from the waitlist, and accepting what they have learned."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor
from registrations.models import Registration
from registrations.seats.domain import seats
from registrations.seats.emails import registering as emails
from registrations.seats.exceptions import RegistrationRefused
from stemnet.history import say_reason


@transaction.atomic
def give_seat(*, registration: Registration, by: Actor, at: datetime, reason: str) -> Registration:
    """Let staff seat somebody who waits, out of line or over the seats, for a reason; they are told."""
    if not reason.strip():
        raise RegistrationRefused(sentence=_("Say why. We keep the reason with the registration."))
    seats.lock_network(registration.network)
    fresh = Registration.objects.select_related("network", "person").get(pk=registration.pk)
    seated = seats.give_seat(fresh, by=by, at=at, reason=reason.strip())
    if seats.occupied(seated.network, at=at) > seated.network.seats:
        seated.over_seats_reason = reason.strip()
        seated.save(update_fields=["over_seats_reason"])
    emails.seat_given(seated, at=at)
    return seated


@transaction.atomic
def accept_demonstration(*, registration: Registration, by: Actor, at: datetime, reason: str) -> Registration:
    """Write down that the demonstration of learning was accepted; ``reason`` says what it was."""
    fresh = Registration.objects.select_for_update().get(pk=registration.pk)
    if fresh.demonstrated_at is not None:
        return fresh
    if not reason.strip():
        raise RegistrationRefused(sentence=_("Say what the person showed, such as a lesson plan."))
    fresh.demonstrated_at = at
    say_reason(fresh, f"{by}: {reason.strip()}"[:200])
    fresh.save(update_fields=["demonstrated_at"])
    return fresh
