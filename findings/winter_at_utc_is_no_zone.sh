#!/usr/bin/env bash
# A calendar's own zone that is at UTC in winter is no zone to vobject when its rules begin after 2019.
#
# Guess: vobject reads a meeting in the zone that the file describes, whatever the zone is called and whenever its
#        first change of the clocks is, as long as that is before the meeting.
# Seen:  vobject 0.9.9 compares a zone that it finds in a file with UTC, from 2000 to 2019 only, and keeps none that
#        is equal. London and Lisbon are at UTC in winter; where the file begins their rules in 2025, nothing differs
#        before 2020. The meeting is then read without a zone, at its wall time, an hour late in summer for whoever
#        takes that for UTC. With the same rules begun in 2019 it is right, and so is New York either way. A name that
#        pytz knows, such as Europe/London, hides it: then the rules of pytz are taken instead of those in the file.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 90 "$box/venv/bin/pip" install -qq 'vobject==0.9.9' 'python-dateutil==2.9.0.post0' 'pytz==2026.2' 'six==1.17.0'
} || { echo "Not checked: vobject could not be installed." >&2; exit 2; }

cat >"$box/read.py" <<'PYTHON'
"""Read one summer meeting in zones that differ in their winter, their name, and when their rules begin."""

import logging
import sys

import vobject

logging.disable(logging.CRITICAL)

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:DAYLIGHT
DTSTART:{spring}
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY={sunday}
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:{autumn}
RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={last}
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example.org
DTSTAMP:20260101T000000Z
DTSTART;TZID={name}:20270715T090000
END:VEVENT
END:VCALENDAR
"""
LONDON = {"winter": "+0000", "summer": "+0100", "sunday": "-1SU", "month": "10", "last": "-1SU"}
NEW_YORK = {"winter": "-0500", "summer": "-0400", "sunday": "2SU", "month": "11", "last": "1SU"}
OLD_LONDON = {"spring": "20190331T010000", "autumn": "20191027T020000"}
LATE_LONDON = {"spring": "20250330T010000", "autumn": "20251026T020000"}
OLD_YORK = {"spring": "20190310T020000", "autumn": "20191103T020000"}
LATE_YORK = {"spring": "20250309T020000", "autumn": "20251102T020000"}
CASES = [
    ("London, begun in 2019", {"name": "Office 1", **LONDON, **OLD_LONDON}, "1:00:00"),
    ("London, begun in 2025", {"name": "Office 2", **LONDON, **LATE_LONDON}, "None"),
    ("New York, begun in 2019", {"name": "Office 3", **NEW_YORK, **OLD_YORK}, "-1 day, 20:00:00"),
    ("New York, begun in 2025", {"name": "Office 4", **NEW_YORK, **LATE_YORK}, "-1 day, 20:00:00"),
    ("London by its own name, begun in 2025", {"name": "Europe/London", **LONDON, **LATE_LONDON}, "1:00:00"),
]

changed = False
for what, values, seen in CASES:
    calendar = vobject.readOne(FILE.format(**values).replace("\n", "\r\n"))
    now = str(calendar.vevent.dtstart.value.utcoffset())
    print(f"{what}: offset of a meeting on July 15, 2027: {now}")
    if now != seen:
        print(f"CHANGED: was {seen}", file=sys.stderr)
        changed = True
if changed:
    sys.exit("vobject no longer reads zones as this finding says.")
print("Still so.")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/read.py"
