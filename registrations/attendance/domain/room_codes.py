"""The code for the room: five letters, new every 30 seconds, that lead to one meeting (docs/rules.md 6.8).

A code follows from the meeting's secret and the number of half minutes since 1970, by the server's clock
alone, so that nothing is written when it changes and a screen may hold those of the next minutes.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from meetings.models import Meeting
from meetings.models.planning.meeting import MeetingQuerySet
from registrations.attendance.exceptions import NoSuchRoom, RoomCodeExpired, RoomCodeOfTwo
from registrations.models import RoomCode
from stemnet.paper_codes import ALPHABET, normal_code

SECONDS = 30
STILL_GOOD = 2  # codes before the one on the wall: who types slowly has 60 to 90 seconds
LEEWAY = timedelta(seconds=2)  # by which the clocks of two of our machines may differ
AHEAD = timedelta(minutes=10)  # what a screen holds, to go on without a connection
LENGTH = 5
RECENT = timedelta(hours=36)
MOST_RECENT = 20


@dataclass(frozen=True)
class ShownCode:
    """A code and the moment from which the wall shows it."""

    code: str
    begins: datetime

    @property
    def words(self) -> str:
        """Return it as it is read: "7K4 M2"."""
        return f"{self.code[:3]} {self.code[3:]}"


def opens_at(meeting: Meeting) -> datetime:
    """Return from when on people check in."""
    return meeting.starts_at - timedelta(minutes=settings.CHECK_IN_OPENS_MINUTES)


def closes_at(meeting: Meeting) -> datetime:
    """Return until when they do."""
    return meeting.ends_at + timedelta(minutes=settings.CHECK_IN_CLOSES_MINUTES)


def is_open(meeting: Meeting, *, at: datetime) -> bool:
    """Return whether codes of this meeting are shown and taken."""
    return not meeting.is_cancelled and opens_at(meeting) <= at < closes_at(meeting)


def meetings_between(start: datetime, end: datetime) -> MeetingQuerySet:
    """Return the meetings that have codes and whose window touches that time, the newest first."""
    opens = timedelta(minutes=settings.CHECK_IN_OPENS_MINUTES)
    closes = timedelta(minutes=settings.CHECK_IN_CLOSES_MINUTES)
    found = Meeting.objects.standing().filter(network__isnull=False).select_related("room_code")
    return found.filter(starts_at__lte=end + opens, ends_at__gt=start - closes).order_by("-starts_at", "-pk")


def secret_of(meeting: Meeting) -> bytes:
    """Return what the codes of a meeting follow from; it stands nowhere."""
    of_meeting = f"{meeting.uid}:{series_of(meeting)}"
    return salted_hmac("registrations.room_code", of_meeting, algorithm="sha256").digest()


def series_of(meeting: Meeting) -> int:
    """Return how often the codes of a meeting were started anew."""
    known = getattr(meeting, "room_code", None)
    return known.number if known else 0


def step_of(at: datetime) -> int:
    """Return the number of the half minute of a moment."""
    return int(at.timestamp()) // SECONDS


def code_of(secret: bytes, step: int) -> str:
    """Return the code of a half minute: 25 bits in letters that nobody mistakes."""
    number = int.from_bytes(hmac.digest(secret, step.to_bytes(8, "big"), "sha256")[:4], "big")
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LENGTH))


def codes_ahead(meeting: Meeting, *, at: datetime, after: int = 0) -> list[ShownCode]:
    """Return the code on the wall and those of the next minutes, as far as the window goes.

    Those up to the half minute ``after`` are left out: the screen has them.
    """
    if not is_open(meeting, at=at):
        return []
    secret, last = secret_of(meeting), min(at + AHEAD, closes_at(meeting) - timedelta(seconds=1))
    steps = range(max(step_of(at), after + 1), step_of(last) + 1)
    return [ShownCode(code_of(secret, step), datetime.fromtimestamp(step * SECONDS, UTC)) for step in steps]


def meeting_of(typed: str, *, at: datetime) -> Meeting:
    """Return the one meeting whose room shows this code, or did in the last 60 to 90 seconds.

    Raises RoomCodeRefused: expired, of two rooms, or of none.
    """
    code = normal_code(typed)
    good = range(step_of(at) - STILL_GOOD, step_of(at + LEEWAY) + 1)
    open_now = [one for one in meetings_between(at, at) if is_open(one, at=at)]
    found = [one for one in open_now if code in codes_in(one, good)]
    if len(found) > 1:
        raise RoomCodeOfTwo
    if found:
        return found[0]
    raise expired(code, at=at) or NoSuchRoom


def codes_in(meeting: Meeting, steps: range) -> Iterator[str]:
    """Return the codes of a meeting in those half minutes."""
    secret = secret_of(meeting)
    return (code_of(secret, step) for step in steps)


def expired(code: str, *, at: datetime) -> RoomCodeExpired | None:
    """Return the refusal of a code that a room has shown lately, or None where none has."""
    if len(code) != LENGTH:
        return None
    for meeting in meetings_between(at - RECENT, at)[:MOST_RECENT]:
        until = min(at, closes_at(meeting))
        if code in codes_in(meeting, range(step_of(opens_at(meeting)), step_of(until) + 1)):
            return RoomCodeExpired(is_over=at >= closes_at(meeting))
    return None


@transaction.atomic
def renew(meeting: Meeting, *, at: datetime) -> RoomCode:
    """Give the meeting another secret: every code that is shown or kept anywhere is void."""
    kept, is_new = RoomCode.objects.get_or_create(meeting=meeting, defaults={"number": 1, "renewed_at": at})
    if not is_new:
        RoomCode.objects.filter(pk=kept.pk).update(number=F("number") + 1, renewed_at=at)
        kept.refresh_from_db()
    return kept
