"""Answering an invitation to a seat, by the private link of its mail, which proves the address.

The link signs nobody in.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Outsider
from partners.people.domain import addresses
from registrations.models import Registration, SeatInvitation
from registrations.seats.domain import seats, waitlist
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.entering import Coming
from registrations.seats.domain.invited_seats import check_live, finish, lock
from registrations.seats.emails import reservations as emails
from registrations.seats.exceptions import AlreadyRegistered
from stemnet import jobs
from stemnet.models import Mail
from stemnet.outbox.queueing import put
from stemnet.private_links import hash_token
from stemnet.telling import afterwards

Outcome = SeatInvitation.Outcome


@afterwards
def send(invitation: SeatInvitation, *, at: datetime) -> None:
    """Render the mail with a new token, then keep its hash and queue the mail, once and while it is live."""
    token = secrets.token_urlsafe(32)
    mail = emails.seat_for_you(invitation, token=token, at=at)
    with transaction.atomic():
        live = SeatInvitation.objects.select_for_update().filter(pk=invitation.pk, ended_at=None)
        if live.exists() and not Mail.objects.filter(key=mail.key).exists():
            live.update(token_hash=hash_token(token))
            put([mail], at=at)


def accept(invitation: SeatInvitation, answers: Answers, *, at: datetime) -> Registration:
    """Register the holder of the address that was asked; who waits there gets the seat.

    Raises SeatInvitationOver, AlreadyRegistered, and what registering raises where no seat is kept.
    """
    check_live(invitation, at=at)
    person = addresses.claim_login(
        address=invitation.address,
        at=at,
        first_name=answers.first_name,
        last_name=answers.last_name,
        certificate_name=answers.certificate_name,
    )
    known = invitation.network.registrations.live().filter(person=person).first()
    if known is not None:
        return _seat_waiting(invitation, known, at=at)
    coming = Coming(invitation.network, person, answers, at=at, invitation=invitation)
    return coming.admit().registration


@jobs.finishing()
@transaction.atomic
def _seat_waiting(invitation: SeatInvitation, known: Registration, *, at: datetime) -> Registration:
    """Give somebody who waits the seat that is kept for them. Raises AlreadyRegistered for others."""
    seats.lock_network(invitation.network)
    fresh = lock(invitation, at=at)
    keeps = fresh.keeps_seat or fresh.reservation is not None
    if known.status != Registration.Status.WAITING or not keeps:
        raise AlreadyRegistered
    finish(fresh, Outcome.REGISTERED, at=at, registration=known)
    who = Outsider(str(known.person))
    reason = _("named for a reserved seat by %(who)s") % {"who": fresh.party.by_name}
    seated = waitlist.give_seat(known, by=who, at=at, reason=reason)
    seated.reservation, seated.over_seats_reason = fresh.reservation, ""
    seated.save(update_fields=["reservation", "over_seats_reason"])
    return seated


@jobs.finishing()
@transaction.atomic
def decline(invitation: SeatInvitation, *, at: datetime) -> None:
    """Give the seat up; it is the organization's again, or that of the first in line. Once is enough."""
    network = seats.lock_network(invitation.network)
    if invitation.outcome == Outcome.DECLINED:
        return
    finish(lock(invitation, at=at), Outcome.DECLINED, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
