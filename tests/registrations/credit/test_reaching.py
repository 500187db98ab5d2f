"""What is said of the way to the minimum is true (docs/rules.md 2.7).

Hypothesis asks, and the arithmetic that counts hours from marks judges, which is not the one that promises.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import event, given, settings
from hypothesis import strategies as st

from meetings.models import Meeting, Network, WorkingGroup
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.deriving import attendance_of, together
from registrations.credit.domain.reaching import Reaching, Standing, is_reached, reach_of
from registrations.credit.domain.sessions import session_of
from registrations.credit.domain.totals import total_of
from registrations.models import Evidence

OPENS = datetime(2020, 10, 14, 13, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
LATER = OPENS + timedelta(days=90)
NETWORK = Network(pk=1, title="Network", credit_code="MA-PDP", zone="America/New_York")
GROUPS = {
    1: WorkingGroup(pk=1, title="Equity", same_topic=True),
    2: WorkingGroup(pk=2, title="Labs", same_topic=True),
    3: WorkingGroup(pk=3, title="Robotics", same_topic=False),
}

rules = st.builds(
    Rule,
    count_breaks=st.booleans(),
    session_grace_min=st.sampled_from([0, 10]),
    session_rounding=st.sampled_from(["down", "nearest"]),
    total_rounding=st.sampled_from(["down", "nearest"]),
    session_increment_min=st.sampled_from([0, 15, 30]),
    total_increment=st.sampled_from([Decimal("0.1"), Decimal("0.5"), Decimal(2)]),
    multiplier=st.sampled_from([Decimal(1), Decimal("1.5")]),
    minimum=st.sampled_from([Decimal(1), Decimal(3), Decimal(5), Decimal(8)]),
    minimum_basis=st.sampled_from(["contact_hours", "units"]),
    include_working_groups=st.booleans(),
    presenter_multiplier=st.sampled_from([Decimal(0), Decimal(1), Decimal(2)]),
    cap=st.sampled_from([None, Decimal(6)]),
)


@st.composite
def meetings(draw):
    """Meetings in order, some of them at the same time; some were cancelled, some don't count."""
    found = []
    for number in range(draw(st.integers(1, 8))):
        start = OPENS + draw(st.integers(0, 30)) * 2 * QUARTER
        end = start + draw(st.integers(2, 12)) * QUARTER
        group = GROUPS.get(draw(st.sampled_from([None, None, None, 1, 2, 3])))
        meeting = Meeting(
            pk=number + 1,
            network=NETWORK,
            title=f"Meeting {number}",
            on=date(2020, 10, 14),
            zone="America/New_York",
            starts_at=start,
            ends_at=end,
            working_group=group,
            counts=draw(st.integers(0, 9)) > 0,
            status=draw(st.sampled_from(["scheduled"] * 7 + ["cancelled"])),
        )
        pause = SimpleNamespace(span=(start + QUARTER, start + 2 * QUARTER))
        meeting._prefetched_objects_cache = {"breaks": [pause] if draw(st.booleans()) else []}
        meeting._state.fields_cache["completion"] = SimpleNamespace() if draw(st.booleans()) else None
        found.append(meeting)
    return sorted(found, key=lambda one: (one.starts_at, one.pk))


def a_mark(meeting, start, end, *, presenting=False):
    return Evidence(
        meeting=meeting,
        registration_id=1,
        source="staff",
        seen="present",
        arrived_at=start,
        left_at=end,
        presenting=presenting,
        by_name="staff",
        at=OPENS,
    )


def in_full(meeting):
    return a_mark(meeting, meeting.starts_at, meeting.ends_at)


