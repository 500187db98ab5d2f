"""The ten invented reports, each against the minutes that somebody worked out by hand."""

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from registrations.attendance.imports.report import Kind, read_report
from registrations.attendance.imports.visits import likely_shift, visitors
from registrations.credit.domain.intervals import clip

FOLDER = Path(__file__).parent / "reports"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.csv"))
NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 3, 10)
WINDOW = (datetime(2026, 3, 10, 9, tzinfo=NEW_YORK), datetime(2026, 3, 10, 12, tzinfo=NEW_YORK))


def read(name):
    return read_report((FOLDER / f"{name}.csv").read_bytes(), f"{name}.csv", day=DAY)


def expected(name):
    return json.loads((FOLDER / f"{name}.expected.json").read_text())


def minutes(seconds):
    """Return minutes to one decimal, rounded half up, as the samples say them."""
    return None if seconds is None else (seconds + 3) // 6 / 10


def said(one):
    low, high = one.get("low", one["minutes"]), one.get("high", one["minutes"])
    return (one["who"], low, high)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_gives_the_minutes_worked_out_by_hand(name):
    known = expected(name)
    found = visitors([read(name)], window=WINDOW, zone=NEW_YORK)
    people = [one for one in found if one.kind is Kind.PERSON]
    others = [one for one in found if one.kind is not Kind.PERSON]
    for ones, group in ((people, "people"), (others, "unmatched")):
        got = {(one.address or one.name, minutes(one.low), minutes(one.high)) for one in ones}
        assert got == {said(one) for one in known[group]}


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_gives_the_visits_worked_out_by_hand(name):
    known = expected(name)
    found = {one.address or one.name: one for one in visitors([read(name)], window=WINDOW, zone=NEW_YORK)}
    for one in [*known["people"], *known["unmatched"]]:
        if "inside" in one:
            spans = clip(found[one["who"]].spans, WINDOW)
            local = [[moment.astimezone(NEW_YORK).strftime("%H:%M:%S") for moment in span] for span in spans]
            assert ["-".join(span) for span in local] == one["inside"]
            assert found[one["who"]].review == ""


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_fits_its_own_zone(name):
    report = read(name)
    assert report.days == (() if name == "zoom-unique-users" else (DAY,))
    assert likely_shift([report], window=WINDOW, zone=NEW_YORK) == 0


@pytest.mark.parametrize(
    ("name", "layout", "order", "encoding"),
    [
        ("google-meet-attendance", "meet", "none", "utf-8"),
        ("gotomeeting-attendees", "gotomeeting", "none", "utf-8"),
        ("teams-2021-meeting-summary", "teams_summary", "mdy", "utf-16"),
        ("teams-2023-four-sections", "teams", "mdy", "utf-16"),
        ("teams-action-list", "teams_actions", "mdy", "utf-16"),
        ("webex-meeting-report", "webex", "ymd", "utf-16"),
        ("zoom-2024-waiting-room", "zoom", "mdy", "utf-8"),
        ("zoom-classic-meeting-data", "zoom", "mdy", "utf-8"),
        ("zoom-unique-users", "zoom_unique", "none", "utf-8"),
        ("zoom-webinar-attendee-report", "zoom_webinar", "ymd", "utf-8"),
    ],
)
def test_sample_is_recognized(name, layout, order, encoding):
    report = read(name)
    assert (report.layout, report.date_order, report.encoding) == (layout, order, encoding)


def test_sample_without_times_says_how_to_get_them():
    assert [problem.sentence for problem in read("zoom-unique-users").problems] == [
        "This file has no times, because it was saved with “Show unique users”. Nothing can be credited from "
        "it. Untick that in Zoom, export the report again and upload that."
    ]
