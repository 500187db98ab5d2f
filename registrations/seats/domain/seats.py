"""Seats: the one way to a seat, and to the waitlist. Whoever gives a seat locks the network row first."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import datetime, timedelta
from time import sleep
from typing import NewType
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor, Person, Position, acted
from registrations.models import Acceptance, Hold, Registration, RegistrationChange
from registrations.seats.domain import answering, limits, line, opening
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.calendar_revisions import raise_all_of
from registrations.seats.domain.occupancy import SeatedNetwork, with_seats
from registrations.seats.domain.verdicts import Verdict, fits, verdict, verdict_of
from registrations.seats.exceptions import (
    AlreadyRegistered,
    Full,
    LimitReached,
    NotOpenYet,
    RegistrationClosed,
    RegistrationRefused,
)
from stemnet import wording
from stemnet.outbox.waking import wake

Status = Registration.Status
LEADER_ANSWERS_WITHIN = timedelta(days=7)
TRIES, PAUSE = 20, 0.03  # to hold a person's row that another act holds; seconds
# A network whose row this transaction holds: only `lock_network` gives one.
Locked = NewType("Locked", Network)


def lock_network(network: Network) -> Locked:
    """Lock the network's row until the transaction ends and return it fresh."""
    return Locked(Network.objects.select_for_update().get(pk=network.pk))


def lock_networks(networks: Iterable[Network]) -> dict[int, Locked]:
    """Lock the rows of several networks, in one order for everybody, and return them fresh by their key."""
    rows = Network.objects.select_for_update().filter(pk__in={network.pk for network in networks})
    return {network.pk: Locked(network) for network in rows.order_by("pk")}


def lock_network_of(meeting: UUID) -> Locked | None:
    """Lock the network of the meeting of this ``uid``, by one statement; None where it has none."""
    mine = Meeting.objects.filter(uid=meeting).values("network")
    found = Network.objects.select_for_update().filter(pk__in=mine).first()
    return Locked(found) if found else None


def look(network: Network, *, at: datetime) -> SeatedNetwork:
    """Return the network as it stands, with its seats, line and dates: one query for every question below."""
    return with_seats(Network.objects.filter(pk=network.pk), at=at).get()


def occupied(network: Network, *, at: datetime) -> int:
    """Return seats taken: seated and offered registrations, seats held, asked for and reserved."""
    return look(network, at=at).taken


def free_seats(network: Network, *, at: datetime) -> int:
    """Return seats left; never below zero, even where staff went over the seats."""
    return max(0, network.seats - occupied(network, at=at))


def check_open(network: Network, *, at: datetime) -> None:
    """Raise RegistrationClosed unless the network takes registrations at this moment (docs/rules.md 4.2)."""
    check_is_open(network, closes_at=network.closes_at(), at=at)


def check_is_open(
    network: Network, *, closes_at: datetime | None, at: datetime, person: Person | None = None
) -> None:
    """Raise the same, where whoever calls knows when registration ends, and for whom it may open earlier."""
    check_published(network)
    if closes_at is not None and at >= closes_at:
        raise RegistrationClosed(
            sentence=_("Registration closed on %(moment)s.")
            % {"moment": wording.moment(closes_at, network.zone)}
        )
    if network.opens_after(at) and not opening.is_early(network, person, at=at):
        raise NotOpenYet(opening.opens_words(network))


def check_published(network: Network) -> None:
    """Raise RegistrationClosed for a network that is a draft or was called off, which takes nobody at all."""
    if network.status == Network.Status.CANCELLED:
        raise RegistrationClosed(sentence=_("This network was cancelled."))
    if network.status != Network.Status.PUBLISHED:
        raise RegistrationClosed(sentence=_("This network isn't open for registration."))


def next_in_line(network: Network) -> int:
    """Return the next number in line; asked under the lock, so that numbers have no gaps."""
    alone = network.registrations.aggregate(last=models.Max("line"))["last"]
    together = network.parties.aggregate(last=models.Max("line"))["last"]
    return max(alone or 0, together or 0) + 1


def place_in_line(registration: Registration) -> int:
    """Return the place in line of somebody who waits, by the network's rule; 1 is next."""
    network = registration.network
    if network.line_rule == Network.LineRule.ASKED:
        together = network.parties.filter(line__lte=registration.line).count()
        return network.registrations.waiting().filter(line__lte=registration.line).count() + together
    return line.places([network])[registration.pk]


