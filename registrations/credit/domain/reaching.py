"""Whether somebody can still reach the minimum of the rule, and by which meetings (docs/rules.md 2.7).

What is promised is true: who attends the meetings that are named from start to end has the minimum by the
arithmetic that counts hours. What is called out of reach is so for who attends everything that is left.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain

from meetings.models import Meeting, Network
from registrations.credit.domain.credit_offers import credits_given, minutes_given
from registrations.credit.domain.credits import MeetingCredit, Rule
from registrations.credit.domain.deriving import together
from registrations.credit.domain.sessions import session_of
from registrations.credit.domain.summing import Total, total
from registrations.credit.domain.totals import credit_of, that_count
from registrations.models import Attendance


class Reaching(StrEnum):
    """How the minimum stands to one person."""

    NO_MINIMUM = "no_minimum"
    REACHED = "reached"
    PLANNED = "planned"  # with meetings that they are coming to
    POSSIBLE = "possible"  # only with others
    OUT = "out"


class Way(StrEnum):
    """What it takes that a meeting still counts for somebody."""

    PLANNED = "planned"  # they are coming, as things are
    MISSED = "missed"  # they come, though they said that they can't
    GROUP = "group"  # they join its group
    SEAT = "seat"  # they get a seat
    OPEN = "open"  # it has begun, and staff have not said yet that its attendance is complete


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What one person has and may have of a network.

    ``meetings`` are all of the network, in order, with group, breaks and completion; ``seen`` the attendance
    that counts, one a meeting; ``joined`` says since when they are in which group, ``missed`` names meetings
    that they said they can't come to.
    """

    network: Network
    rule: Rule
    meetings: Sequence[Meeting]
    seen: Sequence[Attendance]
    joined: Mapping[int, datetime]
    missed: Collection[int]
    is_seated: bool
    is_live: bool
    at: datetime

    @cached_property
    def known(self) -> list[Attendance]:
        """Return the attendance at meetings that stand and have begun."""
        return that_count(self.seen, at=self.at)

    @cached_property
    def marked(self) -> set[int]:
        """Return the keys of the meetings at which something was seen of the person, early marks too."""
        return {row.meeting_id for row in self.seen}

    @cached_property
    def standing(self) -> list[Meeting]:
        """Return the meetings that were not cancelled."""
        return [meeting for meeting in self.meetings if not meeting.is_cancelled]

    def is_own(self, meeting: Meeting) -> bool:
        """Return whether it is the network's, or of a group that the person was in before its end."""
        if meeting.working_group_id is None:
            return True
        joined = self.joined.get(meeting.working_group_id)
        return joined is not None and joined < meeting.ends_at


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How one person gets there: the meetings that are enough, or the ways that could be.

    ``most_minutes`` is what the planned meetings give at most. Of several ``ways`` each is enough, unless
    ``together``.
    """

    state: Reaching
    total: Total
    meetings: tuple[Meeting, ...] = ()
    most_minutes: int = 0
    ways: tuple[tuple[Way, tuple[Meeting, ...]], ...] = ()
    together: bool = False


def reach_of(one: Standing) -> Reach:
    """Return how the minimum of the rule stands to one person."""
    credits = [credit_of(row, one.network) for row in one.known]
    so_far = total(credits, one.rule)
    if not one.rule.minimum:
        return Reach(state=Reaching.NO_MINIMUM, total=so_far)
    if is_reached(so_far):
        return Reach(state=Reaching.REACHED, total=so_far)
    left = left_for(one)
    if enough := first_enough(left[Way.PLANNED], credits, one.rule):
        return Reach(state=Reaching.PLANNED, total=so_far, meetings=enough)
    return by_others(one, so_far, left)


def is_reached(found: Total) -> bool:
    """Return whether a total gives any unit."""
    return not found.below_minimum and found.units > 0


def left_for(one: Standing) -> dict[Way, list[Meeting]]:
    """Return the meetings that may still count for the person, by what it takes."""
    found: dict[Way, list[Meeting]] = {Way.PLANNED: []}
    going_on = [meeting for meeting in one.standing if meeting.starts_at <= one.at < meeting.ends_at]
    for meeting in one.standing:
        way = way_of(meeting, one)
        if way == Way.PLANNED and overlaps_any(meeting, going_on):
            way = Way.OPEN  # what counts of it depends on what was seen of the other
        if way is not None:
            found.setdefault(way, []).append(meeting)
    return found


def way_of(meeting: Meeting, one: Standing) -> Way | None:
    """Return what it takes that a meeting still counts for the person; None where it can't any more."""
    is_own, is_marked = one.is_own(meeting), meeting.pk in one.marked
    if meeting.ends_at <= one.at:
        is_open = is_own and not is_marked and not hasattr(meeting, "completion")
        return Way.OPEN if is_open else None
    if meeting.starts_at <= one.at and (is_marked or (is_own and one.is_live)):
        return Way.OPEN
    if not one.is_live:
        return None
    if not is_own:
        return Way.GROUP
    if not one.is_seated:
        return Way.SEAT
    return Way.MISSED if is_marked or meeting.pk in one.missed else Way.PLANNED


