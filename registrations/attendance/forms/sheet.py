"""What is typed on the page of the sign-in sheet: a row a line, with everything kept where one is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.models import Meeting
from registrations.attendance.domain.sheet import Line
from registrations.attendance.forms.wall_clock import instant_typed, typed
from registrations.models import Evidence, Registration, Seen

LONGEST_TIME, LONGEST_REASON = 20, 300


@dataclass
class SheetRow:
    """One line of the sheet as it is shown: what was typed, and what is wrong with it by field."""

    number: int
    registration: Registration
    mark: Evidence | None
    is_me: bool
    here: bool = False
    arrived: str = ""
    left: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what the names of its fields end with."""
        return str(self.registration.uid)

    def show(self, meeting: Meeting) -> None:
        """Show the mark that stands; times only where they are not simply start and end."""
        if self.mark is None or self.mark.seen != Seen.PRESENT:
            return
        self.here = True
        if self.mark.arrived_at != meeting.starts_at:
            self.arrived = typed(self.mark.arrived_at, meeting)
        if self.mark.left_at != meeting.ends_at:
            self.left = typed(self.mark.left_at, meeting)

    def take(self, data: Mapping[str, str]) -> None:
        """Take what was typed."""
        self.here = f"here-{self.key}" in data
        self.arrived = data.get(f"in-{self.key}", "").replace("\x00", "").strip()[:LONGEST_TIME]
        self.left = data.get(f"out-{self.key}", "").replace("\x00", "").strip()[:LONGEST_TIME]
        self.reason = data.get(f"why-{self.key}", "").replace("\x00", "").strip()[:LONGEST_REASON]

    def line(self, data: Mapping[str, str], meeting: Meeting) -> Line | None:
        """Return the line; None where it says nothing, or something wrong, which is then in ``errors``."""
        was = f"was-{self.key}" in data
        if not (self.here or self.arrived or self.left):
            if was and self.mark:
                self.errors["here"] = _("This person is marked as here. Remove the mark on the desk.")
            return None
        if was and self.mark is None:
            self.errors["here"] = _(
                "Somebody has removed this person's mark. To mark them again, save once more."
            )
        arrived = self.moment("in", self.arrived, meeting, self.mark.arrived_at if self.mark else None)
        left = self.moment("out", self.left, meeting, self.mark.left_at if self.mark else None)
        if self.errors:
            return None
        return Line(registration=self.registration, arrived=arrived, left=left, reason=self.reason)

    def moment(self, name: str, text: str, meeting: Meeting, stands: datetime | None) -> datetime | None:
        """Return a typed time, to the second where it is as it stands; None for none, or a wrong one."""
        if stands and text == typed(stands, meeting):
            return stands
        try:
            return instant_typed(text, meeting) if text else None
        except ValidationError as refusal:
            self.errors[name] = refusal.messages[0]
            return None


def lost_lines(rows: Iterable[SheetRow], data: Mapping[str, str]) -> int:
    """Return how many lines were typed of people who are on this page of the sheet no longer."""
    keys = {row.key for row in rows}
    typed = (name.partition("-") for name, value in data.items() if value.strip())
    return len({key for name, _dash, key in typed if name in ("here", "in", "out") and key not in keys})


def lines_of(rows: Iterable[SheetRow], data: Mapping[str, str], meeting: Meeting) -> list[Line]:
    """Take what was typed into ``rows``, and return the lines that say something."""
    found = []
    for row in rows:
        if row.is_me:
            continue
        row.take(data)
        if line := row.line(data, meeting):
            found.append(line)
    return found
