"""The zones that calendars carry, read by the programs that others use: every zone offered, ten years long.

Each zone is given a name that no program knows, so that what is read is what we wrote.
"""

import ctypes
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from meetings.planning.forms.fields import zone_choices
from stemnet.vtimezone import changes_of, vtimezone

pytestmark = pytest.mark.once
YEARS = range(2026, 2037)
NEAR = [timedelta(days=-1), timedelta(hours=-3), timedelta(hours=3), timedelta(days=1)]
EVENT = "BEGIN:VEVENT\r\nUID:{at}@example.org\r\nDTSTAMP:20260101T000000Z\r\n{start}\r\nEND:VEVENT\r\n"
FOREIGN = "Zone of {hash}"


@cache
def offered():
    """Every zone that a network can be in."""
    return [key for _label, group in zone_choices() for key, _name in group]


@cache
def changes(key):
    return changes_of(ZoneInfo(key), YEARS[0], YEARS[-1])


def moments(key, years=YEARS):
    """A winter's and a summer's day of each year, and moments on both sides of every change of the clocks."""
    plain = [datetime(year, month, 15, 14, tzinfo=UTC) for year in years for month in (1, 7)]
    around = [
        (change.begins - change.kind.before).replace(tzinfo=UTC) + step
        for change in changes(key)
        if change.begins.year in years
        for step in NEAR
    ]
    return sorted(plain + around)


def once(at, zone):
    """Whether the wall time of this moment comes once on its day; others nobody can plan."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


@cache
def written(key, years=YEARS):
    """A calendar with a meeting at each of these moments, and the moments in seconds of UTC."""
    zone, component = ZoneInfo(key), vtimezone(key, years[0], years[-1]).to_ical().decode()
    name = FOREIGN.format(hash=sha256(component.replace(key, "").encode()).hexdigest()[:16])
    found = [at for at in moments(key, years) if once(at, zone) and at.astimezone(zone).year in years]
    events = [
        EVENT.format(at=int(at.timestamp()), start=f"DTSTART;TZID={name}:{at.astimezone(zone):%Y%m%dT%H%M%S}")
        for at in found
    ]
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.org//EN\r\n"
    text = f"{head}{component.replace(f'TZID:{key}', f'TZID:{name}')}{''.join(events)}END:VCALENDAR\r\n"
    return text, tuple(int(at.timestamp()) for at in found)


@cache
def all_written():
    """The calendars of ten years of every zone, and of one year of each; of zones that are alike only one."""
    one_year = [(key, range(YEARS[turn % 11], YEARS[turn % 11] + 1)) for turn, key in enumerate(offered())]
    found = {written(key): key for key in offered()} | {written(*one): one for one in one_year}
    return {name: text for text, name in found.items()}


def wrong(read):
    """The calendars of which ``read`` tells other moments than were written."""
    return [name for (name, (text, expected)) in all_written().items() if tuple(read(text)) != expected]


def test_no_zone_has_an_rdate_or_more_than_two_rules():
    for key in offered():
        component = vtimezone(key, YEARS[0], YEARS[-1])
        text = component.to_ical().decode()
        assert "RDATE" not in text
        rules = [part.name for part in component.subcomponents if "RRULE" in part]
        assert sorted(rules) in ([], ["DAYLIGHT", "STANDARD"])


def test_a_zone_with_a_yearly_rule_is_two_observances_that_begin_in_the_wall_time_before():
    text = vtimezone("America/New_York", 2026, 2026).to_ical().decode()
    assert text.replace("\r\n", "\n") == (
        "BEGIN:VTIMEZONE\nTZID:America/New_York\n"
        "BEGIN:DAYLIGHT\nDTSTART:20250309T020000\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\n"
        "TZNAME:EDT\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nEND:DAYLIGHT\n"
        "BEGIN:STANDARD\nDTSTART:20251102T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n"
        "TZNAME:EST\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\n"
        "END:VTIMEZONE\n"
    )


@pytest.mark.parametrize(
    ("key", "years", "parts"),
    [
        ("America/Phoenix", (2026, 2026), 1),  # no change at all
        ("Europe/Dublin", (2026, 2026), 2),  # summer is its standard time
        ("America/Santiago", (2026, 2026), 2),  # the Sunday from the 2nd on
        ("Australia/Lord_Howe", (2026, 2026), 2),  # by half an hour
        ("America/New_York", (2005, 2026), 8),  # another rule until 2006: three years of it
    ],
)
def test_zones_have_as_few_observances_as_tell_them(key, years, parts):
    assert len(vtimezone(key, *years).subcomponents) == parts


def test_ical_js_reads_every_zone_right():
    if shutil.which("node") is None:
        pytest.skip("Node is not here, so ical.js is not asked")
    texts = all_written()
    script = Path(__file__).with_name("read_with_ical.cjs")
    given = json.dumps([text for text, _expected in texts.values()])
    answer = subprocess.run(["node", script], input=given, capture_output=True, text=True, check=True)
    read = dict(zip(texts, json.loads(answer.stdout), strict=True))
    assert [name for name, (_text, expected) in texts.items() if tuple(read[name]) != expected] == []


@pytest.mark.slow
def test_icalendar_reads_every_zone_right():
    def read(text):
        return [int(event.start.timestamp()) for event in Calendar.from_ical(text).walk("VEVENT")]

    assert wrong(read) == []


@pytest.mark.slow
def test_vobject_reads_every_zone_right():
    vobject = pytest.importorskip("vobject", reason="vobject is not here")

    def read(text):
        events = vobject.readOne(text).contents["vevent"]
        return [int(event.dtstart.value.timestamp()) for event in events]

    assert wrong(read) == []


class Time(ctypes.Structure):
    """A moment as libical takes it."""

    NUMBERS = ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")
    _fields_ = [*((name, ctypes.c_int) for name in NUMBERS), ("zone", ctypes.c_void_p)]


def libical():
    try:
        library = ctypes.CDLL("libical.so.3")
    except OSError:
        pytest.skip("libical is not here (Debian: libical3)")
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalcomponent_get_timezone.restype = ctypes.c_void_p
    library.icalcomponent_get_timezone.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.icalcomponent_free.argtypes = [ctypes.c_void_p]
    library.icaltimezone_get_utc_offset.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(Time),
        ctypes.POINTER(ctypes.c_int),
    ]
    return library


@pytest.mark.slow
def test_libical_reads_every_zone_right():
    library = libical()

    def read(text):
        calendar = library.icalparser_parse_string(text.encode())
        found = []
        for line in text.splitlines():
            if line.startswith("DTSTART;TZID="):
                name, wall = line.removeprefix("DTSTART;TZID=").split(":")
                zone = library.icalcomponent_get_timezone(calendar, name.encode())
                at = datetime.strptime(wall, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                numbers = (at.year, at.month, at.day, at.hour, at.minute, at.second, 0, 0)
                offset = library.icaltimezone_get_utc_offset(zone, Time(*numbers, None), ctypes.c_int())
                found.append(int(at.timestamp()) - offset)
        library.icalcomponent_free(calendar)
        return found

    assert wrong(read) == []
