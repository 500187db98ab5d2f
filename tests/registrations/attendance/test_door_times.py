"""From scans to times: in any order, with echoes, with what was forgotten."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from registrations.attendance.domain.door_times import spans_of_scans

START, END = datetime(2020, 10, 14, 13, tzinfo=UTC), datetime(2020, 10, 14, 16, tzinfo=UTC)


def at(minutes, seconds=0):
    return START + timedelta(minutes=minutes, seconds=seconds)


def spans(*scans):
    found = spans_of_scans([(at(minutes), way == "in") for way, minutes in scans], start=START, end=END)
    return [tuple(int((moment - START).total_seconds() // 60) for moment in span) for span in found]


@pytest.mark.parametrize(
    ("scans", "there"),
    [
        ([("in", -8)], [(-8, 180)]),
        ([("in", 20)], [(20, 180)]),
        ([("out", 90)], [(0, 90)]),
        ([("in", -8), ("out", 90)], [(-8, 90)]),
        ([("in", -8), ("out", 90), ("in", 105)], [(-8, 90), (105, 180)]),
        ([("in", -8), ("in", 60), ("out", 90)], [(-8, 90)]),
        ([("in", -8), ("out", 90), ("out", 150)], [(-8, 90)]),
        ([("in", -20), ("out", -10), ("in", 5)], [(-20, -10), (5, 180)]),
        ([("in", -20), ("out", -10)], []),
        ([("out", -10)], []),
        ([("in", 0), ("out", 185)], [(0, 185)]),
        ([], []),
    ],
)
def test_when_somebody_was_there(scans, there):
    assert spans(*scans) == there


def test_the_order_in_which_scans_arrive_changes_nothing():
    scans = [("in", -8), ("out", 60), ("in", 75), ("out", 150)]
    assert {tuple(spans(*some)) for some in permutations(scans)} == {((-8, 60), (75, 150))}


def test_two_scans_of_one_kind_within_a_minute_are_one():
    scans = [(at(-8), True), (at(-8, 30), True), (at(90), False), (at(90, 59), False)]
    assert spans_of_scans(scans, start=START, end=END) == [(at(-8), at(90))]


def test_times_are_those_that_a_clock_shows():
    scans = [(at(-8, 41), True), (at(90, 12), False)]
    assert spans_of_scans(scans, start=START, end=END) == [(at(-8), at(90))]


def test_who_scans_in_and_out_within_a_minute_was_not_there():
    assert spans_of_scans([(at(5, 1), True), (at(5, 40), False)], start=START, end=END) == []
