"""The calendar files that go with mail about registering."""

from datetime import datetime

from meetings.models import Meeting
from registrations.models import CalendarRevision, Registration
from registrations.seats import calendars
from stemnet.outbox.queueing import Attachment


def invitation(
    registration: Registration,
    *,
    meetings: list[Meeting] | None = None,
    known: calendars.Known | None = None,
) -> list[Attachment]:
    """Return the network's meetings that stand as a calendar file.

    ``known`` are the revisions for the person, where whoever calls has them, as ``meetings``.
    """
    meetings = _meetings(registration) if meetings is None else meetings
    return [_file(registration, meetings, "PUBLISH", known=known)] if meetings else []


def revisions_of_return(registration: Registration, *, at: datetime) -> calendars.Known:
    """Return the revisions for somebody who comes back, as `calendar_revisions.raise_all_of` writes them."""
    meetings, person = _meetings(registration), registration.person
    known = calendars.known_revisions(person, meetings)
    before = {key: row.raised for key, row in known.items()}
    return {
        meeting.pk: CalendarRevision(
            person=person, meeting=meeting, raised=before.get(meeting.pk, 0) + 1, at=at
        )
        for meeting in meetings
    }


def withdrawal(registration: Registration, *, meetings: list[Meeting] | None = None) -> list[Attachment]:
    """Return the files that take the meetings out of a calendar: one a meeting (RFC 5546 3.2.5)."""
    meetings = _meetings(registration) if meetings is None else meetings
    known = calendars.known_revisions(registration.person, meetings)
    return [
        _file(registration, [meeting], "CANCEL", name=f"meeting-{number}.ics", known=known)
        for number, meeting in enumerate(meetings, 1)
    ]


def calendar_type(method: str) -> str:
    """Return the media type of a calendar file of ``method``; the mail itself names the character set."""
    return f"text/calendar; method={method}"


def _meetings(registration: Registration) -> list[Meeting]:
    return list(registration.network.meetings.own().standing().select_related("network", "working_group"))


def _file(
    registration: Registration,
    meetings: list[Meeting],
    method: str,
    *,
    name: str = "meetings.ics",
    known: calendars.Known | None = None,
) -> Attachment:
    """Return one attachment."""
    return {
        "name": name,
        "mimetype": calendar_type(method),
        "content": calendars.invitation(registration, meetings, method=method, known=known),
    }
