#!/usr/bin/env bash
# Mail to an address with an accent came back, and the reader of such reports finds nobody in it.
#
# Guess: a report of failed delivery in the form of RFC 6533, whose recipient is of the type utf-8 (nuñez@ or
#        nu\x{F1}ez@), gives the address as a report in the form of RFC 3464 does.
# Seen:  flufl.bounce 6.0.0 knows recipients of the type rfc822 only: scan_message() gives an empty set for the type
#        utf-8, plain or with escapes, and for the part message/global-delivery-status, which is what a server sends
#        where it talks UTF-8. In one report of two recipients it gives the one without an accent, so that the report
#        counts as understood. A report that the mail was passed on by a server that sends no reports back ("relayed")
#        is no failure to it, as it should be.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" && timeout 100 "$box/venv/bin/pip" install -qq 'flufl.bounce==6.0.0'
} || { echo "Not checked: the package could not be installed." >&2; exit 2; }

cat >"$box/bounce.py" <<'PYTHON'
"""Print whom flufl.bounce finds in reports of failed delivery that differ in the type of the recipient only."""

from email import message_from_bytes

from flufl.bounce import scan_message

REPORT = """\
From: MAILER-DAEMON@mail.example.org
To: portal@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

The mail could not be delivered.

--B
Content-Type: message/{kind}
{encoding}
Reporting-MTA: dns; mail.example.org

{recipients}
--B--
"""
FAILED = "Final-Recipient: {}\nAction: {}\nStatus: {}\n"
PLAIN = FAILED.format("rfc822; lee@example.org", "failed", "5.1.1")


def found(*recipients, kind="delivery-status"):
    encoding = "Content-Transfer-Encoding: 8bit\n" if kind.startswith("global") else ""
    text = REPORT.format(kind=kind, encoding=encoding, recipients="\n".join(recipients))
    report = message_from_bytes(text.encode())
    return " ".join(sorted(address.decode() for address in scan_message(report))) or "nobody"


accent = FAILED.format("utf-8; nuñez@example.org", "failed", "5.1.1")
escaped = FAILED.format(r"utf-8; nu\x{F1}ez@example.org", "failed", "5.1.1")
print("rfc822:", found(PLAIN))
print("utf-8 with escapes:", found(escaped))
print("utf-8, global-delivery-status:", found(accent, kind="global-delivery-status"))
print("both in one report:", found(PLAIN, escaped))
print("relayed:", found(FAILED.format("rfc822; lee@example.org", "relayed", "2.0.0")))
PYTHON

timeout 60 "$box/venv/bin/python" "$box/bounce.py" >"$box/seen"
cat "$box/seen"
diff - "$box/seen" <<'SEEN' || { echo "Such a report is no longer read as this finding says." >&2; exit 1; }
rfc822: lee@example.org
utf-8 with escapes: nobody
utf-8, global-delivery-status: nobody
both in one report: lee@example.org
relayed: nobody
SEEN
echo "Still so."