def drafted(
    network: Network,
    person: Person,
    answers: Answers,
    *,
    at: datetime,
    origin: str = Registration.Origin.WEB,
    over_seats_reason: str = "",
) -> Registration:
    """Return a registration that nobody has written, from which its mail can be rendered before the lock."""
    return Registration(
        network=network,
        person=person,
        origin=origin,
        requested_at=at,
        over_seats_reason=over_seats_reason,
        grade_bands=answers.grade_bands,
        leader_name=answers.leader_name,
        leader_job=answers.leader_job,
        leader_email=answers.leader_email,
        party_size=answers.party_size,
    )


def register(
    *,
    network: Locked,
    person: Person,
    answers: Answers,
    by: Actor,
    at: datetime,
    hold: Hold | None = None,
    position: Position | None = None,
    origin: str = Registration.Origin.WEB,
    over_seats_reason: str = "",
) -> Registration:
    """Give ``person`` a seat in ``network`` if one is free, else a place in line; who calls tells them.

    ``hold`` is a live hold of the person's address: a seat kept for that is theirs, even after closing.
    ``over_seats_reason`` is for staff, who may add people after closing and beyond the seats. Raises
    RegistrationClosed, AlreadyRegistered or Full (docs/rules.md 4.3).
    """
    draft = drafted(network, person, answers, at=at, origin=origin, over_seats_reason=over_seats_reason)
    draft.position = position
    return enter(draft, answers, network=network, by=by, at=at, hold=hold)


def enter(
    draft: Registration,
    answers: Answers,
    *,
    network: Locked,
    by: Actor,
    at: datetime,
    hold: Hold | None = None,
    before: Sequence[Registration] | None = None,
    kept_since: datetime | None = None,
    by_staff: str = "",
) -> Registration:
    """Write what was `drafted`, as `register` does; ``before`` are the person's registrations so far.

    ``kept_since`` is since when a seat is kept for them that an invitation promised. ``by_staff`` is what the
    history says where staff register them, before registration opens or after it closed as well.
    """
    if hold and release_seat(hold, at=at) and not moved(hold, answers):
        kept_since = kept_since or hold.created_at
    seen = None if kept_since else look(network, at=at)
    if by_staff:
        check_published(network)
    elif not draft.over_seats_reason:
        closes_at = seen.closes_with(seen.first_starts_at) if seen else network.closes_at()
        check_is_open(network, closes_at=closes_at, at=kept_since or at, person=draft.person)
    if before is None:
        before = list(network.registrations.filter(person=draft.person))
    if any(one.is_live for one in before):
        raise AlreadyRegistered
    registration = copy(draft)
    registration.network = network
    _place(registration, seen, at=at)
    reason = by_staff or registration.over_seats_reason
    write_entry(registration, answers, before=before, by=by, at=at, reason=reason)
    return registration


