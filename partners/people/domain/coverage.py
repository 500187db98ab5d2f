"""Who is at the table, against a list of who should be (docs/rules.md 9.1, 9.2).

An organization's sector and a person's stakeholder group are two dimensions: a line of the list is met by
either. Counted are organizations; somebody without one counts for themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from partners.models import Position, RequiredItem, Sector, StakeholderGroup
from stemnet.plain_names import plain_name


@dataclass
class Seat:
    """One organization at the table, or somebody who comes without one; never anybody's name."""

    key: tuple[str, str]
    label: str
    slug: str = ""
    sector: str = ""
    groups: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class CoverageLine:
    """One line of a list and the seats that meet it."""

    label: str
    at_least: int
    seats: list[Seat]

    @property
    def missing(self) -> int:
        """Return how many are still missing."""
        return max(0, self.at_least - len(self.seats))


@dataclass(frozen=True)
class Share:
    """One sector or stakeholder group, and the seats that belong to it."""

    label: str
    seats: list[Seat]


def seats_of(positions: Iterable[Position]) -> list[Seat]:
    """Return the seats that people's positions take, each organization once, by name."""
    seats: dict[tuple[str, str], Seat] = {}
    for position in positions:
        seat = _seat_of(position)
        seat = seats.setdefault(seat.key, seat)
        if position.stakeholder_group:
            seat.groups.add(position.stakeholder_group)
    return sorted(seats.values(), key=lambda seat: plain_name(seat.label))


def _seat_of(position: Position) -> Seat:
    """Return the seat of one position, without its group."""
    organization = position.organization
    if organization is None:
        words, plain = position.organization_words, position.plain_organization_words
        return Seat(key=("words", plain or f"position {position.pk}"), label=words)
    return Seat(("slug", organization.slug), organization.name, organization.slug, organization.sector)


def compare_with_list(items: Iterable[RequiredItem], seats: list[Seat]) -> list[CoverageLine]:
    """Return each line of a list with the seats that meet it by sector or by stakeholder group."""
    return [
        CoverageLine(
            item.label,
            item.at_least,
            [one for one in seats if one.sector in item.sectors or one.groups & set(item.stakeholder_groups)],
        )
        for item in items
    ]


def by_sector(seats: list[Seat]) -> list[Share]:
    """Return the sectors that are there."""
    shares = [Share(str(sector.label), [one for one in seats if one.sector == sector]) for sector in Sector]
    return [share for share in shares if share.seats]


def by_group(seats: list[Seat]) -> list[Share]:
    """Return every stakeholder group, also those that nobody stands for."""
    return [
        Share(str(group.label), [one for one in seats if group in one.groups]) for group in StakeholderGroup
    ]
