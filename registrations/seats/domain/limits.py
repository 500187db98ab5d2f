"""How many seats people of one organization, and of one sector, may have in a network (docs/rules.md 4.7).

Ask for one person by `blocked_by`; for a whole line `count` once, then ask and `take` for each in turn::

    left = limits.count(network, at=at)
    for registration in network.registrations.waiting().select_related(*limits.WITH_PLACE):
        if (blocked := left.blocks(limits.place_of(registration.position), registration.party_size)) is None:
            left.take(limits.place_of(registration.position), registration.party_size)

Neither asks the database again, whatever the length of the line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Network
from partners.models import Organization, Position, Sector
from registrations.models import Hold, Party, Registration, Reservation, SeatInvitation
from registrations.seats.domain import reserved
from registrations.seats.domain.answers import Answers
from stemnet.plain_names import plain_name

Body: TypeAlias = int | str
Taken: TypeAlias = Iterator[tuple["Place", int]]
Limit = Registration.Limit
WITH_PLACE = ("position__organization__part_of__part_of",)


@dataclass(frozen=True)
class Place:
    """Where somebody works, as limits see it: the body at the top, or plain words, and the sector.

    ``within`` are the keys of the organization and of those that it is part of, nearest first.
    """

    body: Body | None = None
    sector: str = ""
    within: tuple[int, ...] = ()


NOWHERE = Place()


@dataclass(frozen=True)
class Blocked:
    """Why somebody can't have a seat that is free: a limit, and how many seats it allows."""

    limit: str
    seats: int
    sector: str = ""

    def __str__(self) -> str:
        if self.limit == Limit.SECTOR:
            return self._of_sector()
        return ngettext(
            "Your organization has its %(n)s seat.", "Your organization has its %(n)s seats.", self.seats
        ) % {"n": self.seats}

    @property
    def of_them(self) -> str:
        """Return the same, said to staff."""
        if self.limit == Limit.SECTOR:
            return self._of_sector()
        return ngettext(
            "Their organization has its %(n)s seat.", "Their organization has its %(n)s seats.", self.seats
        ) % {"n": self.seats}

    def _of_sector(self) -> str:
        said = {"n": self.seats, "sector": Sector(self.sector).label}
        if not self.seats:
            return _("There are no seats for people from “%(sector)s”.") % said
        return (
            ngettext(
                "The %(n)s seat for people from “%(sector)s” is taken.",
                "All %(n)s seats for people from “%(sector)s” are taken.",
                self.seats,
            )
            % said
        )


@dataclass
class Left:
    """What the limits of one network leave, counted once."""

    each: int | None = None
    sectors: dict[str, int] = field(default_factory=dict)
    by_body: Counter[Body] = field(default_factory=Counter)
    by_sector: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return self.each is not None or bool(self.sectors)

    def blocks(self, place: Place, seats: int = 1) -> Blocked | None:
        """Return which limit keeps ``seats`` more from people there, or None."""
        if self.each is not None and place.body is not None and self.by_body[place.body] + seats > self.each:
            return Blocked(Limit.ORGANIZATION, self.each)
        most = self.sectors.get(place.sector)
        if most is not None and self.by_sector[place.sector] + seats > most:
            return Blocked(Limit.SECTOR, most, place.sector)
        return None

    def take(self, place: Place, seats: int = 1) -> None:
        """Count ``seats`` more for people there."""
        if place.body is not None:
            self.by_body[place.body] += seats
        if place.sector:
            self.by_sector[place.sector] += seats


def place_of(position: Position | None) -> Place:
    """Return where a position is; `WITH_PLACE` fetches what it reads with the registrations."""
    if position is None:
        return NOWHERE
    return place_at(position.organization, position.organization_words)


def place_at(organization: Organization | None, words: str = "") -> Place:
    """Return the place of an organization, or of one that is not listed: its name in plain form."""
    if organization is None:
        return Place(body=plain_name(words) or None)
    within = [organization.pk]
    above = organization.part_of
    if above is not None:
        within.append(above.pk)
        if above.part_of_id is not None:
            within.append(above.part_of_id)
    return Place(body=within[-1], sector=organization.sector, within=tuple(within))


def place_of_invitation(invitation: SeatInvitation) -> Place:
    """Return where somebody who was asked works, as whoever asked them said."""
    place = invitation.workplace
    return place_at(None, place) if isinstance(place, str) else place_at(place)


def place_of_party(party: Party) -> Place:
    """Return where a party is from; fetch it with its organization and what that is part of."""
    return place_at(party.organization, party.organization_words)


