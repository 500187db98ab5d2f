"""Breaks: typed in one line, inside their meeting, and moved along with it."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from meetings.models import Break
from meetings.planning.domain import breaks, cloning, moving
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.exceptions import MovingRefused, PlanRefused, WallTimeRefused
from meetings.planning.forms.typed_breaks import BreaksField, as_typed, in_meeting
from tests.factories import NOW, SWEEP, a_meeting, a_network

MORNING = time(9), time(12)
COFFEE = BreakPlan(time(10, 30), 15)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("10:30-10:45", [COFFEE]),
        ("10:30 to 10:45 a.m.", [COFFEE]),
        ("10:30 for 15 minutes", [COFFEE]),
        ("10:30 (15 min)", [COFFEE]),
        ("1030 – 1045, 11:30-11:40", [COFFEE, BreakPlan(time(11, 30), 10)]),
        ("", []),
    ],
)
def test_breaks_are_read_as_people_type_them(words, found):
    assert in_meeting(BreaksField().clean(words), *MORNING) == found


def test_a_break_without_a_half_of_the_day_lies_in_the_meeting():
    typed = BreaksField().clean("2:00-2:15; 12-12:30")
    assert in_meeting(typed, time(9), time(16)) == [BreakPlan(time(14), 15), BreakPlan(time(12), 30)]


@pytest.mark.parametrize("words", ["later", "10:30", "10:45-10:30-10:15", "10:30-25:00"])
def test_what_is_no_break_is_refused(words):
    with pytest.raises(ValidationError):
        BreaksField().clean(words)


@pytest.mark.parametrize("words", ["8:45-9:15", "11:50-12:10", "10:45-10:30 a.m.", "10:30 for 0 minutes"])
def test_a_break_that_is_not_inside_the_meeting_is_refused(words):
    with pytest.raises(ValidationError, match="is outside the meeting"):
        in_meeting(BreaksField().clean(words), *MORNING)


@pytest.mark.parametrize(
    ("plans", "words"),
    [
        ([COFFEE], "10:30-10:45"),
        ([BreakPlan(time(11, 45), 30), BreakPlan(time(14), 15)], "11:45-12:15 p.m., 2:00 p.m.-2:15 p.m."),
    ],
)
def test_breaks_are_shown_as_they_would_be_typed(plans, words):
    assert as_typed(plans) == words
    assert in_meeting(BreaksField().clean(words), time(9), time(16)) == plans


@pytest.fixture
def meeting():
    meeting = a_meeting(a_network(meetings=0))
    breaks.write(meeting, [COFFEE])
    return meeting


def shown(meeting) -> list[str]:
    return [str(one) for one in Break.objects.filter(meeting=meeting)]


@pytest.mark.django_db
def test_a_break_says_its_times_and_knows_its_moments(meeting):
    assert shown(meeting) == ["10:30 a.m. to 10:45 a.m."]
    assert meeting.breaks.get().span == (
        datetime(2020, 10, 14, 14, 30, tzinfo=UTC),
        datetime(2020, 10, 14, 14, 45, tzinfo=UTC),
    )


@pytest.mark.django_db
def test_a_break_lasts_a_minute_at_least(meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Break.objects.create(meeting=meeting, start_time=time(11), minutes=0)


@pytest.mark.django_db
def test_write_makes_exactly_these_breaks_and_leaves_those_that_stay(meeting):
    kept = meeting.breaks.get()
    breaks.write(meeting, [COFFEE, BreakPlan(time(11, 15), 5)])
    breaks.write(meeting, [COFFEE])
    assert meeting.breaks.get() == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("plans", "sentence"),
    [
        (
            [BreakPlan(time(11, 50), 15)],
            "The break 11:50 a.m. to 12:05 p.m. is outside “Opening meeting”.",
        ),
        (
            [COFFEE, BreakPlan(time(10, 40), 15)],
            "The breaks 10:30 a.m. to 10:45 a.m. and 10:40 a.m. to 10:55 a.m. overlap.",
        ),
    ],
)
def test_write_refuses_breaks_outside_the_meeting_and_two_at_once(meeting, plans, sentence):
    with pytest.raises(PlanRefused, match=sentence):
        breaks.write(meeting, plans)


@pytest.mark.django_db
def test_write_refuses_a_time_that_the_clock_skips():
    night = a_meeting(a_network(meetings=0), on=date(2021, 3, 14), start_time=time(1), end_time=time(5))
    with pytest.raises(WallTimeRefused):
        breaks.write(night, [BreakPlan(time(2, 30), 15)])


@pytest.mark.django_db
def test_a_meeting_on_a_new_date_keeps_its_breaks(meeting):
    moving.change_meetings([meeting], moving.rescheduled(on=date(2020, 12, 9)), by=SWEEP, at=NOW)
    assert Break.objects.get().span[0] == datetime(2020, 12, 9, 15, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_meeting_that_begins_later_takes_its_breaks_along(meeting):
    moving.change_meetings(
        [meeting], moving.rescheduled(start_time=time(13), end_time=time(16)), by=SWEEP, at=NOW
    )
    assert shown(meeting) == ["2:30 p.m. to 2:45 p.m."]


@pytest.mark.django_db
def test_a_meeting_that_ends_before_its_break_is_refused(meeting):
    with pytest.raises(MovingRefused, match=r"is outside “Opening meeting”\. Change the breaks first\."):
        moving.change_meetings([meeting], moving.rescheduled(end_time=time(10, 40)), by=SWEEP, at=NOW)
    assert shown(meeting) == ["10:30 a.m. to 10:45 a.m."]


@pytest.mark.django_db
def test_another_year_of_a_network_has_the_same_breaks(meeting):
    copy = cloning.clone(meeting.network, school_year="2021-22", dates=[date(2021, 10, 13)], by=SWEEP, at=NOW)
    assert shown(copy.meetings.get()) == ["10:30 a.m. to 10:45 a.m."]
