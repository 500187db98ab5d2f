"""A version of a credit rule as the plain rule that the arithmetic takes."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from meetings.models import Network
from registrations.credit.domain.credits import Rule
from registrations.models import CreditRule

HOURS_ONLY = Rule(code="", unit_label="", unit_label_plural="", minimum=Decimal(0))


def as_rule(version: CreditRule | None) -> Rule:
    """Return ``version`` as plain data; without one, hours count and give no units."""
    if version is None:
        return HOURS_ONLY
    names = {field.name for field in fields(Rule)} & {field.name for field in CreditRule._meta.get_fields()}
    columns: dict[str, Any] = {name: getattr(version, name) for name in sorted(names)}
    return Rule(**{**columns, "categories": tuple((code, label) for code, label in version.categories)})


def rule_of(network: Network, version: CreditRule | None) -> Rule:
    """Return the same for ``network``, with its choice about breaks where the rule leaves it."""
    rule = as_rule(version)
    if not rule.breaks_by_choice or network.breaks_count is None:
        return rule
    return replace(rule, count_breaks=network.breaks_count)
