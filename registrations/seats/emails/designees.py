"""Mail about a designee: the code for the leader, a seat that is held, and that nobody confirmed it."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from registrations.models import Designation, Registration
from registrations.seats.emails import why
from registrations.seats.emails.registering import letter, meetings_of
from stemnet.models import Mail
from stemnet.outbox.queueing import prepare, queue
from stemnet.wording import moment

SALT = "registrations.designation"


def code_mail(designation: Designation, code: str, *, number: int, at: datetime) -> Mail:
    """Return the mail that asks a leader whether somebody comes for them, with the code that says so."""
    registration = designation.registration
    network, person = registration.network, registration.person
    with override(network.language):
        context = {
            "network": network,
            "registration": registration,
            "person": person,
            "meetings": meetings_of(network),
            "code": code,
            "until": moment(designation.until, network.zone),
            "url": settings.SITE_URL + reverse("designee", args=[token_of(designation)]),
            "why": why.named_as_leader(person, network),
        }
    return prepare(
        {
            "key": f"designee:{designation.uid}:{number}",
            "address": designation.address,
            "template": "mail/registrations/designee",
            "context": context,
            "object": f"registration:{registration.uid}",
            "language": network.language,
            "secret": True,
        },
        at=at,
    )


def designee_ended(registration: Registration, *, designation: int, at: datetime) -> None:
    """Tell somebody that the leader didn't confirm, or not in time, and that they have no seat."""
    one = Designation.objects.get(pk=designation)
    context = {"refused": one.outcome == Designation.Outcome.REFUSED, "leader": registration.leader_name}
    if said := letter(registration, "designee_ended", context=context, key=str(one.uid)):
        queue(at=at, **said)


def token_of(designation: Designation) -> str:
    """Return the signed part of the private link."""
    return signing.dumps(str(designation.uid), salt=SALT)
