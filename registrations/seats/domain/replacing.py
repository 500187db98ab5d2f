"""Giving a seat to a colleague for good; it stays the giver's until it is taken (docs/rules.md 4.5).

The private link of the mail proves the address and signs nobody in.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person, local_day
from partners.people.domain import addresses
from registrations.models import Registration, Replacement, Reservation
from registrations.seats.domain import groups, guests, limits, seats, waitlist, ways
from registrations.seats.domain.answers import Answers, position_of
from registrations.seats.domain.ending import end
from registrations.seats.domain.telling import tell
from registrations.seats.emails import replacing as emails
from registrations.seats.exceptions import ReplacementOver, ReplacementRefused
from stemnet import jobs
from stemnet.limits import within_limit

ANSWER_WITHIN = timedelta(days=7)
A_DAY, MOST_A_DAY = 24 * 3600, 5
Status, Outcome = Registration.Status, Replacement.Outcome


@jobs.finishing()
@transaction.atomic
def ask(
    registration: Registration,
    *,
    address: str,
    first_name: str,
    last_name: str,
    reason: str = "",
    at: datetime,
) -> Replacement:
    """Ask a colleague to take a seat; the same address again changes nothing. Raises ReplacementRefused."""
    network = seats.lock_network(registration.network)
    registration = _seated(network, registration)
    until = min(at + ANSWER_WITHIN, _check_goes_on(network, at=at) or at + ANSWER_WITHIN)
    if registration.person.emails.filter(address=address).exists():
        raise ReplacementRefused(sentence=_("This is your own address. Type your colleague's address."))
    if known := registration.replacements.open().first():
        if known.is_open(at=at):
            return _same(known, address)
        _finish(known, Outcome.EXPIRED, at=at)
    if not _may_ask(registration, at=at):
        raise ReplacementRefused(sentence=_("You've asked enough colleagues today. Try again tomorrow."))
    replacement = registration.replacements.create(
        address=address, first_name=first_name, last_name=last_name, reason=reason, made_at=at, until=until
    )
    tell([registration], "seat_passed_on", replacement=replacement.pk, at=at)
    return replacement


def _may_ask(registration: Registration, *, at: datetime) -> bool:
    """Return whether one more colleague can be asked today; counts it."""
    who = str(registration.uid)
    return within_limit(what="replacement", client=who, most=MOST_A_DAY, seconds=A_DAY, at=at)


def _same(known: Replacement, address: str) -> Replacement:
    """Return the one that waits for an answer if it is the same. Raises ReplacementRefused."""
    if known.address != address:
        words = _("You've asked %(name)s already. Take that back first.")
        raise ReplacementRefused(sentence=words % {"name": known.name})
    return known


@transaction.atomic
def take_back(replacement: Replacement, *, at: datetime) -> None:
    """Keep the seat after all; twice does no harm. Raises ReplacementOver where the colleague has it."""
    seats.lock_network(replacement.registration.network)
    fresh = Replacement.objects.get(pk=replacement.pk)
    if fresh.outcome == Outcome.TAKEN:
        raise ReplacementOver(sentence=_("%(name)s has your seat now.") % {"name": fresh.name})
    if fresh.ended_at is None:
        _finish(fresh, Outcome.TAKEN_BACK, at=at)


@jobs.finishing()
@transaction.atomic
def decline(replacement: Replacement, *, at: datetime) -> None:
    """Leave the seat to its giver, who is told; twice does no harm. Raises ReplacementOver."""
    network = seats.lock_network(replacement.registration.network)
    fresh = _fresh(replacement)
    if fresh.outcome == Outcome.DECLINED:
        return
    check_open(fresh, network, at=at)
    _finish(fresh, Outcome.DECLINED, at=at)
    tell([fresh.registration], "seat_answered", replacement=fresh.pk, at=at)


def accept(replacement: Replacement, answers: Answers, *, at: datetime) -> Registration:
    """Give the seat to the holder of the address that was asked; who waits there leaves the line.

    Again it returns what it made. Raises ReplacementOver or ReplacementRefused; then nothing has changed.
    """
    if replacement.taken_by is not None:
        return replacement.taken_by
    check_open(_fresh(replacement), replacement.registration.network, at=at)
    person = addresses.claim_login(
        address=replacement.address,
        at=at,
        first_name=answers.first_name,
        last_name=answers.last_name,
        certificate_name=answers.certificate_name,
    )
    return _hand_on(replacement, person, answers, at=at)


@jobs.finishing()
@transaction.atomic
def _hand_on(replacement: Replacement, person: Person, answers: Answers, *, at: datetime) -> Registration:
    """End the giver's registration and seat ``person``, under the lock; nobody in line is passed."""
    network = seats.lock_network(replacement.registration.network)
    fresh = _fresh(replacement)
    if fresh.taken_by is not None:
        return fresh.taken_by
    check_open(fresh, network, at=at)
    giver, before = fresh.registration, list(network.registrations.filter(person=person))
    known = next((one for one in before if one.is_live), None)
    if known is not None and known.status != Status.WAITING:
        raise ReplacementRefused(
            sentence=_("You already have a seat of your own in this network, or one is offered to you.")
        )
    reason = _("Seat handed on to %(name)s") % {"name": person}
    end(giver, Status.TRANSFERRED, by=person, at=at, reason=": ".join(filter(None, [reason, fresh.reason])))
    place = limits.place_of(known.position) if known else limits.place_of_answers(answers)
    reservation = _check_limits(network, giver, place, at=at)
    came_from = _("Seat handed on by %(name)s") % {"name": giver.person}
    if known is not None:
        taken = waitlist.give_seat(known, by=person, at=at, reason=came_from)
        taken.reservation = reservation
        taken.save(update_fields=["reservation"])
    else:
        taken = _seat(network, person, answers, before, reservation, at=at, reason=came_from)
    _finish(fresh, Outcome.TAKEN, at=at, taken_by=taken)
    tell([giver], "seat_answered", replacement=fresh.pk, at=at)
    return taken


