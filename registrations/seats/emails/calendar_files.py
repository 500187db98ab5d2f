"""The calendar files that go with mail about registering."""

from meetings.models import Meeting
from registrations.models import Registration
from registrations.seats import calendars
from stemnet.outbox.queueing import Attachment


def invitation(registration: Registration) -> list[Attachment]:
    """Return the network's meetings that stand as a calendar file."""
    meetings = _meetings(registration)
    return [_file(registration, meetings, "PUBLISH")] if meetings else []


def withdrawal(registration: Registration) -> list[Attachment]:
    """Return the files that take the meetings out of a calendar: one a meeting (RFC 5546 3.2.5)."""
    return [
        _file(registration, [meeting], "CANCEL", name=f"meeting-{number}.ics")
        for number, meeting in enumerate(_meetings(registration), 1)
    ]


def _meetings(registration: Registration) -> list[Meeting]:
    return list(registration.network.meetings.own().standing().select_related("network", "working_group"))


def _file(
    registration: Registration, meetings: list[Meeting], method: str, *, name: str = "meetings.ics"
) -> Attachment:
    """Return one attachment."""
    return {
        "name": name,
        "mimetype": f"text/calendar; method={method}; charset=utf-8",
        "content": calendars.invitation(registration, meetings, method=method),
    }
