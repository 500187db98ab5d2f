"""What comes of somebody who asks for a seat: one of the free ones, a reserved one, or a place in line."""

from dataclasses import dataclass
from datetime import datetime

from registrations.models import Reservation
from registrations.seats.domain import limits, reserved
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.limits import Blocked, Place
from registrations.seats.domain.occupancy import SeatedNetwork


@dataclass(frozen=True)
class Verdict:
    """Whether there is a seat; ``reservation`` is the one it is of, ``blocked`` why there is none."""

    seat: bool
    reservation: Reservation | None = None
    blocked: Blocked | None = None

    @property
    def limit(self) -> str:
        """Return the limit that keeps them in line, or nothing."""
        return self.blocked.limit if self.blocked else ""


def verdict(
    seen: SeatedNetwork,
    place: Place,
    *,
    at: datetime,
    party_size: int = 1,
    but: str = "",
    locked: bool = False,
) -> Verdict:
    """Return what comes of people who work at ``place`` in a network that was just looked at.

    A seat that is free comes first, then one that is reserved for their organization (docs/rules.md 4.8).
    What is held for the address ``but`` is not counted. Where the network's row is ``locked``, who in line is
    kept by a limit is looked at again and written.
    """
    left = limits.count(seen, at=at, but=but) if seen.limited else limits.Left()
    blocked = left.blocks(place, party_size)
    ahead = limits.note(seen, left) if locked and left and seen.waiting else seen.ahead
    if not blocked and fits(seen, ahead=ahead, party_size=party_size):
        return Verdict(seat=True)
    if seen.reserves and place.within:
        mine = reserved.one_for(seen, place.within, party_size=party_size, at=at)
        if mine is not None:
            return Verdict(seat=True, reservation=mine)
    return Verdict(seat=False, blocked=blocked if fits(seen, ahead=ahead, party_size=party_size) else None)


def verdict_of(seen: SeatedNetwork, answers: Answers, *, at: datetime, locked: bool = False) -> Verdict:
    """Return what comes of somebody by what they typed, without what is held for their address."""
    asks = seen.limited or seen.reserves
    place = limits.place_of_answers(answers) if asks else limits.NOWHERE
    size = answers.party_size
    return verdict(seen, place, party_size=size, at=at, but=answers.address, locked=locked)


def fits(seen: SeatedNetwork, *, ahead: int, party_size: int = 1) -> bool:
    """Return whether so many seats are free, and nobody in line who could have one would be passed."""
    return not ahead and seen.seats - seen.taken >= party_size