def place_of_answers(answers: Answers) -> Place:
    """Return where somebody says that they work; one query where the organization is listed."""
    if answers.organization is None:
        return place_at(None, answers.organization_words)
    listed = Organization.objects.select_related("part_of").filter(pk=answers.organization)
    return place_at(listed.first(), answers.organization_words)


def count(network: Network, *, at: datetime, but: str = "") -> Left:
    """Return what the limits leave: one query where there is none, six where there is one.

    Counted are seats as `occupancy` counts them: seated, offered, held, asked for and reserved. What is held
    for the address ``but`` is left out.
    """
    left = Left(network.each_organization, dict(network.sector_limits.values_list("sector", "at_most")))
    if left:
        for taken in (
            _registered(network),
            _held(network, at=at, but=but),
            _asked(network, at=at),
            _reserved(network, at=at),
        ):
            for place, seats in taken:
                left.take(place, seats)
    return left


def blocked_by(
    network: Network, registrations: Iterable[Registration], *, at: datetime
) -> dict[int, Blocked]:
    """Return, by key, which of ``registrations`` could have no seat now, each asked by itself, and why.

    Fetch them with `WITH_PLACE`; the database is asked equally often for any number.
    """
    left = count(network, at=at)
    if not left:
        return {}
    found = {one.pk: left.blocks(place_of(one.position), one.party_size) for one in registrations}
    return {key: blocked for key, blocked in found.items() if blocked}


def said_of(registration: Registration) -> Blocked | None:
    """Return the limit that keeps somebody in line, as was found last; a query where it is the sector's."""
    if not registration.limited_by:
        return None
    network = registration.network
    if registration.limited_by == Limit.ORGANIZATION:
        return Blocked(Limit.ORGANIZATION, network.each_organization) if network.each_organization else None
    sector = place_of(registration.position).sector
    most = network.sector_limits.filter(sector=sector).first()
    return Blocked(Limit.SECTOR, most.at_most, sector) if most else None


def note(network: Network, left: Left) -> int:
    """Write which limit keeps each of those in line from a seat, and return how many none does.

    Those whom no limit keeps go before anyone who comes now; the others are passed until a seat of theirs is
    free. Whoever calls holds the network's row.
    """
    line = list(network.registrations.waiting().select_related(*WITH_PLACE))
    together = list(network.parties.waiting().select_related("organization__part_of"))
    found: dict[Registration | Party, Blocked | None] = {
        one: left.blocks(place_of(one.position), one.party_size) for one in line
    }
    found |= {one: left.blocks(place_of_party(one), one.size or 1) for one in together}
    for limit in ("", *Limit.values):
        for model in (Registration, Party):
            keys = [
                one.pk
                for one, blocked in found.items()
                if isinstance(one, model)
                and one.limited_by != limit
                and limit == getattr(blocked, "limit", "")
            ]
            if keys:
                model._default_manager.filter(pk__in=keys).update(limited_by=limit)
    return sum(blocked is None for blocked in found.values())


def _registered(network: Network) -> Taken:
    """Return the seats of those seated and offered one, by place."""
    where = "position__organization"
    rows = (
        network.registrations.occupying()
        .exclude(position=None)
        .order_by()
        .values_list(
            Coalesce(f"{where}__part_of__part_of", f"{where}__part_of", F(where)),
            f"{where}__sector",
            "position__plain_organization_words",
        )
        .annotate(seats=Sum("party_size"))
    )
    for top, sector, words, seats in rows:
        yield Place(body=top or words or None, sector=sector or ""), seats


def _held(network: Network, *, at: datetime, but: str) -> Taken:
    """Return the seats held for addresses that are being proved, by what was typed."""
    rows = Hold.objects.occupying(at).filter(network=network).exclude(address=but or None)
    typed = [Answers.from_json(answers) for answers in rows.values_list("answers", flat=True)]
    known = _listed({one.organization for one in typed if one.organization})
    for one in typed:
        yield place_at(known.get(one.organization or 0), one.organization_words), one.party_size


def _asked(network: Network, *, at: datetime) -> Taken:
    """Return the seats that are kept for those who were invited, by where they are said to work."""
    rows = SeatInvitation.objects.occupying(at).filter(network=network)
    for asked in rows.select_related("party__organization__part_of", "organization__part_of"):
        yield place_of_invitation(asked), 1


def _reserved(network: Network, *, at: datetime) -> Taken:
    """Return the reserved seats that nobody uses yet."""
    standing = Reservation.objects.standing(at).filter(network=network)
    for one in reserved.with_use(standing.select_related("organization__part_of"), at=at):
        yield place_at(one.organization), max(0, one.seats - one.used)


def _listed(keys: set[int]) -> dict[int, Organization]:
    return Organization.objects.select_related("part_of").in_bulk(keys) if keys else {}
