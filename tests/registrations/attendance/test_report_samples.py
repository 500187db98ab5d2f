"""The ten invented reports, each against the minutes that somebody worked out by hand."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
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


@pytest.mark.parametrize(
    ("saved", "name"),
    [
        ("gotomeeting-attendees.xls", "gotomeeting-attendees"),
        ("zoom-classic-meeting-data.ods", "zoom-classic-meeting-data"),
    ],
)
def test_sample_says_the_same_as_a_spreadsheet(saved, name):
    """LibreOffice saved these from the samples, with real dates and times where it saw some.

    A name that begins like a formula is lost in a spreadsheet, so names are not compared.
    """
    report = read_report((FOLDER / saved).read_bytes(), saved, day=DAY)
    assert minutes_by_key(report) == minutes_by_key(read(name))


def minutes_by_key(report):
    found = visitors([report], window=WINDOW, zone=NEW_YORK)
    return {one.key: (one.spans, one.low, one.high) for one in found}


@pytest.mark.parametrize("name", ["zoom-2024-waiting-room", "webex-meeting-report", "google-meet-attendance"])
def test_sample_says_the_same_with_real_dates_in_a_workbook(name):
    """Moments, times and lengths are typed cells here, as Excel makes them of what it opens."""
    report = read_report(as_workbook(name), f"{name}.xlsx", day=DAY)
    found = visitors([report], window=WINDOW, zone=NEW_YORK)
    assert found == visitors([read(name)], window=WINDOW, zone=NEW_YORK)


def as_workbook(name):
    """Return a sample as .xlsx, its moments as Excel keeps them."""
    book, place = openpyxl.Workbook(), io.BytesIO()
    data = (FOLDER / f"{name}.csv").read_bytes()
    text = data.decode("utf-16" if data[:1] == b"\xff" else "utf-8-sig")
    for row in csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","):
        book.active.append([typed(cell) for cell in row])
    book.save(place)
    return place.getvalue()


def typed(cell):
    formats = {"%m/%d/%Y %I:%M:%S %p": None, '="%Y-%m-%d %H:%M:%S"': None, "%I:%M %p": "time"}
    for form, part in formats.items():
        try:
            moment = datetime.strptime(cell, form)
        except ValueError:
            continue
        return moment.time() if part else moment
    return cell


def test_sample_in_one_column_of_a_workbook_is_parted():
    """Excel puts whole lines into the first column where it expects another sign between cells."""
    book, place = openpyxl.Workbook(), io.BytesIO()
    for line in (FOLDER / "zoom-2024-waiting-room.csv").read_text("utf-8-sig").splitlines():
        book.active.append([line])
    book.save(place)
    report = read_report(place.getvalue(), "report.xlsx", day=DAY)
    found = visitors([report], window=WINDOW, zone=NEW_YORK)
    assert found == visitors([read("zoom-2024-waiting-room")], window=WINDOW, zone=NEW_YORK)


def test_sample_without_times_says_how_to_get_them():
    assert [problem.sentence for problem in read("zoom-unique-users").problems] == [
        "This file has no times, because it was saved with “Show unique users”. Nothing can be credited from "
        "it. Uncheck that in Zoom, export the report again and upload that."
    ]
