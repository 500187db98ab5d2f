"""Which credit rule a network goes by, as the plain rule that the arithmetic takes."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from django.db.models import Min

from meetings.models import Network
from registrations.credit.domain.credits import Rule
from registrations.models import CreditRule

HOURS_ONLY = Rule(code="", unit_label="", unit_label_plural="", minimum=Decimal(0))


def version_for(network: Network) -> CreditRule | None:
    """Return the version in force on the day of the first meeting, which holds for the whole series."""
    if not network.credit_code:
        return None
    first = network.meetings.own().standing().aggregate(first=Min("on"))["first"]
    day = first or date(int(network.school_year[:4]), 9, 1)
    return CreditRule.objects.in_force(network.credit_code, day)


def plain(version: CreditRule | None) -> Rule:
    """Return ``version`` as plain data; without one, hours count and give no units."""
    if version is None:
        return HOURS_ONLY
    names = {field.name for field in fields(Rule)} & {field.name for field in CreditRule._meta.get_fields()}
    return Rule(**{name: getattr(version, name) for name in sorted(names)})


def rule_for(network: Network) -> Rule:
    """Return the plain rule that the network goes by."""
    return plain(version_for(network))
