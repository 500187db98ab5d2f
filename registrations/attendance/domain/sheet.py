"""What people wrote on the printed sign-in sheet, typed in all at once (docs/rules.md 6.9).

A line says that somebody was there, and from when to when. An empty line says nothing: it is never absent.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor, Person, acted
from registrations.attendance.domain.attendance import (
    check_day,
    check_markable,
    check_reason,
    check_standing,
    interval,
    locked,
    recount,
)
from registrations.attendance.domain.roster import with_notes
from registrations.attendance.domain.taking_back import take_back_batch
from registrations.attendance.exceptions import AttendanceRefused, LinesRefused
from registrations.credit.domain.intervals import as_pairs, clip, from_pairs
from registrations.models import BY_HAND, Evidence, Registration, Seen, Source
from registrations.models.seats.registration import RegistrationQuerySet


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the sheet: who was there, and the times that they wrote."""

    registration: Registration
    arrived: datetime | None = None
    left: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Batch:
    """Marks that were made at once and stand: by whom, when, and how many."""

    batch: uuid.UUID
    by_name: str
    at: datetime
    number: int


def on_sheet(meeting: Meeting) -> RegistrationQuerySet:
    """Return who is on the sheet, in its order."""
    people = Registration.objects.expected_at(meeting).select_related("person", "position__organization")
    return with_notes(people, meeting).by_name()


@transaction.atomic
def type_in(*, meeting: Meeting, lines: Sequence[Line], by: Actor, at: datetime) -> uuid.UUID | None:
    """Write down the lines of a sheet, all or none; return their batch, or None where nothing is new.

    As many statements for many as for one. What stands already and says the same stays. Raises
    AttendanceRefused, and LinesRefused with the "no" of each line that can't be written.
    """
    meeting = locked(meeting)
    check_standing(meeting)
    check_day(meeting, at=at)
    standing = marks_of(meeting, [line.registration.pk for line in lines])
    refused: dict[uuid.UUID, AttendanceRefused] = {}
    new: list[tuple[Evidence, Evidence | None]] = []
    batch = uuid.uuid4()
    for line in lines:
        old = standing.get(line.registration.pk)
        try:
            mark = mark_of(line, meeting, old, by=by, at=at)
        except AttendanceRefused as refusal:
            refused[line.registration.uid] = refusal
            continue
        if mark is not None:
            mark.batch = batch
            new.append((mark, old))
    if refused:
        raise LinesRefused(refused)
    if not new:
        return None
    write(new, at=at)
    recount(meeting, [mark.registration_id for mark, _old in new], at=at)
    return batch


def marks_of(meeting: Meeting, registrations: list[int]) -> dict[int, Evidence]:
    """Return the standing marks by hand of these registrations (keys)."""
    marks = Evidence.objects.standing().filter(meeting=meeting, source__in=BY_HAND)
    return {
        mark.registration_id: mark
        for mark in marks.filter(registration__in=registrations).select_related("registration__person")
    }


def mark_of(
    line: Line, meeting: Meeting, old: Evidence | None, *, by: Actor, at: datetime
) -> Evidence | None:
    """Return the mark of one line; None where it says what stands already. Raises AttendanceRefused."""
    check_markable(line.registration, meeting, by=by, source=Source.SHEET)
    arrived, left = interval(meeting, Seen.PRESENT, line.arrived, line.left)
    if old and (old.seen, old.arrived_at, old.left_at) == (Seen.PRESENT, arrived, left):
        return None
    check_reason(old, line.reason, by=by, at=at)
    away = clip(from_pairs(old.away), (arrived, left)) if old and arrived and left else []
    return Evidence(
        meeting=meeting,
        registration=line.registration,
        source=Source.SHEET,
        seen=Seen.PRESENT,
        arrived_at=arrived,
        left_at=left,
        away=as_pairs(one for one in away if one.start != arrived and one.end != left),
        presenting=old.presenting if old else False,
        at=at,
        reason=line.reason.strip(),
        **acted(by),
    )


def write(new: list[tuple[Evidence, Evidence | None]], *, at: datetime) -> None:
    """Write marks, and say of each that stood that it was replaced by its own."""
    replaced = [old for _mark, old in new if old]
    Evidence.objects.filter(pk__in=[old.pk for old in replaced]).update(replaced_at=at)
    Evidence.objects.bulk_create(mark for mark, _old in new)
    for mark, old in new:
        if old:
            old.replaced_at, old.replaced_by = at, mark
    Evidence.objects.bulk_update(replaced, ["replaced_by"])


@transaction.atomic
def undo(*, meeting: Meeting, batch: uuid.UUID, by: Actor, at: datetime) -> int:
    """Take back a batch that was typed in, but for what was corrected since; return how many marks.

    What stood before stands again.
    """
    meeting = locked(meeting)
    check_standing(meeting)
    return take_back_batch(meeting, batch, reason=_("sign-in sheet, undone"), by=by, at=at)


def may_mark(registration: Registration, by: Person) -> bool:
    """Return whether ``by`` types in this line: nobody marks themselves."""
    return registration.person_id != by.pk


def batches(meeting: Meeting) -> list[Batch]:
    """Return what was typed in at once and stands, the newest first; one statement."""
    marks = Evidence.objects.standing().filter(meeting=meeting, source=Source.SHEET, batch__isnull=False)
    found = marks.order_by("-at").values_list("batch", "by_name", "at").annotate(number=Count("pk"))
    return [Batch(*one) for one in found]
