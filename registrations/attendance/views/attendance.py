"""The attendance desk: tick, times, absent, everyone, complete; with and without JavaScript."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Meeting
from meetings.planning.domain.leads import is_lead
from partners.models import Person
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import attendance, completing, roster, taking_back
from registrations.attendance.exceptions import AttendanceRefused, ReasonWanted
from registrations.attendance.forms.attendance import CLEAR, UNDO, MarkForm, ReopenForm
from registrations.attendance.forms.typed_spans import reshaped
from registrations.attendance.pages.desk import desk_page
from registrations.models import Registration, Source


def markable(request: PortalRequest, uid: UUID) -> Meeting:
    """Return a meeting whose attendance the asker takes, else 404."""
    meetings = Meeting.objects.markable_by(person_or_404(request))
    return get_object_or_404(meetings.select_related("network", "working_group"), uid=uid)


def back(request: PortalRequest, meeting: Meeting, row: str = "") -> HttpResponse:
    """Go back to the desk, to the row that was worked on and with the search that was on."""
    words = request.POST.get("q", "")
    query, fragment = {"q": words} if words else None, f"row-{row}" if row else None
    return redirect(reverse("staff_meeting", args=[meeting.uid], query=query, fragment=fragment))


@never_cache
@require_safe
def staff_meeting(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show who is here, absent and not marked at one meeting."""
    return desk_page(request, markable(request, uid), open_row=request.GET.get("open", ""))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_mark(request: PortalRequest, uid: UUID, registration: UUID) -> HttpResponse:
    """Mark one person, or open their row to type times."""
    meeting = markable(request, uid)
    reachable = roster.reachable(meeting, viewer=person_or_404(request))
    person = get_object_or_404(reachable.select_related("person", "network"), uid=registration)
    if request.method != "POST":
        query, fragment = {"open": registration}, f"row-{registration}"
        return redirect(reverse("staff_meeting", args=[uid], query=query, fragment=fragment))
    if "more" in request.POST or "without" in request.POST:
        form = with_other_rows(request, meeting, str(registration))
        return desk_page(request, meeting, form=form, open_row=str(registration))
    form = MarkForm(request.POST, meeting=meeting, row=str(registration))
    if form.is_valid() and write(request, meeting, person, form):
        return back(request, meeting, str(registration))
    return desk_page(request, meeting, form=form, open_row=str(registration), status=422)


def with_other_rows(request: PortalRequest, meeting: Meeting, row: str) -> MarkForm:
    """Return the form as it was typed, with a pair of times more or without one; nothing is saved."""
    sent = request.POST.dict()
    without = sent.get("without", "")
    times = reshaped(sent, without=int(without) if without.isdecimal() else 0, more="more" in sent)
    others = {"reason": sent.get("reason", ""), "presenting": "presenting" in sent}
    return MarkForm(meeting=meeting, row=row, initial={**times, **others})


def write(request: PortalRequest, meeting: Meeting, person: Registration, form: MarkForm) -> bool:
    """Let the domain write the mark; what it refuses is said at the form."""
    try:
        mark(form.cleaned_data, person, meeting, by=person_or_404(request), at=timezone.now())
    except ReasonWanted as wanted:
        form.add_error("reason", str(wanted))
    except AttendanceRefused as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def mark(
    values: dict[str, Any],
    person: Registration,
    meeting: Meeting,
    *,
    by: Person,
    at: datetime,
    pressed_at: datetime | None = None,
) -> None:
    """Write a mark, or take one back, as the form says. Raises AttendanceRefused."""
    common = {
        "registration": person,
        "meeting": meeting,
        "by": by,
        "at": at,
        "pressed_at": pressed_at,
        "reason": values["reason"],
    }
    if values["seen"] == CLEAR:
        taking_back.clear_mark(**common)
    elif values["seen"] == UNDO:
        taking_back.undo_mark(**common)
    else:
        typed = {name: values[name] for name in ("arrived", "left", "away", "presenting")}
        attendance.mark_attendance(**common, **typed, seen=values["seen"], source=source(meeting, by))


def source(meeting: Meeting, by: Person) -> str:
    """Return whether staff or the group's lead marks."""
    group = meeting.working_group
    leads = group is not None and is_lead(group, by)
    return Source.LEAD if leads else Source.STAFF


@require_POST
def staff_mark_everyone(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Mark everyone who is not marked as present."""
    meeting = markable(request, uid)
    try:
        attendance.mark_all_present(meeting=meeting, by=person_or_404(request), at=timezone.now())
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    return back(request, meeting)


@require_POST
def staff_undo_everyone(request: PortalRequest, uid: UUID, batch: UUID) -> HttpResponse:
    """Take back the marks that were made together."""
    meeting = markable(request, uid)
    try:
        undone = taking_back.undo_all_present(
            meeting=meeting,
            batch=batch,
            by=person_or_404(request),
            at=timezone.now(),
        )
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(number)s mark was removed.", "%(number)s marks were removed.", undone)
        messages.success(request, words % {"number": undone})
    return back(request, meeting)


@require_POST
def staff_complete(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say that attendance is complete."""
    meeting = markable(request, uid)
    try:
        completing.complete_attendance(meeting, by=person_or_404(request), at=timezone.now())
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Attendance is complete. You can still make changes."))
    return back(request, meeting)


@require_POST
def staff_reopen(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take back that attendance is complete, for a reason."""
    meeting = markable(request, uid)
    form = ReopenForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        completing.reopen_attendance(meeting, by=person_or_404(request), at=timezone.now(), reason=reason)
        messages.success(request, _("Attendance is open again."))
    else:
        messages.error(request, _("Say why attendance isn't complete after all."))
    return back(request, meeting)
