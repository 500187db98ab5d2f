"""What a person's page is made of: sections of lines, by school year, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from meetings.models import Network
from meetings.models.planning.network import NetworkQuerySet
from partners.models import Person, local_day
from stemnet import wording


@dataclass(frozen=True)
class Look:
    """Who looks at whose page, when, and of which networks they see anything.

    ``gone`` are the records of the same person that were merged into theirs.
    """

    person: Person
    by: Person
    at: datetime
    gone: Sequence[Person] = ()

    @property
    def is_own(self) -> bool:
        """Return whether they look at themselves."""
        return self.person.pk == self.by.pk

    @property
    def sees_all(self) -> bool:
        """Return whether everything is shown, also what belongs to no network."""
        return self.is_own or self.by.is_staff_for_all

    @property
    def networks(self) -> NetworkQuerySet:
        """Return the networks whose rows are shown."""
        return Network.objects.all() if self.sees_all else Network.objects.staffed_by(self.by)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing: when it was, its name with a link, what is said of it, and how it stands."""

    on: date | None = None
    says_day: bool = False  # whether ``text`` says the day, too
    title: str
    url: str = ""
    text: str = ""
    kind: str = ""
    tag: str = ""
    more: tuple["Line", ...] = ()

    @property
    def words(self) -> str:
        """Return what a line of plain text says of it."""
        return ". ".join(filter(None, [self.text, self.tag]))


@dataclass(frozen=True)
class Year:
    """The lines of one school year, or of none."""

    name: str
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class Section:
    """Lines of one kind under a heading, and how many older ones are not shown."""

    anchor: str
    heading: str
    years: list[Year] = field(default_factory=list)
    left_out: int = 0

    @property
    def newest(self) -> Year | None:
        """Return the year that is open."""
        return self.years[0] if self.years else None

    @property
    def older(self) -> list[Year]:
        """Return the years that are folded."""
        return self.years[1:]

    @property
    def lines(self) -> list[Line]:
        """Return all of them."""
        return [line for year in self.years for line in year.lines]


def section(anchor: str, heading: str, lines: Iterable[Line], *, left_out: int = 0) -> Section:
    """Return a section of ``lines`` by school year, the newest first; what has no day comes first of all."""
    ordered = sorted(lines, key=lambda line: line.on or date.max, reverse=True)
    years = [Year(name, list(group)) for name, group in groupby(ordered, key=_year)]
    return Section(anchor=anchor, heading=str(heading), years=years, left_out=left_out)


def by_year(anchor: str, heading: str, lines: Iterable[tuple[str, Line]]) -> Section:
    """Return the same of lines that say themselves to which school year they belong."""
    ordered = sorted(lines, key=lambda one: (one[0], one[1].on or date.min), reverse=True)
    years = [
        Year(name, [line for _name, line in group]) for name, group in groupby(ordered, lambda one: one[0])
    ]
    return Section(anchor=anchor, heading=str(heading), years=years)


def day_of(at: datetime | None) -> date | None:
    """Return the day of a moment at the partnership's own place."""
    return local_day(at) if at else None


def _year(line: Line) -> str:
    return wording.school_year_on(line.on) if line.on else ""
