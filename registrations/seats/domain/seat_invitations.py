"""Answering an invitation to a seat, by the private link of its mail, which proves the address.

The link signs nobody in.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Outsider
from partners.people.domain import addresses
from registrations.models import Registration, SeatInvitation
from registrations.seats.domain import limits, seats, waitlist
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.entering import Coming
from registrations.seats.domain.invited_seats import check_live, finish, kept_for_others, lock
from registrations.seats.exceptions import AlreadyRegistered
from stemnet import jobs

Outcome, Status = SeatInvitation.Outcome, Registration.Status


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
        return _answered_by(invitation, known, at=at)
    coming = Coming(invitation.network, person, answers, at=at, invitation=invitation)
    return coming.admit().registration


@jobs.finishing()
@transaction.atomic
def _answered_by(invitation: SeatInvitation, known: Registration, *, at: datetime) -> Registration:
    """Give somebody who waits the seat that is kept for them; who has one already frees it.

    Raises AlreadyRegistered where the seat is reserved for an organization, which names somebody else then,
    and RegistrationRefused where they wait for another place, which has its seats.
    """
    network = seats.lock_network(invitation.network)
    fresh = lock(invitation, at=at)
    if known.status not in (Status.WAITING, Status.OFFERED) and fresh.reservation is not None:
        raise AlreadyRegistered
    if known.status == Status.WAITING and fresh.keeps_seat and fresh.reservation is None:
        _check_limits(fresh, known, network, at=at)
    finish(fresh, Outcome.REGISTERED, at=at, registration=known)
    if known.status in (Status.WAITING, Status.OFFERED) and fresh.keeps_seat:
        who = Outsider(str(known.person))
        reason = _("a seat was kept for them by %(who)s") % {"who": fresh.party.by_name}
        known = waitlist.give_seat(known, by=who, at=at, reason=reason)
        known.reservation, known.over_seats_reason = fresh.reservation, ""
        known.save(update_fields=["reservation", "over_seats_reason"])
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return known


def _check_limits(
    invitation: SeatInvitation, known: Registration, network: seats.Locked, *, at: datetime
) -> None:
    """Raise RegistrationRefused where they work elsewhere than asked for, and a limit keeps them."""
    rows = network.registrations.select_related(*limits.WITH_PLACE)
    place, asked = limits.place_of(rows.get(pk=known.pk).position), limits.place_of_invitation(invitation)
    blocked = limits.count(network, at=at).blocks(place, known.party_size)
    if blocked and (place.body, place.sector) != (asked.body, asked.sector):
        raise kept_for_others(invitation, blocked)


@jobs.finishing()
@transaction.atomic
def decline(invitation: SeatInvitation, *, at: datetime) -> None:
    """Give the seat up; it is the organization's again, or that of the first in line. Once is enough."""
    network = seats.lock_network(invitation.network)
    if invitation.outcome == Outcome.DECLINED:
        return
    finish(lock(invitation, at=at), Outcome.DECLINED, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
