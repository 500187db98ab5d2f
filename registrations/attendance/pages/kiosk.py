"""What a kiosk shows and is told: who belongs at the meeting, and what became of each scan."""

import hashlib
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from meetings.models import Meeting
from registrations.attendance.domain.roster import belonging, local_clock, notes_of, with_notes
from registrations.models import Attendance, DoorScan, Evidence, Kiosk, Registration, Seen
from stemnet.plain_names import plain_name

Refusal = DoorScan.Refusal
HASHED = 24  # letters of the hash, 96 bits


def code_hash(code: str) -> str:
    """Return what a device keeps of a code: it knows it when it is scanned, and can't show it again."""
    return hashlib.sha256(code.encode()).hexdigest()[:HASHED]


def milliseconds(moment: datetime) -> int:
    """Return a moment as JavaScript counts it."""
    return round(moment.timestamp() * 1000)


def people_of(meeting: Meeting, *, at: datetime) -> list[dict[str, Any]]:
    """Return who belongs at ``meeting`` by name, where they work, and whether they are here; no addresses."""
    just_came = Evidence.objects.standing().filter(meeting=meeting, uncounted=True)
    here: dict[int, Attendance | Evidence] = {mark.registration_id: mark for mark in just_came}
    here |= {row.registration_id: row for row in Attendance.objects.filter(meeting=meeting)}
    people = with_notes(belonging(meeting), meeting).select_related("person", "position__organization")
    return [
        {**who(one), "code": code_hash(one.door_code), **state_of(here.get(one.pk), meeting, at=at)}
        for one in people.by_name()
        if one.is_seated or notes_of(one)
    ]


def who(registration: Registration) -> dict[str, str]:
    """Return what the kiosk says of somebody: the name, where they work, and how they come."""
    name, work = str(registration.person), registration.position
    organization = work.organization_name if work else ""
    return {
        "uid": str(registration.uid),
        "name": name,
        "organization": ", ".join(filter(None, [organization, *notes_of(registration)])),
        "find": plain_name(f"{name} {registration.person.certificate_name}"),
    }


def state_of(seen: Attendance | Evidence | None, meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return whether somebody is here, or was and left; and since when."""
    if seen is None or Seen.PRESENT not in (getattr(seen, "status", ""), getattr(seen, "seen", "")):
        return {"state": "", "since": None}
    left, arrived = seen.left_at, seen.arrived_at or meeting.starts_at
    if left is not None and left < meeting.ends_at and left <= at:
        return {"state": "left", "since": milliseconds(left)}
    return {"state": "here", "since": milliseconds(arrived)}


def kiosk_state(kiosk: Kiosk, *, at: datetime) -> dict[str, Any]:
    """Return what a kiosk is told each time: the server's clock, and from when to when it takes scans.

    The day of the meeting begins at ``opens``, where it is held.
    """
    meeting = kiosk.meeting
    day = datetime.combine(meeting.on, time.min, ZoneInfo(meeting.zone))
    return {
        "now": milliseconds(at),
        "open": kiosk.is_open(at=at) and not meeting.is_cancelled,
        "opens": milliseconds(day),
        "ends": milliseconds(meeting.ends_at),
        "until": milliseconds(kiosk.scans_until),
    }


def answer_of(scan: DoorScan, meeting: Meeting) -> dict[str, Any]:
    """Return what became of one scan."""
    holder = scan.registration
    answer: dict[str, Any] = {"key": str(scan.key), "done": not scan.refusal, "refusal": scan.refusal}
    if holder is None or scan.refusal == Refusal.OTHER_NETWORK:
        return {**answer, "sentence": refusal_words(scan, meeting)}
    return {**answer, **who(holder), "sentence": refusal_words(scan, meeting)}


def refusal_words(scan: DoorScan, meeting: Meeting) -> str:
    """Say to whoever stands at the door why a scan doesn't count; "" for one that does."""
    words = {
        Refusal.UNKNOWN: _("We don't know this code. Please go to the desk."),
        Refusal.OTHER_NETWORK: _("This code is for another network. Please go to the desk."),
        Refusal.NO_SEAT: _("You aren't registered for this network. Please go to the desk."),
        Refusal.SENT: _("Somebody else is coming in your place. Please go to the desk."),
        Refusal.EARLY: _("It's too early. Come back on the day of the meeting."),
        Refusal.LATE: _("The meeting ended at %(time)s. Please go to the desk."),
        Refusal.CLOSED: _("This kiosk was closed before. Please go to the desk."),
        Refusal.CANCELLED: _("This meeting was cancelled."),
    }
    said = words[Refusal(scan.refusal)] if scan.refusal else ""
    return said % {"time": local_clock(meeting.ends_at, meeting)} if scan.refusal == Refusal.LATE else said
