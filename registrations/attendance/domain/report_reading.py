"""A report as it is read now: its files, who is in them, and what has to be asked before anything counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from meetings.models import Meeting
from registrations.attendance.exceptions import ColumnsUnknown, ReportRefused
from registrations.attendance.imports.contents import opened
from registrations.attendance.imports.lines import Columns, Preview
from registrations.attendance.imports.pointing import preview_of
from registrations.attendance.imports.report import Report, read_report
from registrations.attendance.imports.tables import tables_of
from registrations.attendance.imports.visits import Visitor, likely_shift, visitors
from registrations.credit.domain.intervals import Interval
from registrations.models import AttendanceReport, ReportFile

GUESSED = "other"  # the layout of a table that no words of its header tell


@dataclass(frozen=True)
class Part:
    """One file as it is read: a report, or the table of one that nobody knows, or why it can't be read."""

    file: ReportFile
    report: Report | None = None
    preview: Preview | None = None
    refusal: str = ""
    other_day: date | None = None  # of another meeting, where day and month may stand the other way round

    @property
    def asks_for_names(self) -> bool:
        """Return whether somebody has to look at the names first: the encoding is a guess."""
        return self.report is not None and self.report.is_guessed and not self.file.encoding

    @property
    def is_clear(self) -> bool:
        """Return whether the file could be read and nothing is asked of it."""
        return self.report is not None and not self.asks_for_names and self.other_day is None

    @property
    def sample(self) -> list[str]:
        """Return names by which one sees whether the encoding is right: those with other letters first."""
        names = dict.fromkeys(line.name for line in self.report.lines) if self.report else {}
        return sorted(names, key=str.isascii)[:8]


@dataclass(frozen=True)
class Reading:
    """All files of a report together: the visitors, and by how many hours their times seem late."""

    report: AttendanceReport
    meeting: Meeting
    parts: Sequence[Part]
    visitors: Sequence[Visitor]
    likely_shift: int = 0

    @property
    def is_clear(self) -> bool:
        """Return whether every file could be read and nothing is asked of any."""
        return bool(self.parts) and all(part.is_clear for part in self.parts)

    @property
    def is_utc(self) -> bool:
        """Return whether the files say their zone themselves."""
        return bool(self.parts) and all(part.report and part.report.is_utc for part in self.parts)

    @property
    def window(self) -> Interval:
        """Return when the meeting is."""
        return Interval(self.meeting.starts_at, self.meeting.ends_at)

    @property
    def came(self) -> int:
        """Return how many were, or may have been, there during the meeting."""
        return sum(visitor.high != 0 for visitor in self.visitors)


def read_all(report: AttendanceReport, *, meeting: Meeting) -> Reading:
    """Read every file of ``report`` from where it is kept; asks the database for its files alone."""
    parts = [read_part(file, content_of(file), meeting=meeting) for file in report.files.all()]
    return together(report, meeting, ask_for_days(parts, meeting))


def ask_for_days(parts: Sequence[Part], meeting: Meeting) -> list[Part]:
    """Return the parts, with the day of another meeting where a file may as well be of that."""
    asked = {
        part.file.pk: part.report.otherwise
        for part in parts
        if part.report and part.report.otherwise and not part.file.date_order
    }
    if not asked or meeting.network is None:
        return list(parts)
    days = set(meeting.network.meetings.standing().exclude(pk=meeting.pk).values_list("on", flat=True))
    other = {key: next((day for day in otherwise if day in days), None) for key, otherwise in asked.items()}
    return [replace(part, other_day=other.get(part.file.pk)) for part in parts]


def content_of(file: ReportFile) -> bytes | None:
    """Return what is in a file; None where it is gone."""
    try:
        with file.file.open("rb") as kept:
            return bytes(kept.read())
    except FileNotFoundError:
        return None


def read_part(file: ReportFile, content: bytes | None, *, meeting: Meeting) -> Part:
    """Read one file as somebody said; what it asks or refuses is in the part."""
    if content is None:
        return Part(file, refusal=_("We no longer have this file. Upload it again."))
    try:
        report = read_report(
            content,
            file.name,
            day=meeting.on,
            zone=ZoneInfo(meeting.zone),
            columns=Columns(**file.columns) if file.columns else None,
            encoding=file.encoding or None,
            date_order=file.date_order or None,
        )
    except ColumnsUnknown as unknown:
        return Part(file, preview=unknown.preview)
    except ReportRefused as refusal:
        return Part(file, refusal=str(refusal))
    if report.layout == GUESSED and not file.columns:
        return Part(file, preview=preview_in(content, file.encoding))
    return Part(file, report=report)


def preview_in(content: bytes, encoding: str) -> Preview:
    """Return the table of a file whose columns were guessed by their values, for somebody to look at."""
    return preview_of(tables_of(opened(content, encoding=encoding or None).sheet))


def together(report: AttendanceReport, meeting: Meeting, parts: Sequence[Part]) -> Reading:
    """Return the visitors of all files, each person once, their times as somebody said of zone and hours."""
    reports = [part.report for part in parts if part.report]
    if not reports:
        return Reading(report, meeting, parts, [])
    window, zone = (meeting.starts_at, meeting.ends_at), ZoneInfo(report.zone)
    found = visitors(reports, window=window, zone=zone, shift=report.shift)
    late = likely_shift(reports, window=window, zone=zone)
    return Reading(report, meeting, parts, found, likely_shift=late)
