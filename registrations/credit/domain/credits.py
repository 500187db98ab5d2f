"""Hours and units from evidence: the semantics of docs/rules.md 2.5, without words or a database.

There are exactly two roundings, both down: the minutes of one meeting after the union of its intervals, and
the units once, on the total. Everything between them is an exact fraction; nothing is ever a float.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from registrations.credit.domain.intervals import Interval, clip, duration, subtract

MINUTE = timedelta(minutes=1)
NOTHING = Fraction(0)
Span = tuple[datetime, datetime]


class Reason(StrEnum):
    """Why a meeting counts as many minutes as it does; ``credit_words`` says it."""

    FULL = "full"
    ROUNDED = "rounded"
    TOO_SHORT = "too_short"
    ABSENT = "absent"
    BREAKS = "breaks"
    ELSEWHERE = "elsewhere"
    PRESENTED = "presented"
    GROUPS_EXCLUDED = "groups_excluded"
    NOT_COUNTED = "not_counted"
    OTHER_TOPIC = "other_topic"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The arithmetic of one jurisdiction (docs/rules.md 2.5); minutes are whole, the rest decimals."""

    code: str = "MA-PDP"
    unit_label: str = "PDP"
    unit_label_plural: str = "PDPs"
    minutes_per_unit: int = 60
    multiplier: Decimal = Decimal(1)
    count_breaks: bool = True
    session_grace_min: int = 10
    session_min_percent_for_any_credit: int = 50
    session_increment_min: int = 15
    total_increment: Decimal = Decimal("0.5")
    minimum: Decimal = Decimal(10)
    minimum_basis: Literal["contact_hours", "units"] = "contact_hours"
    cap: Decimal | None = None
    hours_by_category: bool = False
    include_working_groups: bool = True
    presenter_multiplier: Decimal = Decimal(0)
    statement: str = ""

    @property
    def units_a_minute(self) -> Fraction:
        """Return what one minute of a participant gives, exact."""
        return Fraction(self.multiplier) / self.minutes_per_unit

    @property
    def minimum_minutes(self) -> Fraction:
        """Return how many minutes of a participant reach the minimum."""
        if self.minimum_basis == "contact_hours":
            return Fraction(self.minimum) * 60
        return Fraction(self.minimum) / self.units_a_minute


@dataclass(frozen=True, kw_only=True)
class Session:
    """A meeting as planned; ``group`` is the key of the working group that meets, None for all."""

    window: Span
    breaks: Sequence[Span] = ()
    counts: bool = True
    group: int | None = None
    same_topic: bool = True

    def pauses(self, rule: Rule) -> list[Interval]:
        """Return the breaks that ``rule`` takes out of the meeting."""
        return [] if rule.count_breaks else clip(self.breaks, self.window)


@dataclass(frozen=True, kw_only=True)
class MeetingCredit:
    """What one meeting gives one person, in minutes; an hour has exactly one category."""

    minutes_scheduled: Fraction
    minutes_attended: Fraction
    minutes_counted: Fraction
    reason: Reason
    minutes_other_topic: Fraction = NOTHING
    minutes_made_up: Fraction = NOTHING
    presenting: bool = False
    category: str = ""


@dataclass(frozen=True, kw_only=True)
class Total:
    """What all meetings of a network give one person under ``rule``: exact hours, rounded units."""

    rule: Rule
    minutes_attended: Fraction = NOTHING
    minutes_counted: Fraction = NOTHING
    exact_units: Fraction = NOTHING
    units: Decimal = Decimal(0)
    minutes_by_category: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def hours(self) -> Fraction:
        """Return the exact contact hours, never rounded."""
        return self.minutes_counted / 60

    @property
    def measure(self) -> Fraction:
        """Return what the minimum is tested on, unrounded: hours or units, as the rule says."""
        return self.hours if self.rule.minimum_basis == "contact_hours" else self.exact_units

    @property
    def below_minimum(self) -> bool:
        """Return whether it is too little for any unit."""
        return self.measure < Fraction(self.rule.minimum)

    @property
    def is_capped(self) -> bool:
        """Return whether the rule gives fewer units than the hours would."""
        return self.rule.cap is not None and self.exact_units > Fraction(self.rule.cap)

    @property
    def minutes_missing(self) -> Fraction:
        """Return how many minutes of a participant are missing to the minimum."""
        a_minute = Fraction(1, 60)
        if self.rule.minimum_basis == "units":
            a_minute = self.rule.units_a_minute
        return max((Fraction(self.rule.minimum) - self.measure) / a_minute, NOTHING)