def overlaps_any(meeting: Meeting, others: Iterable[Meeting]) -> bool:
    """Return whether a meeting is held while one of ``others`` is."""
    return any(
        meeting.starts_at < other.ends_at and other.starts_at < meeting.ends_at
        for other in others
        if other.pk != meeting.pk
    )


def first_enough(planned: Iterable[Meeting], credits: list[MeetingCredit], rule: Rule) -> tuple[Meeting, ...]:
    """Return the first meetings that reach the minimum with ``credits``, no two at once; or nothing."""
    enough: list[Meeting] = []
    found = list(credits)
    for meeting in planned:
        (credit,) = credits_given([session_of(meeting)], rule)
        if not credit.minutes_counted or overlaps_any(meeting, enough):
            continue
        enough.append(meeting)
        found.append(credit)
        if is_reached(total(found, rule)):
            return tuple(enough)
    return ()


def by_others(one: Standing, so_far: Total, left: dict[Way, list[Meeting]]) -> Reach:
    """Return whether it can be reached by what the person is not coming to as things are."""
    planned = left.pop(Way.PLANNED)
    others = {way: left[way] for way in Way if minutes_of(left.get(way, []), one.rule)}

    def is_enough(meetings: Iterable[Meeting]) -> bool:
        return is_reached(most_with([*planned, *meetings], one))

    alone = {way: fewest(way, others[way], is_enough) for way in others if is_enough(others[way])}
    if not alone and not is_enough(chain.from_iterable(others.values())):
        return Reach(state=Reaching.OUT, total=so_far)
    return Reach(
        state=Reaching.POSSIBLE,
        total=so_far,
        most_minutes=minutes_of(planned, one.rule),
        ways=tuple((way, tuple(meetings)) for way, meetings in (alone or others).items()),
        together=not alone,
    )


def fewest(
    way: Way, meetings: list[Meeting], is_enough: Callable[[Iterable[Meeting]], bool]
) -> list[Meeting]:
    """Return those of ``meetings`` that are named: of groups the first one that is enough, else all."""
    if way != Way.GROUP:
        return meetings
    of_group: dict[int | None, list[Meeting]] = {}
    for meeting in meetings:
        of_group.setdefault(meeting.working_group_id, []).append(meeting)
    return next((each for each in of_group.values() if is_enough(each)), meetings)


def minutes_of(meetings: Iterable[Meeting], rule: Rule) -> int:
    """Return what ``meetings`` give to who is at all of them, in minutes."""
    return sum(minutes_given([session_of(meeting) for meeting in meetings], rule))


def most_with(left: Sequence[Meeting], one: Standing) -> Total:
    """Return the most that somebody can have who is at all of ``left`` from start to end.

    What was seen at a meeting at the same time may count otherwise then: it is taken as a whole meeting.
    """
    more = {meeting.pk for meeting in left}
    touched = {
        meeting.pk
        for group in together(one.standing)
        if any(meeting.pk in more for meeting in group)
        for meeting in group
    }
    again = more | {row.meeting_id for row in one.known if row.meeting_id in touched}
    whole = [meeting for meeting in one.standing if meeting.pk in again]
    firm = [credit_of(row, one.network) for row in one.known if row.meeting_id not in touched]
    given = zip(whole, credits_given(map(session_of, whole), one.rule), strict=True)
    return total([*firm, *(as_presented(credit, meeting, one) for meeting, credit in given)], one.rule)


def as_presented(credit: MeetingCredit, meeting: Meeting, one: Standing) -> MeetingCredit:
    """Return the credit of a whole meeting, with the weight of a presenter where that is more."""
    more = one.rule.presenter_multiplier > 1
    presents = more and any(row.presenting for row in one.known if row.meeting_id == meeting.pk)
    return replace(credit, presenting=True) if presents else credit
