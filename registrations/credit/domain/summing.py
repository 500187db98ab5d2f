"""From the credits of meetings to hours and units: docs/rules.md 2.5, without words or a database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from registrations.credit.domain.credits import NOTHING, MeetingCredit, Rule
from registrations.credit.domain.rounding import decimal_down, round_down, rounded


@dataclass(frozen=True, kw_only=True)
class Total:
    """What all meetings of a network give one person under ``rule``: exact hours, rounded units.

    ``sure_minutes`` and ``sure_units`` are without what rounding added to meetings; ``minutes_presented`` are
    those of the counted minutes at which the person presented.
    """

    rule: Rule
    minutes_attended: Fraction = NOTHING
    minutes_counted: Fraction = NOTHING
    minutes_presented: Fraction = NOTHING
    sure_minutes: Fraction = NOTHING
    exact_units: Fraction = NOTHING
    sure_units: Fraction = NOTHING
    units: Decimal = Decimal(0)
    minutes_by_category: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def hours(self) -> Fraction:
        """Return the exact contact hours, never rounded."""
        return self.minutes_counted / 60

    @property
    def measure(self) -> Fraction:
        """Return what the minimum is tested on, unrounded: hours or units, as the rule says."""
        return self.sure_minutes / 60 if self.rule.minimum_basis == "contact_hours" else self.sure_units

    @property
    def below_minimum(self) -> bool:
        """Return whether it is too little for any unit."""
        return self.measure < Fraction(self.rule.minimum)

    @property
    def is_capped(self) -> bool:
        """Return whether the rule gives fewer units than the hours would."""
        return self.rule.cap is not None and self.exact_units > Fraction(self.rule.cap)

    @property
    def presenter_units(self) -> Fraction:
        """Return the units that presenting gives, exact, no more than its cap."""
        return exact_units(NOTHING, self.minutes_presented, self.rule)

    @property
    def presenting_is_capped(self) -> bool:
        """Return whether presenting gives fewer units than its hours would."""
        cap = self.rule.presenter_cap
        times = Fraction(self.rule.presenter_multiplier) * self.rule.units_a_minute
        return cap is not None and self.minutes_presented * times > Fraction(cap)

    @property
    def minutes_missing(self) -> Fraction:
        """Return how many minutes of a participant are missing to the minimum."""
        a_minute = Fraction(1, 60)
        if self.rule.minimum_basis == "units":
            a_minute = self.rule.units_a_minute
        return max((Fraction(self.rule.minimum) - self.measure) / a_minute, NOTHING)


def total(meetings: Iterable[MeetingCredit], rule: Rule) -> Total:
    """Return the total of ``meetings``; the minimum is tested before the units are rounded, once."""
    credits = list(meetings)
    counted = sure = by_part(credits, lambda credit: credit.minutes_counted)
    if any(credit.minutes_rounded_up for credit in credits):
        sure = by_part(credits, lambda credit: credit.minutes_sure)
    units = exact_units(*counted, rule)
    exact = Total(
        rule=rule,
        minutes_attended=sum((credit.minutes_attended for credit in credits), NOTHING),
        minutes_counted=sum(counted, NOTHING),
        minutes_presented=counted[1],
        sure_minutes=sum(sure, NOTHING),
        exact_units=units,
        sure_units=units if sure == counted else exact_units(*sure, rule),
        minutes_by_category=by_category(credits) if rule.hours_by_category else {},
    )
    return replace(exact, units=decimal_down(units_of(exact)))


def by_part(
    credits: Iterable[MeetingCredit], minutes_of: Callable[[MeetingCredit], Fraction]
) -> tuple[Fraction, Fraction]:
    """Return the minutes of a participant, and those of a presenter."""
    found = {False: NOTHING, True: NOTHING}
    for credit in credits:
        found[credit.presenting] += minutes_of(credit)
    return found[False], found[True]


def exact_units(counted: Fraction, presented: Fraction, rule: Rule) -> Fraction:
    """Return the units of a participant's and a presenter's minutes, which have a multiplier and a cap."""
    by_presenting = presented * Fraction(rule.presenter_multiplier) * rule.units_a_minute
    if rule.presenter_cap is not None:
        by_presenting = min(by_presenting, Fraction(rule.presenter_cap))
    return counted * rule.units_a_minute + by_presenting


def by_category(credits: Iterable[MeetingCredit]) -> dict[str, Fraction]:
    """Return the counted minutes of each category; they add up to the total."""
    found: dict[str, Fraction] = {}
    for credit in credits:
        for code, share in credit.minutes_by_category.items():
            if share:
                found[code] = found.get(code, NOTHING) + share
    return found


def units_of(exact: Total) -> Fraction:
    """Return the units of a total: none below the minimum, no more than the cap, rounded as the rule says."""
    if exact.below_minimum:
        return NOTHING
    rule, cap = exact.rule, exact.rule.cap
    step = Fraction(rule.total_increment)
    if cap is None:
        return rounded(exact.exact_units, step, rule.total_rounding)
    most = min(exact.exact_units, Fraction(cap))
    return rounded(most, step, rule.total_rounding, most=round_down(Fraction(cap), step))
