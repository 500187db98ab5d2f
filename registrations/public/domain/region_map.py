"""The map of the region: a dot a town, larger with more partners, a line between towns that share a network.

Pure arithmetic on what it is given, so that the same partners make the same map.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from statistics import median

from registrations.public.domain.town_places import place_of

WIDTH, HEIGHT, MARGIN_X, MARGIN_Y = 700, 480, 80, 45
FARTHEST = 0.45  # degrees from the middle; who is farther away would press all others together
FEWEST_TOWNS = 3
LINES_A_TOWN = 3
LARGE_LABELS = 5
LETTER, LINE = 7.3, 16  # how wide and high a letter of a name is
ON_A_PHONE = 2.1  # so many times as large, and only those that have room
Town = tuple[str, str]  # plain name, state
Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass
class TownDot:
    """One town: its name, how many partners, where it stands and where its name does."""

    name: str
    partners: int
    x: int
    y: int
    radius: float
    is_host: bool = False
    is_large: bool = False
    label: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class RegionMap:
    """What the map draws, within WIDTH by HEIGHT."""

    towns: list[TownDot] = field(default_factory=list)
    lines: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def with_partners(self) -> list[TownDot]:
        """Return the towns that have partners, most first."""
        return [town for town in self.towns if town.partners]

    @property
    def without(self) -> list[TownDot]:
        """Return the towns that have none yet."""
        return [town for town in self.towns if not town.partners]

    @property
    def with_words(self) -> str:
        """Return the towns and their numbers, such as "Dartmouth 9, New Bedford 8"."""
        return ", ".join(f"{town.name} {town.partners}" for town in self.with_partners)

    @property
    def without_words(self) -> str:
        """Return the towns that have none yet."""
        return ", ".join(town.name for town in self.without)


def draw_map(
    names: Mapping[Town, str],
    partners: Mapping[Town, Collection[int]],
    networks: Mapping[int, set[int]],
    *,
    host: Town | None = None,
) -> RegionMap:
    """Draw the towns of ``names`` with the keys of their ``partners``; an empty map for fewer than three."""
    places = near_each_other({town: at for town in names if (at := place_of(*town))}, partners)
    if sum(bool(partners.get(town)) for town in places) < FEWEST_TOWNS:
        return RegionMap()
    points = projected(places)
    ordered = sorted(points, key=lambda town: (-len(partners.get(town, ())), names[town]))
    dots = [
        TownDot(
            name=names[town],
            partners=(number := len(partners.get(town, ()))),
            x=round(points[town][0]),
            y=round(points[town][1]),
            radius=round(4.2 * math.sqrt(number) if number > 1 else 5.5, 1),
            is_host=town == host,
        )
        for town in ordered
    ]
    write_names(dots)
    ties = ties_of(points, partners, networks)
    return RegionMap(dots, [(*_whole(points[a]), *_whole(points[b])) for a, b in ties])


def near_each_other(places: dict[Town, Point], partners: Mapping[Town, Collection[int]]) -> dict[Town, Point]:
    """Return the places without those far from the middle of the partners."""
    weighed = [places[town] for town in places for _one in partners.get(town, ())]
    if not weighed:
        return {}
    middle = median(north for north, _west in weighed), median(west for _north, west in weighed)
    return {town: at for town, at in places.items() if math.dist(at, middle) <= FARTHEST}


def projected(places: Mapping[Town, Point]) -> dict[Town, Point]:
    """Return points of the picture; a degree west is as much shorter as it is at that latitude."""
    norths, wests = zip(*places.values(), strict=True)
    shrink = math.cos(math.radians(sum(norths) / len(norths)))
    high, wide = max(norths) - min(norths) or 1, (max(wests) - min(wests)) * shrink or 1
    scale = min((WIDTH - 2 * MARGIN_X) / wide, (HEIGHT - 2 * MARGIN_Y) / high)
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return {
        town: (left + (max(wests) - west) * shrink * scale, top + (max(norths) - north) * scale)
        for town, (north, west) in places.items()
    }


def ties_of(
    points: Mapping[Town, Point],
    partners: Mapping[Town, Collection[int]],
    networks: Mapping[int, set[int]],
) -> list[tuple[Town, Town]]:
    """Return the pairs to join: of each town the nearest of those it shares a network with."""
    town_of = {key: town for town in points for key in partners.get(town, ())}
    shared: dict[Town, set[Town]] = defaultdict(set)
    for members in networks.values():
        for one, other in combinations(sorted({town_of[key] for key in members if key in town_of}), 2):
            shared[one].add(other)
            shared[other].add(one)
    ties: set[tuple[Town, Town]] = set()
    for town, others in shared.items():
        nearest = sorted(others, key=lambda other: (math.dist(points[town], points[other]), other))
        ties.update((min(town, other), max(town, other)) for other in nearest[:LINES_A_TOWN])
    return sorted(ties)


def write_names(dots: Iterable[TownDot]) -> None:
    """Place the name of each town beside its dot, where no other name or dot stands; else leave it out."""
    dots = list(dots)
    taken = [(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots]
    for dot in dots:
        for x, y, anchor, box in sides(dot):
            if box[0] >= 0 and box[2] <= WIDTH and not any(_overlap(box, other) for other in taken):
                dot.label = (round(x), round(y), anchor)
                taken.append(box)
                break
    choose_large(dots)


def choose_large(dots: Iterable[TownDot]) -> None:
    """Choose the few names that a phone shows: of the largest towns, where they don't cover each other."""
    taken: list[Box] = []
    for dot in dots:
        if dot.label is None or len(taken) == LARGE_LABELS:
            continue
        box = room(*dot.label, letters=len(dot.name), times=ON_A_PHONE)
        inside = box[0] >= 0 and box[2] <= WIDTH
        if inside and not any(_overlap(box, other) for other in taken):
            dot.is_large = True
            taken.append(box)


def sides(dot: TownDot) -> Iterable[tuple[float, float, str, Box]]:
    """Yield where a name may stand: at the right, the left, above, below; with the room it takes."""
    off = dot.radius + 5
    for x, y, anchor in (
        (dot.x + off, dot.y + 4, "start"),
        (dot.x - off, dot.y + 4, "end"),
        (dot.x, dot.y - off, "middle"),
        (dot.x, dot.y + off + 10, "middle"),
    ):
        yield x, y, anchor, room(x, y, anchor, letters=len(dot.name))


def room(x: float, y: float, anchor: str, *, letters: int, times: float = 1) -> Box:
    """Return the room that a name takes which begins, ends or has its middle at a point."""
    wide, high = letters * LETTER * times, LINE * times
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    return left, y - high + 4 * times, left + wide, y + 4 * times


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _whole(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])
