"""Checking in on one's own phone: here, leaving early, back again, a mistake (docs/rules.md 6.8).

Arriving is evidence at once, under the lock of the network; what counts follows within a minute, once for all
who came (`counting_check_ins`), so that sixty people hold nobody up. Leaving and undoing count at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, TypedDict, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from meetings.models import Meeting
from partners.models import Person, acted, local_day
from registrations.attendance.domain.attendance import check_standing, interval, recount, replace
from registrations.attendance.domain.passes import Pass
from registrations.attendance.domain.room_codes import closes_at, opens_at
from registrations.attendance.domain.taking_back import take_back
from registrations.attendance.exceptions import AttendanceRefused, NewCodeWanted, NotOnTheList
from registrations.credit.domain.intervals import Interval, as_pairs, from_pairs
from registrations.models import (
    BY_HAND,
    Evidence,
    MeetingGuest,
    Registration,
    Seen,
    Source,
    Substitute,
)
from registrations.seats.domain import seats
from stemnet import wording

UNDO_WITHIN = timedelta(minutes=5)


class Seat(TypedDict):
    """The key of the registration by which somebody has a seat, or None."""

    seat: int | None


SeatedMeeting: TypeAlias = "WithAnnotations[Meeting, Seat]"


@dataclass(frozen=True)
class Press:
    """Somebody pressed at the moment ``at``, which arrives ``now``; ``key`` is its own, from the phone."""

    at: datetime
    now: datetime
    key: UUID | None = None


@dataclass(frozen=True)
class Own:
    """What is known of one person at one meeting: the seat (its key), and the marks that stand."""

    registration: int
    mine: Evidence | None
    by_hand: Evidence | None
    keys: frozenset[UUID]

    def stays_in(self, meeting: Meeting) -> bool:
        """Return whether they have checked in and not left early."""
        return self.mine is not None and self.mine.left_at == meeting.ends_at


@transaction.atomic
def check_in(*, admitted: Pass, person: Person, pressed: Press) -> Evidence:
    """Write down that ``person`` is here from now on; who left and comes again was away in between.

    Pressed again, or sent again under its key, it changes nothing. Raises AttendanceRefused: NotOnTheList,
    or NewCodeWanted where they left after they had the code.
    """
    meeting = locked_meeting(admitted, person)
    own = own_marks(meeting, person)
    if own.mine is not None and (own.stays_in(meeting) or pressed.key in own.keys):
        return own.mine
    check_time(meeting, pressed)
    arrived, away = pressed.at, list[Interval]()
    if own.mine is not None and own.mine.arrived_at and own.mine.left_at:
        if admitted.at <= own.mine.left_at:
            raise NewCodeWanted
        away = [*from_pairs(own.mine.away), Interval(own.mine.left_at, pressed.at)]
        arrived = own.mine.arrived_at
    return write(meeting, own, person, arrived=arrived, left=None, away=away, pressed=pressed)


@transaction.atomic
def leave_early(*, admitted: Pass, person: Person, pressed: Press) -> Evidence | None:
    """Write down that ``person`` leaves now; before the start they were never there, which gives None.

    Raises AttendanceRefused where they have not checked in, or the desk marked them.
    """
    meeting = locked_meeting(admitted, person)
    own = own_marks(meeting, person)
    if own.mine is None or own.mine.arrived_at is None:
        raise AttendanceRefused(sentence=_("You haven't checked in at this meeting."))
    if not own.stays_in(meeting) or pressed.key in own.keys or pressed.at >= meeting.ends_at:
        return own.mine
    check_time(meeting, pressed)
    if own.by_hand:
        raise AttendanceRefused(sentence=_("The desk has marked you. To leave early, tell them."))
    if pressed.at <= max(own.mine.arrived_at, meeting.starts_at):
        take_back(own.mine, reason=_("left before it started"), by=person, at=pressed.now)
        recount(meeting, [own.registration], at=pressed.now)
        return None
    arrived, away = own.mine.arrived_at, from_pairs(own.mine.away)
    return write(meeting, own, person, arrived=arrived, left=pressed.at, away=away, pressed=pressed)


@transaction.atomic
def undo(*, admitted: Pass, person: Person, at: datetime) -> Evidence | None:
    """Take back what ``person`` pressed less than five minutes ago; return what stands again, or None.

    Raises AttendanceRefused where it is longer ago.
    """
    meeting = locked_meeting(admitted, person)
    mark = own_marks(meeting, person).mine
    if mark is None:
        return None
    if not may_undo(mark, at=at):
        raise AttendanceRefused(sentence=_("That was more than five minutes ago. Tell the desk at the door."))
    take_back(mark, reason=_("undone"), by=person, at=at)
    before = mark.replaces.order_by("-at", "-pk").first()
    if before is not None:
        before.replaced_at = before.replaced_by = None
        before.save(update_fields=["replaced_at", "replaced_by"])
    recount(meeting, [mark.registration_id], at=at)
    return before


def may_undo(mark: Evidence, *, at: datetime) -> bool:
    """Return whether a mark of one's own phone is young enough to be a mistake."""
    return at - mark.at <= UNDO_WITHIN


