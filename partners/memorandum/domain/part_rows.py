"""Needs and contributions that are typed into a part: "committed" once they are signed with it.

What is changed in a part that is open is a draft until the part is signed again: what was signed stays as it
is, with its matches, and drops out when the partner signs words without it (docs/rules.md 9.3). Who left and
joins again is offered what it needed and gave when it left.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from partners.exchange.domain import commitments, exchange
from partners.memorandum.domain import parts
from partners.models import Category, Contribution, MouRole, Need, Person, RoleChange, local_day
from partners.models.memorandum import binding
from stemnet import jobs

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


@jobs.finishing()
@transaction.atomic
def take_out(role: MouRole, row: Need | Contribution, *, by: Person, at: datetime) -> bool:
    """Take a need or a contribution out of the part; return whether it is gone at once.

    What was signed is only noted to drop out, once the part is signed without it. Raises MouRefused unless
    the part is open for writing.
    """
    _open(role)
    if commitments.committed_rows([row], on=local_day(at)):
        if row.taken_out_at is None:
            row.taken_out_at = at
            row.save(update_fields=["taken_out_at"])
        return False
    if isinstance(row, Need):
        exchange.withdraw_need(row, by=by, at=at)
    else:
        exchange.withdraw_contribution(row, by=by, at=at)
    return True


@transaction.atomic
def put_back(role: MouRole, row: Need | Contribution) -> None:
    """Put a row back that was taken out of the part. Raises MouRefused unless it is open for writing."""
    _open(role)
    row.taken_out_at = None
    row.save(update_fields=["taken_out_at"])


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
        values: dict[str, Any] = {name: getattr(need, name) for name in NEED_WORDS}
        values |= {name: list(getattr(need, name).all()) for name in exchange.LISTS}
        add_need(role, at=at, **values)
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


def rows_of(role: MouRole, *, on: date) -> dict[str, Any]:
    """Return the needs and contributions of a part; of one that is signed, which of them are not yet."""
    needs = list(role.needs.filter(withdrawn_at=None).select_related("category", "school", "teacher"))
    gives = list(role.contributions.filter(withdrawn_at=None).select_related("category"))
    signed = binding.bond(role, on=on).binds
    return {
        "needs": needs,
        "contributions": gives,
        "draft_needs": unsigned(needs, on=on) if signed else set(),
        "draft_contributions": unsigned(gives, on=on) if signed else set(),
    }


def unsigned(rows: list[Any], *, on: date) -> set[int]:
    """Return the keys of those of ``rows`` that nothing signed says."""
    return {row.pk for row in rows} - commitments.committed_rows(rows, on=on)
