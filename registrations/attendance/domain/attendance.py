"""Attendance: every mark is evidence that stays; what counts is derived from it (docs/rules.md 6.1).

The network's row is the lock: two people who mark at once come one after the other.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor, Person, acted, local_day
from registrations.attendance.exceptions import AttendanceRefused, MeetingCancelled, ReasonWanted
from registrations.credit.domain.credits import Span
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.credit.domain.intervals import Interval, as_pairs, union
from registrations.models import BY_DEVICE, BY_HAND, Evidence, Registration, Seen, Source
from registrations.seats.domain import seats
from registrations.seats.domain.invited import tell_partners
from stemnet import wording

UNDO_WITHIN = timedelta(minutes=2)


@transaction.atomic
def mark_attendance(
    *,
    registration: Registration,
    meeting: Meeting,
    seen: str,
    arrived: datetime | None = None,
    left: datetime | None = None,
    away: Sequence[Span] = (),
    presenting: bool = False,
    source: str = Source.STAFF,
    by: Actor,
    at: datetime,
    pressed_at: datetime | None = None,
    reason: str = "",
) -> Evidence:
    """Write down that somebody was seen or missed, and work out what counts; return the standing mark.

    A tick without times means start to end; times are kept as they are, also early and late ones; ``away`` is
    when they were out in between. What the hours of somebody ``presenting`` count is up to the rule. The mark
    is of ``pressed_at``, where it waited on a device. The same mark again changes nothing. Raises
    AttendanceRefused, and ReasonWanted for a correction without reason.
    """
    meeting, pressed_at = locked(meeting), pressed_at or at
    check_markable(registration, meeting, by=by, source=source)
    check_day(meeting, at=pressed_at)
    arrived_at, left_at = interval(meeting, seen, arrived, left)
    what = {
        "seen": seen,
        "arrived_at": arrived_at,
        "left_at": left_at,
        "away": as_pairs(out_between(arrived_at, left_at, away)) if arrived_at and left_at else [],
        "presenting": presenting and seen == Seen.PRESENT,
    }
    standing = standing_mark(registration, meeting, source)
    if standing and all(getattr(standing, name) == value for name, value in what.items()):
        return standing
    if source in BY_HAND:
        check_reason(standing, reason, by=by, at=pressed_at)
    common = {"meeting": meeting, "registration": registration, "source": source, **acted(by)}
    new = Evidence(**common, **what, at=pressed_at, reason=reason.strip())
    replace(standing, new, at=at)
    recount(meeting, [registration.pk], at=at)
    return new


@transaction.atomic
def mark_all_present(*, meeting: Meeting, by: Actor, at: datetime) -> uuid.UUID | None:
    """Mark everyone expected and not yet marked as present from start to end; return the batch, or None."""
    meeting = locked(meeting)
    check_standing(meeting)
    check_day(meeting, at=at)
    unmarked = Registration.objects.expected_at(meeting).unmarked_at(meeting)
    if isinstance(by, Person):
        unmarked = unmarked.exclude(person=by)
    keys = list(unmarked.values_list("pk", flat=True))
    if not keys:
        return None
    batch = uuid.uuid4()
    Evidence.objects.bulk_create(
        Evidence(
            meeting=meeting,
            registration_id=key,
            source=Source.ALL_PRESENT,
            seen=Seen.PRESENT,
            arrived_at=meeting.starts_at,
            left_at=meeting.ends_at,
            at=at,
            batch=batch,
            **acted(by),
        )
        for key in keys
    )
    recount(meeting, keys, at=at)
    return batch


def locked(meeting: Meeting) -> Meeting:
    """Lock the network of ``meeting`` and return the meeting fresh; refuse one that belongs to no network."""
    if meeting.network is None:
        raise AttendanceRefused(
            sentence=_("This group isn't part of a network, so nobody is registered for it.")
        )
    network = seats.lock_network(meeting.network)
    meeting = Meeting.objects.select_related("working_group").get(pk=meeting.pk)
    meeting.network = network
    return meeting


def check_standing(meeting: Meeting) -> None:
    """Raise AttendanceRefused where the meeting was cancelled."""
    if meeting.is_cancelled:
        raise MeetingCancelled


def is_early(meeting: Meeting, *, at: datetime) -> bool:
    """Return whether the day of ``meeting`` has not come where it is held."""
    return local_day(at, meeting.zone) < meeting.on


def check_day(meeting: Meeting, *, at: datetime) -> None:
    """Raise AttendanceRefused before the day of the meeting: nobody was seen there yet.

    Whoever is marked at the door counts once the meeting has begun (docs/rules.md 6.2).
    """
    if is_early(meeting, at=at):
        raise AttendanceRefused(
            sentence=_("This meeting is on %(day)s. You can take attendance from that day on.")
            % {"day": wording.day(meeting.on)}
        )


def check_markable(
    registration: Registration, meeting: Meeting, *, by: Actor, source: str = Source.STAFF
) -> None:
    """Raise AttendanceRefused unless ``by`` may mark this person at this meeting."""
    check_standing(meeting)
    if registration.network_id != meeting.network_id:
        raise AttendanceRefused(sentence=_("This person is registered for another network."))
    if registration.seated_at is None:
        raise AttendanceRefused(sentence=_("This person doesn't have a seat yet. Give them one first."))
    if isinstance(by, Person) and registration.person_id == by.pk and source != Source.SELF:
        raise AttendanceRefused(sentence=_("You can't mark yourself. Ask another staff member."))


def may_undo(mark: Evidence, *, by: Actor, at: datetime) -> bool:
    """Return whether ``by`` made this mark less than two minutes before: it needs no reason to be changed."""
    is_own = isinstance(by, Person) and mark.by_id == by.pk
    return is_own and at - mark.at <= UNDO_WITHIN


def check_reason(standing: Evidence | None, reason: str, *, by: Actor, at: datetime) -> None:
    """Raise ReasonWanted where a mark stands and nobody says why it is changed, save a slip just made."""
    if standing and not reason.strip() and not may_undo(standing, by=by, at=at):
        raise ReasonWanted(
            sentence=_("%(by)s has already marked %(name)s. To change it, give a reason.")
            % {"name": standing.registration.person, "by": standing.by_name}
        )


def interval(
    meeting: Meeting, seen: str, arrived: datetime | None, left: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Return the interval of a mark: none for absent; start or end of the meeting where none was typed."""
    if seen == Seen.ABSENT:
        return None, None
    arrived_at, left_at = arrived or meeting.starts_at, left or meeting.ends_at
    if arrived and left and left <= arrived:
        raise AttendanceRefused(sentence=_("The time left can't be before the time arrived."))
    if arrived_at >= meeting.ends_at or left_at <= meeting.starts_at:
        raise AttendanceRefused(sentence=_("These times are outside the meeting."))
    return arrived_at, left_at


