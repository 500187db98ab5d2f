"""Typing in the sign-in sheet: all lines at once, undone at once; and the QR in each line of the paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Meeting
from partners.models import Person
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import attendance, roster, sheet
from registrations.attendance.exceptions import AttendanceRefused, LinesRefused, ReasonWanted
from registrations.attendance.forms.sheet import SheetRow, lines_of, lost_lines
from registrations.attendance.pages.desk import where
from registrations.attendance.views.attendance import markable
from registrations.models import Registration
from stemnet.paper_codes import normal_code

PAGE = 150  # each line has up to five fields, and a form has at most a thousand


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_sheet_type(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the lines of the sheet in its order, and write down what was typed into them."""
    meeting, viewer = markable(request, uid), person_or_404(request)
    page = Paginator(sheet.on_sheet(meeting), PAGE).get_page(request.GET.get("page"))
    rows = rows_of(page, meeting, viewer)
    if request.method != "POST":
        for row in rows:
            row.show(meeting)
        return typing_page(request, meeting, page, rows)
    lines = lines_of(rows, request.POST.dict(), meeting)
    if not any(row.errors for row in rows) and saved(request, meeting, rows, lines):
        query = {"page": page.number} if page.number > 1 else None
        return redirect(reverse("staff_sheet_type", args=[uid], query=query))
    return typing_page(request, meeting, page, rows, status=422)


def rows_of(page: Page[Registration], meeting: Meeting, viewer: Person) -> list[SheetRow]:
    """Return the lines of one page, each with the mark that stands."""
    people = list(page)
    marks = sheet.marks_of(meeting, [one.pk for one in people])
    return [
        SheetRow(number, one, marks.get(one.pk), is_me=not sheet.may_mark(one, viewer))
        for number, one in enumerate(people, start=page.start_index())
    ]


def saved(request: PortalRequest, meeting: Meeting, rows: list[SheetRow], lines: list[sheet.Line]) -> bool:
    """Let the domain write the lines; what it refuses is said at each."""
    by, now = person_or_404(request), timezone.now()
    try:
        batch = sheet.type_in(meeting=meeting, lines=lines, by=by, at=now)
    except LinesRefused as refused:
        for row in rows:
            if one := refused.lines.get(row.registration.uid):
                row.errors["why" if isinstance(one, ReasonWanted) else "in"] = str(one)
        return False
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Saved.") if batch else _("Nothing was new, so nothing was changed."))
    if lost := lost_lines(rows, request.POST.dict()):
        words = ngettext(
            "%(number)s line wasn't saved: that person isn't on this page of the sheet anymore. "
            "Look at the desk.",
            "%(number)s lines weren't saved: those people aren't on this page of the sheet anymore. "
            "Look at the desk.",
            lost,
        )
        messages.warning(request, words % {"number": lost})
    return True


def typing_page(
    request: PortalRequest,
    meeting: Meeting,
    page: Page[Registration],
    rows: list[SheetRow],
    status: int = 200,
) -> HttpResponse:
    """Draw the page; one line that can't be read keeps all others as they were typed."""
    now = timezone.now()
    context: dict[str, Any] = {
        **where(meeting, person_or_404(request)),
        "rows": rows,
        "page_obj": page,
        "wrong": sum(bool(row.errors) for row in rows),
        "can_mark": not meeting.is_cancelled and not attendance.is_early(meeting, at=now),
        "batches": sheet.batches(meeting),
    }
    return render(request, "registrations/attendance/sheet_type.html", context, status=status)


@require_POST
def staff_sheet_undo(request: PortalRequest, uid: UUID, batch: UUID) -> HttpResponse:
    """Take back everything that was typed in at once."""
    meeting = markable(request, uid)
    try:
        undone = sheet.undo(meeting=meeting, batch=batch, by=person_or_404(request), at=timezone.now())
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(number)s mark was removed.", "%(number)s marks were removed.", undone)
        messages.success(request, words % {"number": undone})
    return redirect("staff_sheet_type", uid=uid)


@never_cache
@require_safe
def sheet_line(request: PortalRequest, meeting: int, code: str) -> HttpResponse:
    """Go from the QR in a line of the paper to that person's row at the desk."""
    held = get_object_or_404(Meeting.objects.markable_by(person_or_404(request)), pk=meeting)
    people = roster.reachable(held, viewer=person_or_404(request))
    one = get_object_or_404(people, door_code=normal_code(code))
    query, fragment = {"open": one.uid}, f"row-{one.uid}"
    return redirect(reverse("staff_meeting", args=[held.uid], query=query, fragment=fragment))
