"""Needs and contributions that are typed into a part: "committed", since they are signed with it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from partners.exchange.domain import exchange
from partners.memorandum.domain import parts
from partners.models import Category, Contribution, MouRole, Need, Person


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


def _open(role: MouRole) -> MouRole:
    """Return the part with its row held. Raises MouRefused unless it is open for writing."""
    role = parts.lock_part(role)
    parts.check_part_open(role)
    return role
