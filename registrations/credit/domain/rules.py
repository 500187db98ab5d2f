"""Which credit rule a network goes by, as the plain rule that the arithmetic takes."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from meetings.models import Network
from registrations.credit.domain.credits import Rule
from registrations.models import CreditRule

HOURS_ONLY = Rule(code="", unit_label="", unit_label_plural="", minimum=Decimal(0))


def version_for(network: Network, versions: Iterable[CreditRule] | None = None) -> CreditRule | None:
    """Return the version in force on the network's first day, which holds for the whole series.

    ``versions`` are rules that were read already, for pages that show many networks.
    """
    return version_on(first_day(network), network.credit_code, versions) if network.credit_code else None


def version_on(day: date, code: str, versions: Iterable[CreditRule] | None = None) -> CreditRule | None:
    """Return the newest version of the rule ``code`` in force on ``day``, or None."""
    known = CreditRule.objects.filter(code=code) if versions is None else versions
    fit = [version for version in known if version.code == code and version.is_in_force(day)]
    return max(fit, key=lambda version: version.version, default=None)


def first_day(network: Network) -> date:
    """Return the day of the first meeting where the network is; before it has any, the first of September."""
    first = network.first_start()
    if first is None:
        return date(int(network.school_year[:4]), 9, 1)
    return first.astimezone(ZoneInfo(network.zone)).date()


def plain(version: CreditRule | None) -> Rule:
    """Return ``version`` as plain data; without one, hours count and give no units."""
    if version is None:
        return HOURS_ONLY
    names = {field.name for field in fields(Rule)} & {field.name for field in CreditRule._meta.get_fields()}
    return Rule(**{name: getattr(version, name) for name in sorted(names)})


def rule_for(network: Network) -> Rule:
    """Return the plain rule that the network goes by."""
    return plain(version_for(network))