def out_between(arrived: datetime, left: datetime, away: Sequence[Span]) -> list[Interval]:
    """Return when somebody was out between arriving and leaving. Raises AttendanceRefused."""
    for out, back in away:
        if back <= out:
            raise AttendanceRefused(sentence=_("The time they came back can't be before the time they left."))
        if out <= arrived or back >= left:
            raise AttendanceRefused(sentence=_("The time away has to be between arriving and leaving."))
    return union(away)


def standing_mark(registration: Registration, meeting: Meeting, source: str) -> Evidence | None:
    """Return the mark that a new one of ``source`` replaces: by hand the one by hand, else that device's.

    Imports and make-up work stand beside each other.
    """
    if source not in (*BY_HAND, *BY_DEVICE):
        return None
    kinds = BY_HAND if source in BY_HAND else (source,)
    marks = Evidence.objects.standing().filter(meeting=meeting, registration=registration)
    return marks.filter(source__in=kinds).select_related("registration__person").first()


def replace(old: Evidence | None, new: Evidence, *, at: datetime) -> None:
    """Write ``new``, and say of ``old`` that it was replaced by it."""
    if old is None:
        new.save()
        return
    old.replaced_at = at
    old.save(update_fields=["replaced_at"])
    new.save()
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])


def recount(meeting: Meeting, registrations: list[int], *, at: datetime) -> None:
    """Let the figures of these registrations (keys) follow their marks, and tell who invited them.

    The row of the meeting's network is locked.
    """
    if meeting.network is None:
        return
    people = Registration.objects.filter(pk__in=registrations).values_list("person", flat=True)
    figures_may_have_changed(
        seats.Locked(meeting.network),
        because=_("Attendance at “%(meeting)s” was corrected") % {"meeting": meeting.title},
        at=at,
        meetings=[meeting.pk],
        people=people,
    )
    tell_partners(meeting, registrations, at=at)
