"""What staff do for one registered person: a seat from the waitlist."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor
from registrations.models import Registration
from registrations.seats.domain import seats, waitlist
from registrations.seats.exceptions import RegistrationRefused
from stemnet import jobs


@jobs.finishing()
@transaction.atomic
def give_seat(*, registration: Registration, by: Actor, at: datetime, reason: str) -> Registration:
    """Let staff seat somebody who waits, out of line or over the seats, for a reason; they are told."""
    if not reason.strip():
        raise RegistrationRefused(sentence=_("Say why. We keep the reason with the registration."))
    seats.lock_network(registration.network)
    fresh = Registration.objects.select_related("network", "person").get(pk=registration.pk)
    seated = waitlist.give_seat(fresh, by=by, at=at, reason=reason.strip())
    if seats.occupied(seated.network, at=at) > seated.network.seats:
        seated.over_seats_reason = reason.strip()
        seated.save(update_fields=["over_seats_reason"])
    return seated
