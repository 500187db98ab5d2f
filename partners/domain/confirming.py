"""Whether somebody works where they say: anybody can say so, a contact or a coordinator confirms it.

Only a confirmed position opens what partners need, and names anybody in the directory. A lead contact sees
the name of whoever asked to be confirmed, and of nobody else.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.emails import confirming as letters
from partners.exceptions import ConfirmationRefused
from partners.models import Organization, Person, Position
from partners.models.position import PositionQuerySet


@dataclass(frozen=True)
class Claims:
    """Where somebody says they work, at partners, confirmed by nobody: what can be asked, and what waits."""

    to_ask: list[Position]
    waiting: list[Position]


def claims_of(person: Person | None, *, today: date) -> Claims:
    """Return the positions at partners that nobody confirmed."""
    if person is None:
        return Claims([], [])
    rows = list(_claimed(person, today).select_related("organization"))
    return Claims([row for row in rows if not row.asked_at], [row for row in rows if row.asked_at])


@transaction.atomic
def ask(person: Person, *, at: datetime, today: date) -> list[Position]:
    """Ask whoever answers for each partner where ``person`` says they work. Raises ConfirmationRefused."""
    rows = list(_claimed(person, today).filter(asked_at=None).select_for_update(of=("self",)))
    if not rows:
        raise ConfirmationRefused(_("Say first in your profile at which partner you work."))
    for row in rows:
        row.asked_at = at
        row.save(update_fields=["asked_at"])
        letters.asked(row, at=at)
    return rows


@transaction.atomic
def confirm(organization: Organization, person: Person, *, by: Person, at: datetime, today: date) -> None:
    """Confirm that ``person`` works at ``organization`` or a part of it. Raises ConfirmationRefused."""
    for row in _held(organization, person, today, confirmed_at=None):
        row.confirmed_at, row.confirmed_by = at, by
        row.save(update_fields=["confirmed_at", "confirmed_by"])
    letters.confirmed(organization, person, at=at)


@transaction.atomic
def refuse(organization: Organization, person: Person, *, today: date) -> None:
    """Say that ``person`` does not work there, also where it was confirmed. Raises ConfirmationRefused."""
    for row in _held(organization, person, today):
        row.asked_at = row.confirmed_at = row.confirmed_by = None
        row.save(update_fields=["asked_at", "confirmed_at", "confirmed_by"])


def waiting(*, today: date) -> PositionQuerySet:
    """Return the positions whose people asked and wait, who asked first at the top."""
    asked = Position.objects.current(today).filter(asked_at__isnull=False, confirmed_at=None)
    return asked.exclude(organization=None).order_by("asked_at", "pk")


def confirmed_at(organization: Organization, *, today: date) -> PositionQuerySet:
    """Return the positions there that somebody confirmed, by name."""
    rows = Position.objects.current(today).filter(confirmed_at__isnull=False).at(organization)
    return rows.order_by("person__last_name", "person__first_name", "pk")


def for_list(rows: QuerySet[Position]) -> QuerySet[Position]:
    """Fetch what a list shows of each position, in two queries."""
    return rows.select_related("person", "organization", "confirmed_by").prefetch_related("person__emails")


def _claimed(person: Person, today: date) -> PositionQuerySet:
    """Return the positions that ``person`` claims at partners."""
    claimed: PositionQuerySet = person.positions.current(today).unconfirmed_at_partners().order_by("pk")
    return claimed


def _held(organization: Organization, person: Person, today: date, **columns: None) -> list[Position]:
    """Hold the rows that can be judged: of people who asked or were confirmed. Raises ConfirmationRefused."""
    rows = person.positions.current(today).at(organization).filter(**columns)
    shown = [row for row in rows.select_for_update(of=("self",)) if row.asked_at or row.confirmed_at]
    if not shown:
        raise ConfirmationRefused(_("Somebody has answered this meanwhile."))
    return shown
