"""Hours and units from evidence: the semantics of docs/rules.md 2.5, without a database.

There are exactly two roundings, both down: the minutes of one meeting after the union of its intervals, and
the units once, on the total. Everything between them is an exact fraction; nothing is ever a float.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.credit.domain.intervals import clip, duration, subtract

MINUTE = timedelta(minutes=1)
Span = tuple[datetime, datetime]


class Reason(models.TextChoices):
    """Why a meeting counts as many minutes as it does."""

    FULL = "full", _("counts in full")
    ROUNDED = "rounded", _("time attended, in full quarter hours")
    TOO_SHORT = "too_short", _("less than half of the meeting, so no hours count")
    ABSENT = "absent", _("absent")
    ELSEWHERE = "elsewhere", _("counted at another meeting at the same time")
    PRESENTED = "presented", _("presenting does not count as taking part")
    GROUPS_EXCLUDED = "groups_excluded", _("working groups do not count under this rule")
    NOT_COUNTED = "not_counted", _("the hours of this meeting do not count")
    OTHER_TOPIC = "other_topic", _("the working group is on another topic")


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
    include_working_groups: bool = True
    wg_same_topic: bool = True
    presenter_multiplier: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class MeetingCredit:
    """What one meeting gives one person; all in minutes, ``weight`` in units a unit of a participant."""

    minutes_scheduled: Fraction
    minutes_attended: Fraction
    minutes_counted: Fraction
    reason: Reason
    weight: Fraction = Fraction(1)
    category: str = ""


@dataclass(frozen=True, kw_only=True)
class Total:
    """What all meetings of a network give one person: exact hours, rounded units."""

    minutes_attended: Fraction
    minutes_counted: Fraction
    units: Decimal
    below_minimum: bool
    minimum: Decimal
    unit_label: str
    unit_label_plural: str

    @property
    def hours(self) -> Fraction:
        """The exact contact hours, never rounded."""
        return self.minutes_counted / 60


def minutes(length: timedelta) -> Fraction:
    """Return ``length`` in minutes, exact to the microsecond."""
    return Fraction(length // timedelta(microseconds=1), MINUTE // timedelta(microseconds=1))


def round_down(value: Fraction, increment: Fraction) -> Fraction:
    """Return the largest multiple of ``increment`` that is not above ``value``; 0 rounds nothing."""
    return value // increment * increment if increment else value


def attended_minutes(intervals: Iterable[Span], window: Span) -> Fraction:
    """Return the minutes of the union of ``intervals`` inside ``window``, exact to the second."""
    return minutes(duration(clip(intervals, window)))


def counted_minutes(attended: Fraction, scheduled: Fraction, rule: Rule) -> tuple[Fraction, Reason]:
    """Return what ``attended`` of ``scheduled`` minutes count for, and why: the first rounding."""
    if not attended:
        return Fraction(0), Reason.ABSENT
    if scheduled - attended <= rule.session_grace_min:
        return scheduled, Reason.FULL
    if attended * 100 < scheduled * rule.session_min_percent_for_any_credit:
        return Fraction(0), Reason.TOO_SHORT
    return round_down(attended, Fraction(rule.session_increment_min)), Reason.ROUNDED


def count_meeting(
    intervals: Iterable[Span],
    window: Span,
    rule: Rule,
    *,
    breaks: Iterable[Span] = (),
    counted_elsewhere: Iterable[Span] = (),
    counts: bool = True,
    presenting: bool = False,
    of_group: bool = False,
    same_topic: bool = True,
    category: str = "",
) -> MeetingCredit:
    """Return the credit of one meeting from what was seen of one person.

    ``window`` is the meeting as planned. ``breaks`` are taken out where the rule does not count them;
    ``counted_elsewhere`` are instants that a meeting at the same time has counted already
    (docs/rules.md 2.5).
    """
    pauses = [] if rule.count_breaks else list(breaks)
    scheduled = minutes(duration(subtract([window], pauses)))
    seen = clip(intervals, window)
    attended = minutes(duration(subtract(seen, pauses)))
    taken = [*pauses, *counted_elsewhere]
    counted, reason = counted_minutes(
        minutes(duration(subtract(seen, taken))), minutes(duration(subtract([window], taken))), rule
    )
    if attended and reason == Reason.ABSENT:
        reason = Reason.ELSEWHERE
    weight = Fraction(rule.presenter_multiplier) if presenting else Fraction(1)
    refusal = _refusal(rule, counts=counts, weight=weight, of_group=of_group, same_topic=same_topic)
    if refusal and counted:
        counted, reason = Fraction(0), refusal
    return MeetingCredit(
        minutes_scheduled=scheduled,
        minutes_attended=attended,
        minutes_counted=counted,
        reason=reason,
        weight=weight,
        category=category,
    )


def _refusal(
    rule: Rule, *, counts: bool, weight: Fraction, of_group: bool, same_topic: bool
) -> Reason | None:
    """Return why a whole meeting counts nothing under ``rule``, if it does."""
    if not counts:
        return Reason.NOT_COUNTED
    if not weight:
        return Reason.PRESENTED
    if of_group and not rule.include_working_groups:
        return Reason.GROUPS_EXCLUDED
    if of_group and rule.wg_same_topic and not same_topic:
        return Reason.OTHER_TOPIC
    return None


def total(meetings: Iterable[MeetingCredit], rule: Rule) -> Total:
    """Return the total of ``meetings``; the minimum is tested before the units are rounded, once."""
    credits = list(meetings)
    counted = sum((credit.minutes_counted for credit in credits), Fraction(0))
    weighted = sum((credit.minutes_counted * credit.weight for credit in credits), Fraction(0))
    exact_units = weighted / rule.minutes_per_unit * Fraction(rule.multiplier)
    measure = counted / 60 if rule.minimum_basis == "contact_hours" else exact_units
    below = measure < Fraction(rule.minimum)
    if rule.cap is not None:
        exact_units = min(exact_units, Fraction(rule.cap))
    units = Fraction(0) if below else round_down(exact_units, Fraction(rule.total_increment))
    return Total(
        minutes_attended=sum((credit.minutes_attended for credit in credits), Fraction(0)),
        minutes_counted=counted,
        units=decimal_down(units),
        below_minimum=below,
        minimum=rule.minimum,
        unit_label=rule.unit_label,
        unit_label_plural=rule.unit_label_plural,
    )


def hours_by_category(meetings: Iterable[MeetingCredit]) -> dict[str, Fraction]:
    """Return the exact hours a category; each hour has exactly one, so they add up to the total."""
    hours: dict[str, Fraction] = {}
    for credit in meetings:
        hours[credit.category] = hours.get(credit.category, Fraction(0)) + credit.minutes_counted / 60
    return hours


def decimal_down(value: Fraction, places: int = 2) -> Decimal:
    """Return ``value`` for show with at most ``places`` decimals, cut and never rounded up."""
    scale: int = 10**places
    return (Decimal(int(value * scale)) / scale).normalize() + Decimal(0)
