"""Registering others: a team, or a leader's people. Each proves an address before the seat is theirs.

The seats are kept for a time; where too few are free, the party waits as one (docs/rules.md 4.13).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Network
from partners.models import Actor, Person, acted
from partners.people.domain.organizations import Workplace
from registrations.models import Party, Reservation, SeatInvitation
from registrations.seats.domain import invited_seats, limits, line, party_seats, seats, waitlist
from registrations.seats.domain.occupancy import SeatedNetwork
from registrations.seats.domain.verdicts import Verdict, verdict
from registrations.seats.emails import parties as emails
from registrations.seats.exceptions import PartyRefused, RegistrationRefused
from stemnet import jobs, wording
from stemnet.outbox.waking import wake
from stemnet.telling import tell

Kind, Outcome = Party.Kind, SeatInvitation.Outcome
FEWEST = {Kind.TEAM: 2, Kind.LEADER: 1}
MOST = 10
AGAIN_AFTER = timedelta(days=1)
AT_LEAST = timedelta(days=2)  # that somebody has who comes instead of another


@dataclass(frozen=True)
class Member:
    """Somebody who is registered by another: as typed, the address in lower case."""

    address: str
    first_name: str = ""
    last_name: str = ""
    job: str = ""


@jobs.finishing()
@transaction.atomic
def register_party(
    network: Network,
    *,
    uid: UUID,
    kind: str,
    workplace: Workplace,
    members: Sequence[Member],
    by: Person,
    at: datetime,
) -> Party:
    """Keep a seat for each of ``members`` and ask them, or let them wait as one; ``by`` leads and is told.

    The same ``uid`` again changes nothing. It is not said whether an address is known or registered. Raises
    PartyRefused, and RegistrationClosed or Full as registering does.
    """
    network = seats.lock_network(network)
    if known := network.parties.filter(uid=uid, by=by).first():
        return known
    if network.is_information_session:
        raise PartyRefused(sentence=_("Everyone registers for an information session themselves."))
    check_members(kind, [one.address for one in members])
    seen = seats.look(network, at=at)
    closes_at = seen.closes_with(seen.first_starts_at)
    seats.check_is_open(seen, closes_at=closes_at, at=at, person=by)
    _check_may_ask(network, members, by=by, at=at)
    party = Party(uid=uid, network=network, kind=kind, made_at=at, **acted(by))
    party.organization, party.organization_words = workplace.organization, workplace.words
    found = _verdict(seen, party, len(members), at=at)
    if not found.seat:
        party.line, party.limited_by = seats.next_in_line(network), found.limit
    party.save()
    asked = _ask(party, members, found, closes_at=closes_at, at=at)
    if found.seat:
        for one in asked:
            tell(invited_seats.send, one, at=at)
        tell(emails.party_asked, party, at=at)
    else:
        tell(emails.party_waits, party, number=len(members), place=place_of(party), at=at)
        if seen.seats > seen.taken and not found.blocked:
            wake("registrations.sweep_waitlist")  # those ahead may all be passed
    return party


def closed(network: Network, *, person: Person | None, at: datetime) -> RegistrationRefused | None:
    """Return why nobody can be registered now, or None; asked before a form is shown."""
    seen = seats.look(network, at=at)
    try:
        seats.check_takes(seen, at=at, person=person)
    except RegistrationRefused as refused:
        return refused
    return None


def days() -> int:
    """Return how many days seats are kept for people whom somebody registers."""
    return int(settings.PARTY_DAYS)


def check_members(kind: str, addresses: Sequence[str]) -> None:
    """Raise PartyRefused for too few, too many, or an address that stands there twice."""
    if len(addresses) > MOST:
        words = _(
            "You can register %(most)s people at once, and you typed %(n)s. "
            "Register the others separately, or "
            "ask the network's staff to upload a list."
        )
        raise PartyRefused(sentence=words % {"most": MOST, "n": len(addresses)})
    if len(addresses) < FEWEST[Kind(kind)]:
        words = _("A team has at least two people.") if kind == Kind.TEAM else _("Type at least one person.")
        raise PartyRefused(sentence=words)
    if twice := [address for address, times in Counter(addresses).items() if times > 1]:
        raise PartyRefused(sentence=_("%(address)s is on the list twice.") % {"address": twice[0]})


def _check_may_ask(network: Network, members: Sequence[Member], *, by: Person, at: datetime) -> None:
    """Raise PartyRefused where somebody was asked by another, or one person asks too many in a day."""
    addresses = [one.address for one in members]
    invited_seats.end_old(network, addresses, at=at)
    known = network.seat_invitations.filter(address__in=addresses, ended_at=None)
    if taken := sorted(known.values_list("address", flat=True)):
        words = _("Somebody already asked %(who)s to come, so you can't.")
        raise PartyRefused(sentence=words % {"who": ", ".join(taken)})
    lately = SeatInvitation.objects.filter(party__by=by, made_at__gt=at - timedelta(days=1))
    most = settings.PARTY_ASKED_A_DAY
    if lately.exclude(party__kind__in=(Kind.LIST, Kind.INVITED)).count() + len(addresses) > most:
        words = _("You can ask %(n)s people a day. Ask the others tomorrow, or ask the network's staff.")
        raise PartyRefused(sentence=words % {"n": most})


def _verdict(seen: SeatedNetwork, party: Party, size: int, *, at: datetime) -> Verdict:
    """Return whether so many seats can be kept; raises PartyRefused, Full or LimitReached where none can."""
    if size > seen.seats:
        words = ngettext(
            "This network has only %(n)s seat.", "This network has only %(n)s seats.", seen.seats
        )
        raise PartyRefused(sentence=words % {"n": seen.seats})
    found = verdict(seen, limits.place_of_party(party), party_size=size, at=at, locked=True)
    if not found.seat:
        seats.check_line(seen, waiting=lambda: seen.waiting, found=found)
    return found


def _ask(
    party: Party, members: Sequence[Member], found: Verdict, *, closes_at: datetime | None, at: datetime
) -> list[SeatInvitation]:
    """Write who is asked; whoever waits is asked later."""
    until = at + party_seats.WHILE_WAITING  # of who waits; the end of registration may move
    if found.seat:
        until = party_seats.kept_until(closes_at, at=at)
        if found.reservation is not None and found.reservation.until is not None:
            until = min(until, found.reservation.until)
    asked = [
        _invitation(party, one, keeps_seat=found.seat, reservation=found.reservation, until=until, at=at)
        for one in members
    ]
    return SeatInvitation.objects.bulk_create(asked)


def _invitation(
    party: Party,
    member: Member,
    *,
    keeps_seat: bool,
    reservation: Reservation | None,
    until: datetime,
    at: datetime,
) -> SeatInvitation:
    """Return the row of somebody who is asked, not written yet; without a seat nothing is mailed yet."""
    return SeatInvitation(
        network=party.network,
        party=party,
        reservation=reservation,
        address=member.address,
        first_name=member.first_name,
        last_name=member.last_name,
        answers={"job": member.job} if member.job else {},
        token_hash=invited_seats.unknown_hash(),
        keeps_seat=keeps_seat,
        sent=1 if keeps_seat else 0,
        sent_at=at if keeps_seat else None,
        made_at=at,
        until=until,
    )


@jobs.finishing()
@transaction.atomic
def add_member(party: Party, member: Member, *, by: Person, at: datetime) -> SeatInvitation:
    """Ask one more person: a seat is kept for them, or they wait with the others. Raises PartyRefused."""
    network, fresh = _lock(party)
    if known := fresh.invitations.filter(address=member.address, ended_at=None, until__gt=at).first():
        return known
    seen = seats.look(network, at=at)
    closes_at = seen.closes_with(seen.first_starts_at)
    seats.check_is_open(seen, closes_at=closes_at, at=at, person=by)
    there = fresh.invitations.live(at) | fresh.invitations.filter(outcome=Outcome.REGISTERED)
    check_members(Kind.LEADER, [*there.values_list("address", flat=True), member.address])
    _check_may_ask(network, [member], by=by, at=at)
    if fresh.line is not None:
        found = Verdict(seat=False)
        if there.count() + 1 > seen.seats:
            _verdict(seen, fresh, there.count() + 1, at=at)
    else:
        found = verdict(seen, limits.place_of_party(fresh), at=at, locked=True)
        if not found.seat:
            raise PartyRefused(sentence=str(found.blocked or _("No seat is free for another person now.")))
    (asked,) = _ask(fresh, [member], found, closes_at=closes_at, at=at)
    if found.seat:
        tell(invited_seats.send, asked, at=at)
    return asked


@jobs.finishing()
@transaction.atomic
def withdraw_member(invitation: SeatInvitation, *, by: Actor, at: datetime) -> None:
    """Ask somebody no longer; their seat goes to those in line. Twice is once. Raises PartyRefused."""
    network, fresh = _lock_invitation(invitation)
    if fresh.outcome == Outcome.TAKEN_BACK:
        return
    _check_unanswered(fresh)
    _take_back(fresh, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)


@jobs.finishing()
@transaction.atomic
def replace_member(invitation: SeatInvitation, member: Member, *, by: Person, at: datetime) -> SeatInvitation:
    """Ask somebody else instead: the seat that is kept is theirs then, for two days at least.

    Raises PartyRefused where the seat was taken, or isn't kept anymore.
    """
    network, fresh = _lock_invitation(invitation)
    party = fresh.party
    if fresh.outcome == Outcome.TAKEN_BACK:
        known = party.invitations.filter(address=member.address, ended_at=None).first()
        if known is not None:
            return known  # the same form again
    _check_unanswered(fresh)
    if fresh.ended_at is not None or fresh.until <= at:
        raise PartyRefused(sentence=_("This seat isn't kept anymore. Add the other person instead."))
    if member.address == fresh.address:
        raise PartyRefused(sentence=_("This is the person whom you asked. Type somebody else's address."))
    _take_back(fresh, at=at)
    _check_may_ask(network, [member], by=by, at=at)
    closes_at = network.closes_at()
    until = max(fresh.until, at + AT_LEAST)
    until = min(until, closes_at) if closes_at and closes_at > at else fresh.until
    asked = _invitation(
        party, member, keeps_seat=fresh.keeps_seat, reservation=fresh.reservation, until=until, at=at
    )
    asked.save()
    if party.line is not None:  # they may have been the last of a party that waits
        Party.objects.filter(pk=party.pk).update(line=party.line, limited_by=party.limited_by)
    if asked.keeps_seat:
        tell(invited_seats.send, asked, at=at)
    return asked


@jobs.finishing()
@transaction.atomic
def resend(invitation: SeatInvitation, *, by: Actor, at: datetime) -> None:
    """E-mail a new link to somebody who hasn't answered, once a day; the one before works no longer."""
    _network, fresh = _lock_invitation(invitation)
    _check_unanswered(fresh)
    if fresh.ended_at is not None or fresh.until <= at:
        raise PartyRefused(sentence=_("This seat isn't kept anymore."))
    if fresh.sent_at is None:
        raise PartyRefused(sentence=_("We e-mail this person once a seat is kept for them."))
    if at - fresh.sent_at < AGAIN_AFTER:
        words = _("We e-mailed this person on %(moment)s. You can e-mail them again a day later.")
        raise PartyRefused(sentence=words % {"moment": wording.moment(fresh.sent_at, fresh.network.zone)})
    fresh.sent, fresh.sent_at = fresh.sent + 1, at
    fresh.save(update_fields=["sent", "sent_at"])
    tell(invited_seats.send, fresh, number=fresh.sent, at=at)


