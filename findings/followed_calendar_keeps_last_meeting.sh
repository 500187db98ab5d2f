#!/usr/bin/env bash
# A calendar that vdirsyncer follows keeps its last meeting for as long as the feed has none.
#
# Guess: a feed is the truth about itself: a meeting that is no longer in it goes from the copy at the next
#        synchronization, be it one of several or the last.
# Seen:  vdirsyncer 0.21.0 takes one of two meetings out of the copy, and refuses when the last one goes: each
#        synchronization ends with code 1 and "was completely emptied", and the meeting stays. The feed is valid by
#        RFC 5545 3.6, since it still describes its zone. Once another meeting is in the feed, the old one goes. A
#        meeting that stays in the feed as CANCELLED reaches the copy at once.
#        The server of this finding listens on 127.0.0.1 only.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 90 "$box/venv/bin/pip" install -qq 'vdirsyncer==0.21.0'
} || { echo "Not checked: vdirsyncer could not be installed." >&2; exit 2; }

cat >"$box/follow.py" <<'PYTHON'
"""Serve a feed, change it step by step, and say what each synchronization leaves in the copy."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ZONE = """BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE"""
SETTINGS = """[general]
status_path = "{box}/status"
[pair followed]
a = "copy"
b = "feed"
collections = null
[storage copy]
type = "filesystem"
path = "{box}/copy"
fileext = ".ics"
[storage feed]
type = "http"
url = "http://127.0.0.1:{port}/meetings.ics"
"""
STEPS = [
    ("two meetings", {"October": "CONFIRMED", "December": "CONFIRMED"}, (0, ["December", "October"])),
    ("one of them", {"October": "CONFIRMED"}, (0, ["October"])),
    ("none", {}, (1, ["October"])),
    ("none, a second time", {}, (1, ["October"])),
    ("another one", {"February": "CONFIRMED"}, (0, ["February"])),
    ("that one, cancelled", {"February": "CANCELLED"}, (0, ["February, cancelled"])),
]
MONTHS = {"October": "20261014", "December": "20261208", "February": "20270210"}


class Feed(BaseHTTPRequestHandler):
    meetings: dict[str, str] = {}

    def do_GET(self):
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", *ZONE.splitlines()]
        for name, status in self.meetings.items():
            lines += [
                "BEGIN:VEVENT",
                f"UID:{name}@example.org",
                "DTSTAMP:20260901T120000Z",
                f"DTSTART;TZID=America/New_York:{MONTHS[name]}T090000",
                f"SUMMARY:{name}",
                f"STATUS:{status}",
                "END:VEVENT",
            ]
        self.send_response(200)
        self.send_header("Content-Type", "text/calendar; charset=utf-8")
        self.end_headers()
        self.wfile.write("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())

    def log_message(self, *_args):
        pass


def vdirsyncer(box, command, answers=""):
    env = os.environ | {
        "VDIRSYNCER_CONFIG": str(box / "settings"),
        "HOME": str(box),
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }
    return subprocess.run(
        [box / "venv/bin/vdirsyncer", command],
        env=env, input=answers, capture_output=True, text=True, timeout=30,
    )


def copied(box):
    texts = [file.read_text() for file in (box / "copy").glob("*.ics")]
    return sorted(
        name + (", cancelled" if "STATUS:CANCELLED" in text else "")
        for text in texts
        for name in MONTHS
        if f"SUMMARY:{name}" in text
    )


def main(box):
    (box / "copy").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    Thread(target=server.serve_forever, daemon=True).start()
    (box / "settings").write_text(SETTINGS.format(box=box, port=server.server_port))
    vdirsyncer(box, "discover", answers="y\n" * 5)
    changed = False
    for said, meetings, seen in STEPS:
        Feed.meetings = meetings
        done = vdirsyncer(box, "sync")
        now = done.returncode, copied(box)
        print(f"The feed has {said}: code {now[0]}, the copy has {', '.join(now[1]) or 'nothing'}")
        if now != seen or (seen[0] == 1) != ("was completely emptied" in done.stdout + done.stderr):
            print(f"CHANGED: was code {seen[0]}, {', '.join(seen[1])}\n{done.stderr}", file=sys.stderr)
            changed = True
    server.shutdown()
    if changed:
        sys.exit("vdirsyncer no longer follows a feed as this finding says.")
    print("Still so.")


main(Path(sys.argv[1]))
PYTHON

timeout 100 "$box/venv/bin/python" "$box/follow.py" "$box"
