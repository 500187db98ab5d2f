"""Whatever visits are written in whatever layout, reading gives their union, in any order and any files."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.attendance.imports.amounts import inside, merged
from registrations.attendance.imports.report import read_report
from registrations.attendance.imports.visits import visitors
from tests.registrations.attendance import report_writers as writers

NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 3, 10)
BEGIN = datetime(2026, 3, 10, 6)
WINDOW = (datetime(2026, 3, 10, 9, tzinfo=NEW_YORK), datetime(2026, 3, 10, 12, tzinfo=NEW_YORK))

people = st.sampled_from(
    [
        ("Participant 01", "participant01@example.org"),
        ("Participant 02", ""),
        ("Participant, 03", ""),
        ("Zoë 04", ""),
    ]
)


@st.composite
def visit(draw):
    start = BEGIN + timedelta(seconds=draw(st.integers(0, 8 * 3600)))
    return (*draw(people), start, start + timedelta(seconds=draw(st.integers(1, 6 * 3600))))


visits = st.lists(visit(), min_size=1, max_size=8)
WRITERS = {
    "zoom": writers.zoom,
    "zoom in Spanish": lambda ones: writers.zoom(
        ones, language="es, newer", moment=writers.spanish, sign=";"
    ),
    "teams": writers.teams,
    "teams in Japanese": lambda ones: writers.teams(ones, language="ja", moment=writers.japanese),
    "summary": writers.teams_summary,
    "webex": writers.webex,
    "webinar": writers.webinar,
    "live": writers.live,
}


def seconds_inside(ones, zone):
    """Count, second by second of the window, those in which somebody was there: slow, and not our code."""
    opens, closes = (int(moment.timestamp()) for moment in WINDOW)
    there = defaultdict(set)
    for name, address, start, end in ones:
        first, last = (int(moment.replace(tzinfo=zone).timestamp()) for moment in (start, end))
        there[address or name] |= set(range(max(first, opens), min(last, closes)))
    return {who: len(seconds) for who, seconds in there.items()}


def found(reports):
    return visitors(reports, window=WINDOW, zone=NEW_YORK)


@pytest.mark.parametrize("layout", WRITERS)
@settings(max_examples=6, deadline=None)
@given(visits)
def test_what_is_written_is_read_to_the_second(layout, ones):
    report = read_report(WRITERS[layout](ones), "report.csv", day=DAY)
    read = {one.address or one.name: one.low for one in found([report]) if "absent" not in one.address}
    assert read == seconds_inside(ones, UTC if layout == "live" else NEW_YORK)


@settings(max_examples=15, deadline=None)
@given(visits, st.randoms(use_true_random=False))
def test_rows_in_any_order_and_files_read_twice_give_the_same(ones, random):
    report = read_report(writers.zoom(ones), "report.csv", day=DAY)
    shuffled = list(ones)
    random.shuffle(shuffled)
    other = read_report(writers.zoom(shuffled), "report.csv", day=DAY)
    assert found([report]) == found([other]) == found([report, report]) == found([other, report])


@settings(max_examples=15, deadline=None)
@given(visits, st.integers(0, 8))
def test_two_files_of_a_meeting_give_what_one_would(ones, cut):
    parts = [part for part in (ones[:cut], ones[cut - 1 if cut else 0 :]) if part]
    reports = [read_report(writers.zoom(part), "report.csv", day=DAY) for part in parts]
    assert found(reports) == found([read_report(writers.zoom(ones), "report.csv", day=DAY)])


@settings(max_examples=15, deadline=None)
@given(visits)
def test_the_truth_lies_between_what_first_last_and_total_can_tell(ones):
    """Meet and Collaborate say less than visits: their range holds the truth, and nothing outside is said."""
    truth = seconds_inside(ones, UTC)
    spans = defaultdict(list)
    for name, address, start, end in ones:
        spans[name, address].append((start.replace(second=0), end.replace(second=0)))
    rows = []
    for (name, address), own in spans.items():
        pairs = merged([tuple(int(one.replace(tzinfo=UTC).timestamp()) for one in span) for span in own])
        if pairs:
            total = inside(pairs, (0, 2**40))
            rows.append((name, address, min(own)[0], max(end for _start, end in own), total))
    names = [
        (name.replace(",", ""), address, first, last, total) for name, address, first, last, total in rows
    ]
    if not names:
        return
    report = read_report(writers.collaborate(names), "report.csv", day=DAY)
    for one in found([report]):
        who = one.address or one.name.replace("Participant 03", "Participant, 03")
        assert one.low - 120 * len(ones) <= truth[who] <= one.high + 120 * len(ones)