@jobs.finishing()
@transaction.atomic
def withdraw_party(party: Party, *, by: Actor, at: datetime) -> int:
    """Ask none of those any longer who haven't answered; a party that waits leaves the line.

    Who has a seat keeps it. Returns how many were asked.
    """
    network, fresh = _lock(party)
    asked = list(fresh.invitations.select_related("party").filter(ended_at=None))
    for one in asked:
        _take_back(one, at=at)
    Party.objects.filter(pk=fresh.pk).update(line=None, limited_by="")
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return len(asked)


@jobs.finishing()
@transaction.atomic
def give_seats(party: Party, *, reason: str, by: Actor, at: datetime) -> None:
    """Let staff keep seats for a party that waits, ahead of others; never more than are free.

    Passing others in line wants a reason, which is kept. Raises PartyRefused.
    """
    network, fresh = _lock(party)
    waits = network.parties.waiting().select_related("by").filter(pk=fresh.pk).first()
    if waits is None:
        raise PartyRefused(sentence=_("These people aren't on the waitlist."))
    closes_at = network.closes_at()
    if closes_at is not None and closes_at <= at:
        raise PartyRefused(sentence=_("Registration is closed. Open it again first."))
    free, size = seats.free_seats(network, at=at), waits.size or 1
    if free < size:
        words = _("They are %(size)s people, and %(free)s seats are free. Raise the number of seats first.")
        raise PartyRefused(sentence=words % {"size": size, "free": free})
    if not reason.strip() and place_of(waits) > 1:
        raise PartyRefused(sentence=_("Other people are ahead in line. Say why these go first."))
    waits.reason = reason.strip()
    waits.save(update_fields=["reason"])
    party_seats.serve(waits, closes_at=closes_at, at=at)