def write_entry(
    registration: Registration,
    answers: Answers,
    *,
    before: Sequence[Registration],
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Write a new registration with all that was typed; whoever calls holds the network's row.

    ``before`` are the person's other registrations here.
    """
    registration.save()
    check_is_still_there(registration)
    Acceptance.objects.bulk_create(
        Acceptance(registration=registration, version_id=version, accepted_at=at)
        for version in answers.accepted
    )
    if registration.asks_leader:
        ask_leader(registration, at=at)
    answering.write_first(registration, answers.questions, by=by, at=at)
    write_registration_history(registration, from_status="", by=by, at=at, reason=reason)
    if registration.is_seated and any(one.seated_at for one in before):
        raise_all_of(registration.network, registration.person, at=at)


def ask_leader(registration: Registration, *, at: datetime) -> None:
    """Write down that the leader of a designee is asked, until when; who calls lets them be told."""
    closes_at, until = registration.network.closes_at(), at + LEADER_ANSWERS_WITHIN
    if closes_at is not None and closes_at > at:
        until = min(until, closes_at)
    registration.designations.create(address=registration.leader_email, made_at=at, until=until)


def moved(hold: Hold, answers: Answers) -> bool:
    """Return whether another place of work is typed than the one for which the seat was held."""
    kept = hold.answers
    return bool(kept) and (
        kept.get("organization") != answers.organization
        or kept.get("organization_words", "") != answers.organization_words
    )


def _place(registration: Registration, seen: "SeatedNetwork | None", *, at: datetime) -> None:
    """Give a new registration a seat, or the next number in line; ``seen`` is None where a seat was kept."""
    found = Verdict(seat=True)
    if seen and not registration.over_seats_reason:
        place, size = limits.place_of(registration.position), registration.party_size
        found = verdict(seen, place, party_size=size, at=at, locked=True)
    take_place(registration, seen, found, at=at)


def take_place(
    registration: Registration, seen: "SeatedNetwork | None", found: Verdict, *, at: datetime
) -> None:
    """Give a registration the seat that was ``found`` for it, or the next number in line; who calls saves it.

    Raises Full or LimitReached where there is neither.
    """
    if found.seat:
        take_seat(registration, at=at)
        registration.reservation = found.reservation or registration.reservation
        return
    check_line(seen or registration.network, waiting=lambda: seen.waiting if seen else 0, found=found)
    registration.status, registration.line = Status.WAITING, next_in_line(registration.network)
    registration.limited_by = found.limit
    if seen and seen.seats > seen.taken and not found.blocked:
        wake("registrations.sweep_waitlist")  # those ahead may all be passed


def take_seat(registration: Registration, *, at: datetime) -> None:
    """Give a new registration its seat, which is only held as long as a leader is asked."""
    registration.status = Status.HELD if registration.asks_leader else Status.SEATED
    registration.seated_at = None if registration.asks_leader else at


def check_is_still_there(registration: Registration) -> None:
    """Raise RegistrationClosed where the person's data was deleted, or merged, while they registered.

    Their row is held from now on: a deletion or merge either was over, or finds this registration. Those hold
    the row and then wait for the network, so whoever holds the network asks for the row a few times, and then
    gives up with RegistrationRefused.
    """
    rows = Person.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=registration.person_id)
    looks = rows.order_by("pk").values_list("removed_at", "merged_into")
    found = looks.first()
    for _again in range(TRIES):
        if found is not None:
            break
        sleep(PAUSE)
        found = looks.first()
    if found is None:
        words = _("Your data here is being changed right now. Try again in a moment.")
        raise RegistrationRefused(sentence=words)
    if found[0] is not None:
        raise RegistrationClosed(sentence=_("Your data here was just deleted. Register again to come."))
    if found[1] is not None:
        words = _("Your data here was just combined with an older record of yours. Register again.")
        raise RegistrationClosed(sentence=words)


def has_room(network: Network, *, at: datetime, party_size: int = 1) -> bool:
    """Return whether so many seats are free now, and nobody in line would be passed."""
    return room_in(look(network, at=at), party_size=party_size)


def room_in(seen: SeatedNetwork, *, party_size: int = 1) -> bool:
    """Return the same of a network that was just looked at."""
    return fits(seen, ahead=seen.ahead, party_size=party_size)


def check_room(network: Locked, answers: Answers, *, at: datetime) -> None:
    """Raise Full or LimitReached where there is neither a seat nor a place in line."""
    seen = look(network, at=at)
    found = verdict_of(seen, answers, at=at, locked=True)
    if not found.seat:
        check_line(seen, waiting=lambda: seen.waiting, found=found)


def check_takes(seen: SeatedNetwork, *, at: datetime, person: Person | None = None) -> None:
    """Raise why a network that was just looked at takes nobody now; nothing where it has a seat or a line."""
    check_is_open(seen, closes_at=seen.closes_with(seen.first_starts_at), at=at, person=person)
    if not room_in(seen) and not seen.reserves:
        check_line(seen, waiting=lambda: seen.waiting)


def keeps_seat(hold: Hold, *, at: datetime) -> bool:
    """Return whether a hold was promised a seat that is kept at this moment."""
    return hold.keeps_seat and hold.used_at is None and hold.expires_at > at


def release_seat(hold: Hold, *, at: datetime) -> bool:
    """Let the address of ``hold`` keep no seat any longer; return whether it did."""
    taking = Hold.objects.occupying(at).filter(network=hold.network_id, address=hold.address)
    return taking.update(takes_seat=False) > 0


def check_line(network: Network, *, waiting: Callable[[], int], found: Verdict | None = None) -> None:
    """Raise the same; ``waiting`` says how many wait, where that is limited.

    ``found`` says why there is no seat.
    """
    blocked = str(found.blocked) if found and found.blocked else ""
    if not network.waitlist:
        raise LimitReached(blocked, has_waitlist=False) if blocked else Full(has_waitlist=False)
    if network.waitlist_limit is not None and waiting() >= network.waitlist_limit:
        raise LimitReached(blocked, has_waitlist=True) if blocked else Full(has_waitlist=True)


def write_registration_history(
    registration: Registration, *, from_status: str, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Write the row of history of a registration's change of status."""
    RegistrationChange.objects.create(
        registration=registration,
        from_status=from_status,
        to_status=registration.status,
        at=at,
        reason=reason,
        **acted(by),
    )
