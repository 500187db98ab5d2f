"""The network of dots: a dot a partner organization, a line between two that share a network.

The same partners give the same picture: each place is drawn from the organization's own address.
"""

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

WIDTH, HEIGHT, MARGIN = 620, 420, 30
MOST_DOTS = 60
LINES_A_DOT = 3
TRIES = 24
APART = 52
Place = tuple[int, int]

# The five colours of the hero, by what kind of body it is.
COLOURS = {
    "higher_ed_2yr": 1,
    "higher_ed_4yr": 1,
    "research_center": 1,
    "nonprofit": 2,
    "youth_out_of_school": 2,
    "museum_informal": 2,
    "philanthropy": 2,
    "family_community": 2,
    "k12_district": 3,
    "k12_regional": 3,
    "school": 3,
    "cte_regional": 3,
    "charter": 3,
    "esd_collaborative": 3,
    "business": 4,
    "health": 4,
    "labor_workforce": 4,
}


@dataclass(frozen=True)
class Dot:
    """One organization: place and radius in the units of the picture, and a colour from 0 to 4."""

    x: int
    y: int
    radius: int
    colour: int


@dataclass(frozen=True)
class MapLine:
    """A shared network between two dots."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Picture:
    """What the hero draws, within WIDTH by HEIGHT."""

    dots: list[Dot]
    lines: list[MapLine]


def draw(organizations: Iterable[tuple[int, str, str]], networks: Mapping[int, set[int]]) -> Picture:
    """Place ``organizations`` (id, slug, sector) and tie those that share a network.

    ``networks`` gives, for each network, the ids of the organizations in it. A dot has at most
    LINES_A_DOT lines of its own, to the nearest of those it shares a network with, so it stays a picture.
    """
    rows = sorted(organizations, key=lambda row: row[1])[:MOST_DOTS]
    shared = shared_by(networks, {pk for pk, _, _ in rows})
    rows.sort(key=lambda row: -len(shared[row[0]]))
    at = spread([(pk, slug) for pk, slug, _ in rows], shared)
    ties = ties_between(at, shared)
    degree = {pk: sum(pk in tie for tie in ties) for pk in at}
    dots = [Dot(*at[pk], 5 + min(7, 2 * degree[pk]), COLOURS.get(sector, 0)) for pk, _, sector in rows]
    return Picture(dots, [MapLine(*at[a], *at[b]) for a, b in sorted(ties)])


def shared_by(networks: Mapping[int, set[int]], shown: set[int]) -> dict[int, set[int]]:
    """Return for each organization shown the others that it shares a network with."""
    shared: dict[int, set[int]] = {pk: set() for pk in shown}
    for members in networks.values():
        for one, other in combinations(sorted(members & shown), 2):
            shared[one].add(other)
            shared[other].add(one)
    return shared


def spread(rows: list[tuple[int, str]], shared: Mapping[int, set[int]]) -> dict[int, Place]:
    """Return a place for each (id, slug): apart from all, near those it shares a network with."""
    at: dict[int, Place] = {}
    for pk, slug in rows:
        chance = random.Random(slug)  # noqa: S311 - a drawing, not a secret
        spots = [
            (chance.randint(MARGIN, WIDTH - MARGIN), chance.randint(MARGIN, HEIGHT - MARGIN))
            for _ in range(TRIES)
        ]
        friends = [at[other] for other in shared[pk] if other in at]
        free = [spot for spot in spots if distance(spot, at.values()) >= APART]
        near = free if friends else []
        at[pk] = (
            min(near, key=lambda spot: (distance(spot, friends), spot))
            if near
            else max(spots, key=lambda spot: (distance(spot, at.values()), spot))
        )
    return at


def distance(spot: Place, others: Iterable[Place]) -> float:
    """Return how far the nearest of ``others`` is; without any, far."""
    return min((math.dist(spot, other) for other in others), default=math.inf)


def ties_between(at: Mapping[int, Place], shared: Mapping[int, set[int]]) -> set[tuple[int, int]]:
    """Return the pairs to draw: for each organization the nearest of those it shares a network with."""
    ties: set[tuple[int, int]] = set()
    for pk, others in shared.items():
        nearest = sorted(others, key=lambda other: (math.dist(at[pk], at[other]), other))[:LINES_A_DOT]
        ties.update((min(pk, other), max(pk, other)) for other in nearest)
    return ties
