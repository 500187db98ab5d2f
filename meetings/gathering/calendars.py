"""Ways of one meeting into a calendar: a file, an address to subscribe to, two web calendars; and the map.

None of them holds the link to join, which is for people with a seat.
"""

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Meeting, Modality, Network
from meetings.planning.calendars import Entry, feed, home_of

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"
MAPS = "https://www.google.com/maps/search/"


@dataclass(frozen=True)
class CalendarLinks:
    """Where each button leads; no calendar program can subscribe to what only some people see."""

    google: str
    outlook: str
    apple: str
    file: str

    @property
    def follows(self) -> bool:
        """Return whether the meeting in Apple's calendar follows changes."""
        return self.apple != self.file


def meeting_calendar(meeting: Meeting) -> str:
    """Return the meeting as a calendar of its own, which says so when it moves or is called off."""
    return feed([Entry(meeting)], name=meeting.title, uid=meeting.uid.hex)


def calendar_links(meeting: Meeting) -> CalendarLinks:
    """Return the ways of ``meeting`` into a calendar."""
    path = reverse("meeting_calendar", args=[meeting.uid])
    place, page = place_words(meeting), settings.SITE_URL + meeting.get_absolute_url()
    start, end = (moment.astimezone(UTC) for moment in (meeting.starts_at, meeting.ends_at))
    google = {
        "action": "TEMPLATE",
        "text": meeting.title,
        "dates": f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
        "ctz": meeting.zone,
        "location": place,
        "details": page,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": meeting.title,
        "startdt": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "location": place,
        "body": page,
    }
    return CalendarLinks(
        google=f"{GOOGLE}?{urlencode(google)}",
        outlook=f"{OUTLOOK}?{urlencode(outlook)}",
        apple=f"webcal://{urlsplit(settings.SITE_URL).netloc}{path}" if is_public(meeting) else path,
        file=path,
    )


def is_public(meeting: Meeting) -> bool:
    """Return whether a program that is not signed in gets the meeting's calendar."""
    home = home_of(meeting)
    return isinstance(home, Network) and home.status != Network.Status.DRAFT


def place_words(meeting: Meeting) -> str:
    """Return where the meeting is, in one line."""
    if meeting.modality == Modality.ONLINE:
        return _("Online")
    return ", ".join(part for part in (meeting.room, meeting.venue, meeting.address) if part)


def map_url(meeting: Meeting) -> str:
    """Return where a map looks for the place; nothing for a meeting without one."""
    place = ", ".join(part for part in (meeting.venue, meeting.address) if part)
    if meeting.modality == Modality.ONLINE or not place:
        return ""
    return f"{MAPS}?{urlencode({'api': 1, 'query': place})}"
