"""Mail about a seat that somebody gives to a colleague: to the colleague, and what they answered."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from registrations.models import Registration, Replacement
from registrations.seats.emails import why
from registrations.seats.emails.calendar_files import withdrawal
from registrations.seats.emails.registering import letter, meetings_of
from stemnet.outbox.queueing import queue
from stemnet.wording import moment

SALT = "registrations.replacement"


def seat_passed_on(registration: Registration, *, replacement: int, at: datetime) -> None:
    """Ask the colleague, with the private link, while the question stands."""
    one = Replacement.objects.open().filter(pk=replacement).first()
    if one is None:
        return
    network, giver = registration.network, registration.person
    with override(network.language):
        context = {
            "network": network,
            "colleague": giver,
            "person": one.name,
            "reason": one.reason,
            "meetings": [meeting for meeting in meetings_of(network) if meeting.ends_at > at],
            "until": moment(one.until, network.zone),
            "url": settings.SITE_URL + reverse("take_seat", args=[token_of(one)]),
            "why": why.asked_to_take_a_seat(giver, network),
        }
    queue(
        at=at,
        key=f"seat_passed_on:{one.uid}",
        address=one.address,
        template="mail/registrations/seat_passed_on",
        context=context,
        object=f"registration:{registration.uid}",
        language=network.language,
        secret=True,
    )


def seat_answered(registration: Registration, *, replacement: int, at: datetime) -> None:
    """Tell the giver what the colleague answered, with the meetings taken out of the calendar."""
    one = Replacement.objects.get(pk=replacement)
    taken = one.outcome == Replacement.Outcome.TAKEN
    context = {"colleague": one.name, "taken": taken, "was_seated": True}
    files = withdrawal(registration) if taken else []
    if said := letter(registration, "seat_answered", context=context, key=str(one.uid), attachments=files):
        queue(at=at, **said)


def token_of(replacement: Replacement) -> str:
    """Return the signed part of the private link."""
    return signing.dumps(str(replacement.uid), salt=SALT)
