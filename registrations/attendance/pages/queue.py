"""What a device is told of its queue: of each act what became of it, and the rows as they stand now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.forms import Form
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import roster
from registrations.attendance.forms.attendance import CLEAR
from registrations.attendance.forms.queue import QueuedAct
from registrations.attendance.forms.typed_spans import name_of, numbers_in
from registrations.attendance.pages.desk import figures, row_context
from registrations.models import Seen


class Asks(StrEnum):
    """What an act that was not done waits for."""

    REASON = "reason"
    ANYWAY = "anyway"
    FORM = "form"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Answer:
    """What became of one act: done, where it asks for nothing more."""

    act: QueuedAct
    pressed_at: datetime
    asks: Asks | None = None
    sentence: str = ""
    form: Form | None = None

    @property
    def mine(self) -> str:
        """Return what was pressed, in words."""
        fields = self.act.fields
        if self.act.row is None:
            return _("%(first)s %(last)s walked in") % {
                "first": fields.get("first_name", ""),
                "last": fields.get("last_name", ""),
            }
        if fields.get("seen") == Seen.ABSENT:
            return _("absent")
        if fields.get("seen") in (CLEAR, "undo"):
            return _("not marked")
        words = {"arrived": _("arrived %(time)s"), "left": _("left %(time)s"), "away": _("away %(time)s")}
        named = [
            (name, fields.get(name_of(name, number)))
            for number in numbers_in(fields)
            for name in ("arrived", "left")
        ]
        times = [
            words[name] % {"time": time} for name, time in [*named, ("away", fields.get("away"))] if time
        ]
        return ", ".join([_("here"), *times])


def queue_parts(
    request: PortalRequest, meeting: Meeting, answers: list[Answer], *, look: list[UUID]
) -> dict[str, Any]:
    """Return what the device shows: its answers, rows by their uid, and the figures of the desk."""
    viewer, now = person_or_404(request), timezone.now()
    wanted = {one.act.row for one in answers if one.act.row} | set(look)
    people = roster.reachable(meeting, viewer=viewer).filter(uid__in=wanted)
    rows = {one.uid: roster.row_of(one, meeting, viewer=viewer) for one in roster.with_marks(people, meeting)}
    context = figures(meeting, viewer, at=now)

    def drawn(part: str, **more: Any) -> str:
        return render_to_string(f"registrations/attendance/{part}.html", {**context, **more}, request)

    return {
        "answers": [
            {
                "key": str(one.act.key),
                "done": one.asks is None,
                "question": drawn("_question", answer=one, row=rows.get(one.act.row or UUID(int=0)))
                if one.asks
                else "",
            }
            for one in answers
        ],
        "rows": {str(uid): drawn("_row", **row_context(row, "", None, at=now)) for uid, row in rows.items()},
        "progress": drawn("_progress"),
        "actions": drawn("_desk_actions"),
        "acts": drawn("_desk_acts"),
    }
