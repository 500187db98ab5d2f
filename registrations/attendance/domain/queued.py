"""What waited on a device until there was a connection: each act is done once (docs/rules.md 6.5)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from meetings.models import Meeting
from registrations.attendance.domain.attendance import locked
from registrations.attendance.exceptions import CompletedMeanwhile
from registrations.models import AttendanceCompletion, DeskAct

LONGEST = timedelta(days=14)


def pressed_at(*, pressed: int, sent: int, at: datetime) -> datetime:
    """Return when something was pressed, by how long it waited on a device whose clock may be wrong.

    ``pressed`` and ``sent`` are milliseconds of the device's clock; the answer is never after ``at``, and at
    most two weeks before.
    """
    waited = timedelta(milliseconds=sent - pressed) if abs(sent - pressed) < 10**12 else LONGEST
    return at - min(max(waited, timedelta(0)), LONGEST)


@transaction.atomic
def do_once(
    act: Callable[[], object], *, key: UUID, meeting: Meeting, knows_complete: bool, at: datetime
) -> bool:
    """Do ``act``, unless what has its ``key`` was done before; return whether it was done now.

    Where it is refused, nothing is written and its key is free. Raises CompletedMeanwhile where somebody said
    that attendance is complete, and whoever pressed did not know.
    """
    meeting = locked(meeting)
    _act, is_new = DeskAct.objects.get_or_create(key=key, defaults={"meeting": meeting, "done_at": at})
    if not is_new:
        return False
    completion = AttendanceCompletion.objects.filter(meeting=meeting).first()
    if completion is not None and not knows_complete:
        raise CompletedMeanwhile(completion)
    act()
    return True