def minutes(length: timedelta) -> Fraction:
    """Return ``length`` in minutes, exact to the microsecond."""
    return Fraction(length // timedelta(microseconds=1), MINUTE // timedelta(microseconds=1))


def round_down(value: Fraction, increment: Fraction) -> Fraction:
    """Return the largest multiple of ``increment`` that is not above ``value``; 0 rounds nothing."""
    return value // increment * increment if increment else value


def counted_minutes(attended: Fraction, scheduled: Fraction, rule: Rule) -> tuple[Fraction, Reason]:
    """Return what ``attended`` of ``scheduled`` minutes count for, and why: the first rounding."""
    if not attended:
        return NOTHING, Reason.ABSENT
    if scheduled - attended <= rule.session_grace_min:
        return scheduled, Reason.FULL
    if attended * 100 < scheduled * rule.session_min_percent_for_any_credit:
        return NOTHING, Reason.TOO_SHORT
    return round_down(attended, Fraction(rule.session_increment_min)), Reason.ROUNDED


def count_meeting(
    session: Session,
    seen: Iterable[Span],
    rule: Rule,
    *,
    presenting: bool = False,
    elsewhere: Iterable[Span] = (),
    made_up: int = 0,
) -> MeetingCredit:
    """Return the credit of one meeting for one person, who was seen there at ``seen``.

    ``elsewhere`` are instants that a meeting at the same time has counted already (docs/rules.md 2.5).
    ``made_up`` minutes of make-up work are added to those seen, as far as they were missed (6.6).
    """
    pauses, there = session.pauses(rule), clip(seen, session.window)
    taken = [*pauses, *elsewhere]
    attended = minutes(duration(subtract(there, pauses)))
    scheduled = minutes(duration(subtract([session.window], pauses)))
    extra = min(Fraction(made_up), scheduled - attended)
    room = minutes(duration(subtract([session.window], taken)))
    counted, reason = counted_minutes(
        min(minutes(duration(subtract(there, taken))) + extra, room), room, rule
    )
    if there and reason == Reason.ABSENT:
        reason = Reason.ELSEWHERE if attended else Reason.BREAKS
    elif reason == Reason.FULL and counted < scheduled:
        reason = Reason.ELSEWHERE
    refusal, other_topic = refusal_of(session, rule, presenting=presenting), NOTHING
    if refusal and counted:
        other_topic = counted if refusal == Reason.OTHER_TOPIC else NOTHING
        counted, reason = NOTHING, refusal
    return MeetingCredit(
        minutes_scheduled=scheduled,
        minutes_attended=attended + extra,
        minutes_counted=counted,
        minutes_other_topic=other_topic,
        minutes_made_up=extra,
        reason=reason,
        presenting=presenting,
    )


def refusal_of(session: Session, rule: Rule, *, presenting: bool) -> Reason | None:
    """Return why a whole meeting counts nothing under ``rule``, if it does."""
    if not session.counts:
        return Reason.NOT_COUNTED
    if presenting and not rule.presenter_multiplier:
        return Reason.PRESENTED
    if session.group is not None and not rule.include_working_groups:
        return Reason.GROUPS_EXCLUDED
    if session.group is not None and not session.same_topic:
        return Reason.OTHER_TOPIC
    return None


def total(meetings: Iterable[MeetingCredit], rule: Rule) -> Total:
    """Return the total of ``meetings``; the minimum is tested before the units are rounded, once."""
    credits = list(meetings)
    counted = sum((credit.minutes_counted for credit in credits), NOTHING)
    weighted = sum((credit.minutes_counted * weight(credit, rule) for credit in credits), NOTHING)
    exact = Total(
        rule=rule,
        minutes_attended=sum((credit.minutes_attended for credit in credits), NOTHING),
        minutes_counted=counted,
        exact_units=weighted * rule.units_a_minute,
        minutes_by_category=by_category(credits) if rule.hours_by_category else {},
    )
    return replace(exact, units=decimal_down(units_of(exact)))


def by_category(credits: Iterable[MeetingCredit]) -> dict[str, Fraction]:
    """Return the counted minutes of each category; they add up to the total."""
    found: dict[str, Fraction] = {}
    for credit in credits:
        if credit.minutes_counted:
            found[credit.category] = found.get(credit.category, NOTHING) + credit.minutes_counted
    return found


def weight(credit: MeetingCredit, rule: Rule) -> Fraction:
    """Return how often the minutes of a meeting count towards units."""
    return Fraction(rule.presenter_multiplier) if credit.presenting else Fraction(1)


def units_of(exact: Total) -> Fraction:
    """Return the units of a total: none below the minimum, no more than the cap, rounded down."""
    if exact.below_minimum:
        return NOTHING
    cap = exact.rule.cap
    most = exact.exact_units if cap is None else min(exact.exact_units, Fraction(cap))
    return round_down(most, Fraction(exact.rule.total_increment))


def decimal_down(value: Fraction, places: int = 2) -> Decimal:
    """Return ``value`` for show with at most ``places`` decimals, cut and never rounded up."""
    scale: int = 10**places
    return (Decimal(int(value * scale)) / scale).normalize() + Decimal(0)