def _seat(
    network: seats.Locked,
    person: Person,
    answers: Answers,
    before: list[Registration],
    reservation: Reservation | None,
    *,
    at: datetime,
    reason: str,
) -> Registration:
    """Write the seat of somebody who was not registered, with what they typed, and tell them."""
    taken = seats.drafted(network, person, answers, at=at)
    taken.position = position_of(person, answers, on=local_day(at))
    seats.take_seat(taken, at=at)
    taken.reservation = reservation
    seats.write_entry(taken, answers, before=before, by=person, at=at, reason=reason)
    guests.seated_anew(taken, before, at=at)
    group = groups.open_groups(network).filter(pk=answers.group).first() if answers.group else None
    if group is not None and groups.has_room(group):
        groups.join_group(taken, group, at=at)
    ways.choose_on_registering(taken, answers.ways, network=network, at=at)
    tell([taken], "registered" if taken.is_seated else "seat_held", at=at)
    if taken.asks_leader:
        tell([taken], "designee", at=at)
    return taken


def _check_limits(
    network: Network, giver: Registration, place: limits.Place, *, at: datetime
) -> Reservation | None:
    """Return the reservation whose seat is handed on. Raises ReplacementRefused where a limit is in the way.

    The giver's registration has ended, so their seat is not counted.
    """
    standing = Reservation.objects.standing(at).filter(registrations=giver)
    reservation = standing.select_related("organization").first()
    if reservation is not None:
        if reservation.organization_id not in place.within:
            words = _("This seat is reserved for people from %(organization)s.")
            raise ReplacementRefused(sentence=words % {"organization": reservation.organization})
        return reservation
    if blocked := limits.count(network, at=at).blocks(place):
        raise ReplacementRefused(sentence=str(blocked))
    return None


def replacement_of(token: str) -> Replacement | None:
    """Return the replacement that a signed link names, or None."""
    try:
        uid = signing.loads(token, salt=emails.SALT)
    except signing.BadSignature:
        return None
    known = Replacement.objects.select_related("registration__person", "registration__network", "taken_by")
    return known.filter(uid=uid).first()


def check_open(replacement: Replacement, network: Network, *, at: datetime) -> None:
    """Raise ReplacementOver unless the colleague can still take the seat."""
    giver = replacement.registration
    if replacement.outcome == Outcome.TAKEN:
        raise ReplacementOver(sentence=_("You've taken this seat. You'll find everything in My learning."))
    if replacement.outcome == Outcome.DECLINED:
        raise ReplacementOver(sentence=_("You said you can't come, so the link no longer works."))
    if replacement.outcome == Outcome.TAKEN_BACK or not giver.is_seated:
        words = _("%(name)s isn't giving this seat to anyone now.")
        raise ReplacementOver(sentence=words % {"name": giver.person})
    if not replacement.is_open(at=at):
        words = _("This link has expired. %(name)s can send you a new one.")
        raise ReplacementOver(sentence=words % {"name": giver.person})
    _check_goes_on(network, at=at)


def can_ask(registration: Registration, *, at: datetime) -> str:
    """Return why nobody can be given this seat now, or nothing."""
    try:
        _check_goes_on(registration.network, at=at)
    except ReplacementOver as over:
        return str(over)
    return ""


def _check_goes_on(network: Network, *, at: datetime) -> datetime | None:
    """Return when the last meeting ends. Raises ReplacementOver for a network that is over or called off."""
    if network.status != Network.Status.PUBLISHED:
        raise ReplacementOver(sentence=_("This network isn't taking place."))
    if network.is_information_session:
        raise ReplacementOver(sentence=_("Your colleague can register for this session themselves."))
    last = network.meetings.own().standing().order_by("-ends_at").first()
    if last is not None and last.ends_at <= at:
        raise ReplacementOver(sentence=_("The last meeting is over, so no seat can change hands."))
    return last.ends_at if last else None


def _seated(network: Network, registration: Registration) -> Registration:
    """Return a fresh copy of a registration that has a seat; else ReplacementRefused."""
    fresh = network.registrations.select_related("person", "network").get(pk=registration.pk)
    if not fresh.is_seated:
        raise ReplacementRefused(sentence=_("You don't have a seat in this network."))
    return fresh


def _fresh(replacement: Replacement) -> Replacement:
    known = Replacement.objects.select_related("registration__person", "registration__network", "taken_by")
    return known.get(pk=replacement.pk)


def _finish(
    replacement: Replacement, outcome: str, *, at: datetime, taken_by: Registration | None = None
) -> None:
    """Write how it ended."""
    replacement.ended_at, replacement.outcome, replacement.taken_by = at, outcome, taken_by
    replacement.save(update_fields=["ended_at", "outcome", "taken_by"])