def locked_meeting(admitted: Pass, person: Person) -> SeatedMeeting:
    """Lock the network of the meeting, and return it fresh with the seat of ``person``.

    Raises AttendanceRefused where nobody checks in: it was cancelled, or its attendance is complete.
    """
    network = seats.lock_network_of(admitted.meeting)
    if network is None:
        raise NewCodeWanted
    meeting = seated_meetings(person).select_related("completion").get(uid=admitted.meeting)
    meeting.network = network
    check_standing(meeting)
    if hasattr(meeting, "completion"):
        raise AttendanceRefused(
            sentence=_("Attendance for this meeting is complete. If you were here, tell the network's staff.")
        )
    return meeting


def seated_meetings(person: Person | None) -> QuerySet[SeatedMeeting]:
    """Return meetings with the seat that ``person`` has in the network of each, or as a guest at it.

    Whoever sent a substitute isn't on the list; the substitute is.
    """
    here = {"registration": OuterRef("pk"), "meeting": OuterRef(OuterRef("pk"))}
    sent, comes = Substitute.objects.coming().filter(**here), MeetingGuest.objects.standing().filter(**here)
    seated = Q(status=Registration.Status.SEATED) & ~Exists(sent)
    mine = Registration.objects.filter(network=OuterRef("network"), person=person)
    seat = mine.filter(seated | Exists(comes))
    found = Meeting.objects.annotate(seat=Subquery(seat.order_by("-pk").values("pk")[:1]))
    return cast("QuerySet[SeatedMeeting]", found)


def check_time(meeting: Meeting, pressed: Press) -> None:
    """Raise AttendanceRefused for what was pressed outside the meeting, or arrives on another day."""
    if local_day(pressed.now, meeting.zone) != local_day(pressed.at, meeting.zone):
        raise AttendanceRefused(
            sentence=_("This came on another day, so it can't count. Tell the network's staff you were here.")
        )
    if not opens_at(meeting) <= pressed.at < closes_at(meeting):
        raise NewCodeWanted
    if pressed.at >= meeting.ends_at:
        raise AttendanceRefused(
            sentence=_("This meeting ended at %(time)s. If you were here, the desk can still mark you.")
            % {"time": wording.held_until(meeting.ends_at, meeting.zone)}
        )


def own_marks(meeting: SeatedMeeting, person: Person) -> Own:
    """Return the seat of ``person`` and their marks at a meeting. Raises NotOnTheList without a seat."""
    if meeting.seat is None:
        raise NotOnTheList
    marks = list(Evidence.objects.filter(meeting=meeting, registration__person=person).order_by("at", "pk"))
    standing = [one for one in marks if one.replaced_at is None]
    return Own(
        registration=meeting.seat,
        mine=next((one for one in standing if one.source == Source.SELF), None),
        by_hand=next((one for one in standing if one.source in BY_HAND), None),
        keys=frozenset(one.device_key for one in marks if one.device_key),
    )


def write(
    meeting: Meeting,
    own: Own,
    person: Person,
    *,
    arrived: datetime,
    left: datetime | None,
    away: Sequence[Interval],
    pressed: Press,
) -> Evidence:
    """Write the mark of ``person``, which replaces the one that stands."""
    arrived_at, left_at = interval(meeting, Seen.PRESENT, arrived, left)
    new = Evidence(
        meeting=meeting,
        registration_id=own.registration,
        source=Source.SELF,
        seen=Seen.PRESENT,
        arrived_at=arrived_at,
        left_at=left_at,
        away=as_pairs(away),
        at=pressed.at,
        device_key=pressed.key,
        uncounted=own.mine is None,
        **acted(person),
    )
    replace(own.mine, new, at=pressed.now)
    if own.mine is not None:
        recount(meeting, [own.registration], at=pressed.now)
    return new
