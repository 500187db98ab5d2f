"""Hours of one meeting from what was seen: docs/rules.md 2.5, without words or a database.

There are exactly two roundings, down or to the nearest as the rule says: the minutes of one meeting after the
union of its intervals (here), and the units once, on the total (`summing`). Everything between them is an
exact fraction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from registrations.credit.domain.intervals import Interval, clip, duration, subtract
from registrations.credit.domain.rounding import Way, rounded
from stemnet.shares import shared_out

MINUTE = timedelta(minutes=1)
NOTHING = Fraction(0)
Span = tuple[datetime, datetime]
Parts = tuple[tuple[str, int], ...]  # the categories of a meeting's hours, with the minutes of each


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
    session_rounding: Way = "down"
    total_increment: Decimal = Decimal("0.5")
    total_rounding: Way = "down"
    minimum: Decimal = Decimal(10)
    minimum_basis: Literal["contact_hours", "units"] = "contact_hours"
    minimum_scope: Literal["topic", "activity"] = "topic"
    cap: Decimal | None = None
    categories: tuple[tuple[str, str], ...] = ()
    hours_by_category: bool = False
    include_working_groups: bool = True
    presenter_multiplier: Decimal = Decimal(0)
    presenter_cap: Decimal | None = None
    breaks_by_choice: bool = False
    suspended: str = ""
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
    """What one meeting gives one person, in minutes; a minute has exactly one category.

    Of those counted, ``minutes_rounded_up`` were added by rounding; they reach no minimum.
    """

    minutes_scheduled: Fraction
    minutes_attended: Fraction
    minutes_counted: Fraction
    reason: Reason
    minutes_rounded_up: Fraction = NOTHING
    minutes_other_topic: Fraction = NOTHING
    minutes_made_up: Fraction = NOTHING
    presenting: bool = False
    categories: Parts = (("", 1),)

    @property
    def minutes_sure(self) -> Fraction:
        """Return the minutes that count without what rounding added."""
        return max(self.minutes_counted - self.minutes_rounded_up, NOTHING)

    @property
    def minutes_by_category(self) -> dict[str, Fraction]:
        """Return the counted minutes of each category of the meeting; they add up to those counted."""
        shares = shared_out(self.minutes_counted, [minutes for _code, minutes in self.categories])
        return {code: share for (code, _part), share in zip(self.categories, shares, strict=True)}


def minutes(length: timedelta) -> Fraction:
    """Return ``length`` in minutes, exact to the microsecond."""
    return Fraction(length // timedelta(microseconds=1), MINUTE // timedelta(microseconds=1))


def counted_minutes(attended: Fraction, scheduled: Fraction, rule: Rule) -> tuple[Fraction, Reason]:
    """Return what ``attended`` of ``scheduled`` minutes count for, and why: the first rounding.

    To the nearest step never gives more than the meeting has.
    """
    if not attended:
        return NOTHING, Reason.ABSENT
    if scheduled - attended <= rule.session_grace_min:
        return scheduled, Reason.FULL
    if attended * 100 < scheduled * rule.session_min_percent_for_any_credit:
        return NOTHING, Reason.TOO_SHORT
    step = Fraction(rule.session_increment_min)
    return rounded(attended, step, rule.session_rounding, most=scheduled), Reason.ROUNDED


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
    ``made_up`` minutes of make-up work are added to those seen, as far as they were missed (6.6); they are
    of no time of the day, so no meeting at the same time takes them.
    """
    pauses, there = session.pauses(rule), clip(seen, session.window)
    taken = [*pauses, *elsewhere]
    attended = minutes(duration(subtract(there, pauses)))
    scheduled = minutes(duration(subtract([session.window], pauses)))
    extra = min(Fraction(made_up), scheduled - attended)
    free = minutes(duration(subtract(there, taken))) + extra
    room = max(minutes(duration(subtract([session.window], taken))), free)
    counted, reason = counted_minutes(free, room, rule)
    added = max(counted - free, NOTHING) if reason == Reason.ROUNDED else NOTHING
    if there and reason == Reason.ABSENT:
        reason = Reason.ELSEWHERE if attended else Reason.BREAKS
    elif reason == Reason.FULL and counted < scheduled:
        reason = Reason.ELSEWHERE
    refusal, other_topic = refusal_of(session, rule, presenting=presenting), NOTHING
    if refusal and counted:
        other_topic = counted if refusal == Reason.OTHER_TOPIC else NOTHING
        counted, added, reason = NOTHING, NOTHING, refusal
    return MeetingCredit(
        minutes_scheduled=scheduled,
        minutes_attended=attended + extra,
        minutes_counted=counted,
        minutes_rounded_up=added,
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
