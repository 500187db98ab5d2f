#!/usr/bin/env bash
# Django gives a calendar file its charset a second time when the type that is attached already has one.
#
# Guess: EmailMessage.attach(name, text, "text/calendar; method=REQUEST; charset=utf-8"), with the two parameters
#        that RFC 6047 names for an invitation, is sent as it is.
# Seen:  Django 5.2.19 takes all after "text/" for the subtype of a text part and has the standard library add a
#        charset to it, for str and for bytes: the header ends in a second charset="utf-8". email.policy.default of
#        Python 3.11 calls that an InvalidHeaderDefect, "duplicate parameter name". Without the charset in the type the
#        header is right. A type that does not begin with "text/" is left alone.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 90 "$box/venv/bin/pip" install -qq 'django==5.2.19'
} || { echo "Not checked: Django could not be installed." >&2; exit 2; }

cat >"$box/invite.py" <<'PYTHON'
"""Attach an invitation under several types, and read the message back with the standard library."""

import re
import sys
from email import message_from_bytes, policy

from django.conf import settings
from django.core.mail import EmailMessage

settings.configure()

FILE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nMETHOD:REQUEST\r\n"
    "BEGIN:VEVENT\r\nUID:1@example.org\r\nDTSTAMP:20260901T120000Z\r\nDTSTART:20261014T130000Z\r\n"
    "ORGANIZER:mailto:office@example.org\r\nATTENDEE:mailto:teacher@example.org\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
ONCE = 'text/calendar; method="REQUEST"; charset="utf-8"'
TWICE = f'{ONCE}; charset="utf-8"'
APPLICATION = "application/ics; method=REQUEST; charset=utf-8"
CASES = [
    (FILE, "text/calendar; method=REQUEST; charset=utf-8", (TWICE, 1)),
    (FILE.encode(), "text/calendar; method=REQUEST; charset=utf-8", (TWICE, 1)),
    (FILE, "text/calendar; method=REQUEST", (ONCE, 0)),
    (FILE.encode(), APPLICATION, (APPLICATION, 0)),
]

changed = False
for content, mimetype, seen in CASES:
    message = EmailMessage("Meeting", "See the file.", "office@example.org", ["teacher@example.org"])
    message.attach("meeting.ics", content, mimetype)
    sent = message.message().as_bytes()
    raw = re.findall(rb"^Content-Type: (.*(?:\r?\n[ \t].*)*)", sent, re.MULTILINE)[-1]
    read = message_from_bytes(sent, policy=policy.default).get_payload()[1]
    defects = read["Content-Type"].defects
    now = (" ".join(raw.decode().split()), sum("duplicate parameter" in str(one) for one in defects))
    print(f"attached as {type(content).__name__}, {mimetype}\n  sent as {now[0]}, defects: {len(defects)}")
    if now != seen:
        print(f"CHANGED: was {seen}", file=sys.stderr)
        changed = True
if changed:
    sys.exit("Django no longer writes the type of a calendar file as this finding says.")
print("Still so.")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/invite.py"
