"""Needs and contributions that are typed into a part: "committed", since they are signed with it.

Who left and joins again is offered what it needed and gave when it left.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from partners.exchange.domain import exchange
from partners.memorandum.domain import parts
from partners.models import Category, Contribution, MouRole, Need, Person, RoleChange

Row = TypeVar("Row", Need, Contribution)
NEED_WORDS = ("category", "school", "teacher", "priority", "detail", "grade_bands", "wanted_by")
CONTRIBUTION_WORDS = (
    "category",
    "detail",
    "quantity",
    "available_from",
    "available_until",
    "conditions",
    "public",
)


@transaction.atomic
def add_need(role: MouRole, *, category: Category, at: datetime, **fields: Any) -> Need:
    """Write a need into the part. Raises MouRefused unless it is open for writing, ExchangeRefused."""
    role = _open(role)
    return exchange.write_need(organization=role.organization, category=category, at=at, role=role, **fields)


@transaction.atomic
def add_contribution(role: MouRole, *, category: Category, at: datetime, **fields: Any) -> Contribution:
    """Write a contribution into the part. Raises MouRefused unless it is open, ExchangeRefused."""
    role = _open(role)
    return exchange.write_contribution(
        organization=role.organization, category=category, at=at, role=role, **fields
    )


@transaction.atomic
def take_out_need(role: MouRole, need: Need, *, by: Person, at: datetime) -> None:
    """Take a need out of the part. Raises MouRefused unless the part is open for writing."""
    _open(role)
    exchange.withdraw_need(need, by=by, at=at)


@transaction.atomic
def take_out_contribution(role: MouRole, contribution: Contribution, *, by: Person, at: datetime) -> None:
    """Take a contribution out of the part. Raises MouRefused unless the part is open for writing."""
    _open(role)
    exchange.withdraw_contribution(contribution, by=by, at=at)


def former_needs(role: MouRole) -> list[Need]:
    """Return the needs that ended when the partner left, and that the part it writes now does not have."""
    rows = Need.objects.select_related("category", "school", "teacher")
    return _missing(rows.filter(_ended_with_leaving(role)), role.needs.all(), NEED_WORDS)


def former_contributions(role: MouRole) -> list[Contribution]:
    """Return the contributions that ended when the partner left, and that the part does not have."""
    rows = Contribution.objects.select_related("category")
    return _missing(rows.filter(_ended_with_leaving(role)), role.contributions.all(), CONTRIBUTION_WORDS)


@transaction.atomic
def bring_back(
    role: MouRole, *, needs: Iterable[Need] = (), contributions: Iterable[Contribution] = (), at: datetime
) -> int:
    """Write former rows into the part anew, as they were; return how many.

    Raises MouRefused unless the part is open for writing, ExchangeRefused.
    """
    role, number = _open(role), 0
    for need in needs:
        add_need(role, at=at, **{name: getattr(need, name) for name in NEED_WORDS})
        number += 1
    for gift in contributions:
        add_contribution(role, at=at, **{name: getattr(gift, name) for name in CONTRIBUTION_WORDS})
        number += 1
    return number


def _ended_with_leaving(role: MouRole) -> Q:
    """Return the condition that a row of the partner ended in the moment in which it left a memorandum."""
    left = RoleChange.objects.filter(
        role__organization=role.organization_id, to_status=MouRole.Status.WITHDRAWN
    )
    return Q(organization=role.organization_id, withdrawn_at__in=left.values("at"))


def _missing(rows: QuerySet[Row], held: QuerySet[Row], names: tuple[str, ...]) -> list[Row]:
    """Return those of ``rows`` that ``held`` has not, each wording once."""
    known = {_words(row, names) for row in held.filter(withdrawn_at=None)}
    found = {_words(row, names): row for row in rows.order_by("pk")}
    return [row for words, row in found.items() if words not in known]


def _words(row: Need | Contribution, names: tuple[str, ...]) -> str:
    keys = (f"{name}_id" if hasattr(row, f"{name}_id") else name for name in names)
    return repr([getattr(row, key) for key in keys])


def _open(role: MouRole) -> MouRole:
    """Return the part with its row held. Raises MouRefused unless it is open for writing."""
    role = parts.lock_part(role)
    parts.check_part_open(role)
    return role
