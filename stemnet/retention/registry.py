"""The classes of data that a clock deletes, each said in one place.

Apps fill it in ``ready()``; `of_rows` makes the two functions of most of them::

    retention.add(Kept("kept_forms", _("Forms …"), _("since …"), default=lambda: settings.KEPT_FORM_DAYS,
                       work=of_rows(KeptForm.objects.saved_before, "saved_at", person="person__uid")))
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise

Words = str | Promise
Held = Mapping[str, Collection[str]]  # names of the objects on hold, by kind: {"person": {uid, …}}
Covers = Mapping[str, str | Callable[[Collection[str]], Q]]


@dataclass(frozen=True)
class Found:
    """How many rows a run would delete, and the moment of the oldest."""

    number: int
    oldest: datetime | None = None


class Work(Protocol):
    """Counts and deletes what is older than a moment and not on hold."""

    def find(self, before: datetime, held: Held) -> Found:
        """Count what would go."""

    def delete(self, before: datetime, held: Held, most: int) -> int:
        """Delete at most ``most`` rows, in the transaction of the caller; return how many."""


@dataclass(frozen=True)
class Kept:
    """One class of data: what it is, since when it counts, how long it is kept unless somebody says.

    ``rule`` stands for the days where no one can choose them; ``work`` then gets the moment of the run.
    ``floor`` are the fewest days, and ``why`` is the rule that wants them. One that ``runs_itself`` has its
    own clock and log, and is only counted here.
    """

    key: str
    label: Words
    counted: Words
    work: Work
    default: Callable[[], int | None] = lambda: None
    floor: int = 0
    why: Words = ""
    rule: Words = ""
    runs_itself: bool = False


@dataclass(frozen=True)
class Stays:
    """A class that no clock deletes, and the rule that says so."""

    key: str
    label: Words
    why: Words


_kept: dict[str, Kept] = {}
_stays: dict[str, Stays] = {}


def add(*classes: Kept) -> None:
    """Let these be deleted in their time; one with the same key takes the place of the first."""
    _kept.update({one.key: one for one in classes})


def stays(*classes: Stays) -> None:
    """Let the page say that these stay."""
    _stays.update({one.key: one for one in classes})


def all_kept() -> list[Kept]:
    """Return every class that is deleted in its time, in the order of their apps."""
    return list(_kept.values())


def all_stays() -> list[Stays]:
    """Return every class that stays."""
    return list(_stays.values())


def kept_as(key: str) -> Kept | None:
    """Return the class of a key."""
    return _kept.get(key)


Delete = Callable[[QuerySet[Any]], int]


@dataclass(frozen=True)
class Rows:
    """The work of a class that one query finds; see `of_rows`."""

    rows: Callable[[datetime], QuerySet[Any]]
    moment: str
    covers: Covers
    remove: Delete

    def free(self, before: datetime, held: Held) -> QuerySet[Any]:
        """Return what is older and not on hold."""
        return free_of(self.rows(before), self.covers, held)

    def find(self, before: datetime, held: Held) -> Found:
        """Count what would go, in one statement."""
        free = self.free(before, held).order_by()
        found = free.aggregate(number=Count("pk"), oldest=Min(self.moment))
        return Found(found["number"], found["oldest"])

    def delete(self, before: datetime, held: Held, most: int) -> int:
        """Delete the oldest of them."""
        oldest = self.free(before, held).order_by(self.moment, "pk")
        keys = list(oldest.values_list("pk", flat=True)[:most])
        return self.remove(oldest.model._base_manager.filter(pk__in=keys)) if keys else 0


def delete_all(rows: QuerySet[Any]) -> int:
    """Delete these rows and what hangs on them; return how many they were."""
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


def of_rows(
    rows: Callable[[datetime], QuerySet[Any]],
    moment: str,
    *,
    remove: Delete = delete_all,
    **covers: str | Callable[[Collection[str]], Q],
) -> Rows:
    """Return the work of a class: its rows before a moment, and for each kind of hold the path to its object.

    ``remove`` returns how many went. It may empty rows instead, which then must not be among ``rows`` again.
    """
    return Rows(rows, moment, covers, remove)


def free_of(rows: QuerySet[Any], covers: Covers, held: Held) -> QuerySet[Any]:
    """Return those of ``rows`` that no hold covers."""
    for kind, path in covers.items():
        if names := held.get(kind):
            covered = Q(**{f"{path}__in": list(names)}) if isinstance(path, str) else path(names)
            rows = rows.exclude(covered)
    return rows
