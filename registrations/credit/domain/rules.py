"""A version of a credit rule as the plain rule that the arithmetic takes."""

from dataclasses import fields
from decimal import Decimal

from registrations.credit.domain.credits import Rule
from registrations.models import CreditRule

HOURS_ONLY = Rule(code="", unit_label="", unit_label_plural="", minimum=Decimal(0))


def as_rule(version: CreditRule | None) -> Rule:
    """Return ``version`` as plain data; without one, hours count and give no units."""
    if version is None:
        return HOURS_ONLY
    names = {field.name for field in fields(Rule)} & {field.name for field in CreditRule._meta.get_fields()}
    return Rule(**{name: getattr(version, name) for name in sorted(names)})
