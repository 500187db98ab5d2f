"""Taking marks back: the old mark stays as evidence, with who took it back and why (docs/rules.md 6.1)."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor
from registrations.attendance.domain.attendance import (
    check_markable,
    check_standing,
    locked,
    may_undo,
    recount,
    standing_mark,
)
from registrations.attendance.exceptions import ReasonWanted
from registrations.models import Evidence, Registration, Source


@transaction.atomic
def clear_mark(
    *,
    registration: Registration,
    meeting: Meeting,
    by: Actor,
    at: datetime,
    pressed_at: datetime | None = None,
    reason: str,
) -> Evidence | None:
    """Take a mark by hand back, so that the person is not marked; return it. Raises ReasonWanted.

    Whoever made it less than two minutes before ``pressed_at`` needs no reason.
    """
    meeting = locked(meeting)
    check_markable(registration, meeting, by=by)
    mark = standing_mark(registration, meeting, Source.STAFF)
    if mark is None:
        return None
    if not reason.strip() and not may_undo(mark, by=by, at=pressed_at or at):
        raise ReasonWanted(sentence=_("Say why you're removing the mark."))
    take_back(mark, reason=reason.strip() or _("undone"), by=by, at=at)
    recount(meeting, [registration.pk], at=at)
    return mark


@transaction.atomic
def undo_mark(
    *,
    registration: Registration,
    meeting: Meeting,
    by: Actor,
    at: datetime,
    pressed_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Undo the mark that ``by`` just made; what stood before it stands again.

    After two minutes, or where somebody else made it, it is taken back for a reason. Raises ReasonWanted.
    """
    mark = clear_mark(
        registration=registration, meeting=meeting, by=by, at=at, pressed_at=pressed_at, reason=reason
    )
    before = mark.replaces.order_by("-at", "-pk").first() if mark and not reason.strip() else None
    if before is not None:
        before.replaced_at = before.replaced_by = None
        before.save(update_fields=["replaced_at", "replaced_by"])
        recount(meeting, [registration.pk], at=at)


@transaction.atomic
def undo_all_present(*, meeting: Meeting, batch: uuid.UUID, by: Actor, at: datetime) -> int:
    """Take back the marks of ``batch`` that nobody corrected since; return how many."""
    meeting = locked(meeting)
    check_standing(meeting)
    return take_back_batch(meeting, batch, reason=_("all present, undone"), by=by, at=at)


def take_back_batch(meeting: Meeting, batch: uuid.UUID, *, reason: str, by: Actor, at: datetime) -> int:
    """Take back the standing marks of ``batch``; what each of them replaced stands again. Return how many.

    The row of the meeting's network is locked.
    """
    marks = Evidence.objects.standing().filter(meeting=meeting, batch=batch)
    undone = dict(marks.values_list("pk", "registration"))
    marks.update(replaced_at=at, taken_back_by=str(by), taken_back_reason=reason)
    before = Evidence.objects.filter(replaced_by__in=undone)
    before.update(replaced_at=None, replaced_by=None)
    recount(meeting, list(undone.values()), at=at)
    return len(undone)


def take_back(mark: Evidence, *, reason: str, by: Actor, at: datetime) -> None:
    """Write down that ``by`` took ``mark`` back."""
    mark.replaced_at, mark.taken_back_by, mark.taken_back_reason = at, str(by), reason
    mark.save(update_fields=["replaced_at", "taken_back_by", "taken_back_reason"])