@st.composite
def situations(draw):
    """A rule, meetings, what was seen so far, and what the person said of the rest, at some moment."""
    planned = draw(meetings())
    at = OPENS + draw(st.integers(-1, 60)) * QUARTER
    marks = []
    for meeting in planned:
        if meeting.starts_at <= at and draw(st.booleans()):
            late = draw(st.integers(0, 6)) * timedelta(minutes=10)
            marks.append(
                a_mark(
                    meeting,
                    meeting.starts_at + late,
                    meeting.ends_at,
                    presenting=draw(st.integers(0, 6)) == 0,
                )
            )
    rule = draw(rules)
    one = Standing(
        network=NETWORK,
        rule=rule,
        meetings=planned,
        seen=rows_of(planned, marks, rule),
        joined={key: OPENS - timedelta(days=1) for key in draw(st.sets(st.sampled_from([1, 2, 3])))},
        missed=draw(st.sets(st.sampled_from([meeting.pk for meeting in planned]), max_size=2)),
        is_seated=draw(st.integers(0, 5)) > 0,
        is_live=True,
        at=at,
    )
    return one, marks


def rows_of(planned, marks, rule):
    """What counts by the arithmetic that the portal counts by."""
    seen = defaultdict(list)
    for mark in marks:
        seen[mark.meeting_id].append(mark)
    return [
        row
        for group in together(planned)
        for row in attendance_of(seen, [(one, session_of(one)) for one in group], rule=rule, at=OPENS)
    ]


def reached_with(one, marks):
    """Whether somebody of whom these are all marks ends with the minimum."""
    return is_reached(total_of(rows_of(one.meetings, marks, one.rule), one.rule, one.network))


def everything_left(one):
    """Every meeting that is not over, and those of which nobody has said yet who was there."""
    unsaid = [
        meeting
        for meeting in one.meetings
        if meeting.ends_at <= one.at
        and meeting.pk not in one.marked
        and not hasattr(meeting, "completion")
        and one.is_own(meeting)
    ]
    return [*unsaid, *(meeting for meeting in one.meetings if meeting.ends_at > one.at)]


def marks_with(marks, attended):
    """These marks, and one from start to end at each meeting that is attended in their place."""
    attended = {meeting.pk: meeting for meeting in attended}
    return [*(mark for mark in marks if mark.meeting_id not in attended), *map(in_full, attended.values())]


def coming_to(one):
    return [
        meeting
        for meeting in one.meetings
        if one.is_seated
        and meeting.starts_at > one.at
        and one.is_own(meeting)
        and meeting.pk not in one.missed
    ]


def check_promise(one, marks, reach):
    """The meetings that are named are enough, one less is not, and nobody is sent where they won't be."""
    assert reached_with(one, [*marks, *map(in_full, reach.meetings)])
    assert not reached_with(one, [*marks, *map(in_full, reach.meetings[:-1])])
    for meeting in reach.meetings:
        assert (meeting.starts_at >= one.at, meeting.is_cancelled, meeting.pk in one.missed) == (
            True,
            False,
            False,
        )
        assert meeting.working_group_id in {None, *one.joined}
    assert one.is_seated


def check_ways(one, marks, reach):
    """Each way is enough, or all of them are; judged where nothing was seen at a meeting at the same time."""
    groups = together(one.meetings)
    if any(len(group) > 1 and one.marked & {each.pk for each in group} for group in groups):
        return
    ways = [meetings for _way, meetings in reach.ways]
    for helpful in [sum(ways, ())] if reach.together else ways:
        assert reached_with(one, marks_with(marks, [*coming_to(one), *helpful]))


def check_out(one, marks, some):
    """Whoever attends all that is left, or any of it, has no minimum."""
    left = everything_left(one)
    assert not reached_with(one, marks_with(marks, left))
    assert not reached_with(one, marks_with(marks, [meeting for meeting in left if meeting.pk in some]))


@settings(max_examples=150, deadline=None)
@given(situations(), st.sets(st.integers(1, 8)))
def test_what_is_said_of_the_way_to_the_minimum_is_true(situation, some):
    one, marks = situation
    reach = reach_of(one)
    event(f"{reach.state}, {len(reach.meetings)} named, {[str(way) for way, _meetings in reach.ways]}")
    assert (reach.state == Reaching.REACHED) == reached_with(one, marks)
    if reach.state == Reaching.PLANNED:
        check_promise(one, marks, reach)
    elif reach.state == Reaching.POSSIBLE:
        check_ways(one, marks, reach)
    elif reach.state == Reaching.OUT:
        check_out(one, marks, some)
