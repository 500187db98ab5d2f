"""What the page of an imported report shows: its marks, and whom it left out."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Person
from registrations.attendance.domain.report_matching import What
from registrations.attendance.forms.reports import TakeBackForm
from registrations.attendance.pages.desk import where
from registrations.models import Attendance, AttendanceReport, Evidence
from stemnet.wording import hours_phrase

A_PAGE = 50


def done_context(
    report: AttendanceReport, meeting: Meeting, *, viewer: Person, page: str | None
) -> dict[str, Any]:
    """Return what the page of an imported report shows: its marks, and whom it left out."""
    marks = Evidence.objects.filter(meeting=meeting, batch=report.uid)
    ordered = marks.select_related("registration__person").order_by(
        "registration__person__plain_last_name", "registration__person__plain_first_name", "pk"
    )
    page_obj = Paginator(ordered, A_PAGE).get_page(page)
    people = [mark.registration.person_id for mark in page_obj]
    rows = Attendance.objects.filter(meeting=meeting, registration__person__in=people)
    counted = {row.registration_id: row for row in rows}
    return {
        **where(meeting, viewer),
        "report": report,
        "files": report.files.all(),
        "page_obj": page_obj,
        "marks": [(mark, counts_now(counted.get(mark.registration_id))) for mark in page_obj],
        "number": page_obj.paginator.count,
        "left_out": [left_words(one) for one in report.left_out],
        "form": TakeBackForm(),
    }


def counts_now(row: Attendance | None) -> str:
    """Return what counts for somebody at the meeting now."""
    return hours_phrase(row.minutes_counted + row.minutes_other_topic) if row else _("not marked")


def left_words(one: dict[str, str]) -> tuple[str, str]:
    """Return a name that was not imported, and why."""
    if one["what"] == What.ASK:
        return one["name"], _("not decided")
    if one["what"] == What.ELSEWHEN:
        return one["name"], _("not there during the meeting")
    return one["name"], _("left out")
