"""What the page of an open report shows of its files: what they are, what is asked, how times are read."""

from typing import Any

from django.utils.translation import gettext as _

from meetings.planning.forms.fields import US_ZONES
from registrations.attendance.domain.report_plan import Plan
from registrations.attendance.domain.report_reading import Part
from registrations.attendance.forms.reports import (
    AddForm,
    ColumnsForm,
    EncodingForm,
    TimesForm,
    shift_words,
)
from registrations.models import AttendanceReport
from stemnet.wording import time_span


def files_context(report: AttendanceReport, plan: Plan, pointed: ColumnsForm | None) -> dict[str, Any]:
    """Return what is said and asked of the files and their times."""
    reading = plan.reading
    return {
        "files": [file_context(part, pointed) for part in reading.parts],
        "is_clear": reading.is_clear,
        "is_utc": reading.is_utc,
        "add_form": AddForm(),
        "times_form": TimesForm(initial={"zone": report.zone, "shift": report.shift}),
        "times": dict(US_ZONES).get(report.zone, report.zone),
        "shift_words": shift_words(report.shift) if report.shift else "",
        "off": off_words(plan) if reading.likely_shift != report.shift else "",
        "likely_shift": reading.likely_shift,
    }


def off_words(plan: Plan) -> str:
    """Return by how many hours the times of the files seem to be off."""
    reading, meeting = plan.reading, plan.reading.meeting
    window = time_span(meeting.starts_at, meeting.ends_at, meeting.zone)
    if not reading.likely_shift:
        return _("Without moving them, the times fit the meeting (%(window)s) better.") % {"window": window}
    return _("The times in these files seem to be %(hours)s for a meeting from %(window)s.") % {
        "hours": shift_words(reading.likely_shift),
        "window": window,
    }


def file_context(part: Part, pointed: ColumnsForm | None) -> dict[str, Any]:
    """Return what is said and asked of one file."""
    report = part.report
    return {
        "part": part,
        "file": part.file,
        "report": report,
        "columns_form": columns_form(part, pointed),
        "encoding_form": EncodingForm(
            initial={"encoding": report.encoding} if report else None, auto_id=f"{part.file.uid}-%s"
        ),
    }


def columns_form(part: Part, pointed: ColumnsForm | None) -> ColumnsForm | None:
    """Return the form of a table that nobody knows; the one that was refused, where it was this table's."""
    if part.preview is None:
        return None
    if pointed is not None and pointed.preview == part.preview:
        return pointed
    return ColumnsForm(preview=part.preview, auto_id=f"{part.file.uid}-%s")
