"""The calendar files that go with mail about registering."""

from registrations import calendars
from registrations.models import Registration
from stemnet.domain.mail import Attachment


def invitation(registration: Registration) -> list[Attachment]:
    """Return the network's meetings that stand as a calendar file."""
    return _file(registration, "PUBLISH")


def withdrawal(registration: Registration) -> list[Attachment]:
    """Return the file that takes the meetings still to come out of a calendar."""
    return _file(registration, "CANCEL")


def _file(registration: Registration, method: str) -> list[Attachment]:
    """Return one attachment, or none where there is no meeting."""
    meetings = list(registration.network.own_meetings().standing().select_related("network", "working_group"))
    if not meetings:
        return []
    content = calendars.invitation(registration, meetings, method=method)
    return [
        {
            "name": "meetings.ics",
            "mimetype": f"text/calendar; method={method}; charset=utf-8",
            "content": content,
        }
    ]