def led_by(person: Person) -> models.QuerySet[Party]:
    """Return the parties that somebody registered: their teams, and people of theirs."""
    return Party.objects.filter(by=person, kind__in=FEWEST)


def place_of(party: Party) -> int:
    """Return the place in line of a party that waits, by the network's rule; 1 is next."""
    return line.places([party.network])[line.key_of(party)]


def _lock(party: Party) -> tuple[seats.Locked, Party]:
    """Lock the network of a party, and return both fresh."""
    network = seats.lock_network(party.network)
    fresh = network.parties.select_related("organization__part_of", "by").get(pk=party.pk)
    fresh.network = network
    return network, fresh


def _lock_invitation(invitation: SeatInvitation) -> tuple[seats.Locked, SeatInvitation]:
    network = seats.lock_network(invitation.network)
    rows = SeatInvitation.objects.select_for_update(of=("self",))
    fresh = rows.select_related("party__organization", "organization", "reservation").get(pk=invitation.pk)
    fresh.network = fresh.party.network = network
    return network, fresh


def _check_unanswered(invitation: SeatInvitation) -> None:
    """Raise PartyRefused where somebody has taken their seat: it is theirs."""
    if invitation.outcome == Outcome.REGISTERED:
        raise PartyRefused(
            sentence=_("%(name)s has taken the seat, so only they can give it up.")
            % {"name": invitation.name}
        )


def _take_back(invitation: SeatInvitation, *, at: datetime) -> None:
    """End one that nobody answered; whoever had a mail with a link is told."""
    if invitation.ended_at is None:
        invited_seats.finish(invitation, Outcome.TAKEN_BACK, at=at)
        if invitation.sent:
            tell(emails.seat_not_kept, invitation, at=at)
