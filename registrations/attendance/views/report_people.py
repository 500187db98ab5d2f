"""What staff say of the files and the visitors of a report: columns, letters, who it is, left out."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.models import Meeting
from partners.models import Person
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import report_deciding, report_files, report_importing
from registrations.attendance.domain.report_deciding import Answer
from registrations.attendance.domain.report_matching import Match
from registrations.attendance.domain.report_people import Someone
from registrations.attendance.domain.report_plan import Plan
from registrations.attendance.domain.report_reading import content_of, read_part
from registrations.attendance.domain.walking_in import walk_in
from registrations.attendance.exceptions import AttendanceRefused, ReportChanged
from registrations.attendance.forms.reports import (
    ColumnsForm,
    EncodingForm,
    OrderForm,
    VisitorForm,
    answers_in,
)
from registrations.attendance.forms.walk_in import WalkInForm
from registrations.attendance.imports.lines import Preview
from registrations.attendance.pages.desk import where
from registrations.attendance.pages.reports import only_minutes, read_plan, visitor_context, walk_in_initial
from registrations.attendance.views.reports import open_report, report_or_404
from registrations.attendance.views.walk_in import saying_at
from registrations.models import AttendanceReport
from registrations.seats.domain import seats


@require_POST
def staff_report_decide(request: PortalRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Keep what was decided on the list, and go back to it."""
    meeting, found = report_or_404(request, uid, report)
    viewer = person_or_404(request)
    plan = read_plan(found, meeting, viewer=viewer)
    try:
        answers = answers_in(request.POST, plan.matches, plan.people)
        check_answers(plan, answers)
        report_deciding.decide(found, answers, by=viewer)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
        return open_report(request, meeting, found, typed=request.POST, status=422)
    return redirect(found)


@require_POST
def staff_report_confirm(request: PortalRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Import a report as it was seen, with what was decided on the list but not saved yet, or say why not."""
    meeting, found = report_or_404(request, uid, report)
    by, leave_out = person_or_404(request), "leave_out" in request.POST
    seen = request.POST.get("seen", "")
    if any(name.startswith(("who-", "minutes-")) for name in request.POST):
        try:
            seen = seen_once_decided(request.POST, found, meeting, seen=seen, by=by)
        except ReportChanged as refusal:
            messages.error(request, str(refusal))
            return redirect(found)
        except AttendanceRefused as refusal:
            messages.error(request, str(refusal))
            return open_report(request, meeting, found, typed=request.POST, status=422)
    try:
        job = report_importing.start(found, seen=seen, leave_out=leave_out, by=by, at=timezone.now())
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("We're importing the report.") if job else _("The report was imported.")
        messages.success(request, done)
    return redirect(found)


def seen_once_decided(
    data: QueryDict, report: AttendanceReport, meeting: Meeting, *, seen: str, by: Person
) -> str:
    """Keep what was decided on the list; return the fingerprint of what was seen and is decided now.

    Minutes that we filled in and nobody touched are no decision. Raises AttendanceRefused, and ReportChanged
    where the list was not as it was seen: what was decided is kept.
    """
    plan = read_plan(report, meeting, viewer=by)
    answers = answers_in(data, plan.matches, plan.people)
    for one in plan.matches:
        filled = only_minutes(plan, one)
        if filled and answers.get(one.visitor.key) == Answer(minutes=int(filled)):
            del answers[one.visitor.key]
    if answers:
        check_answers(plan, answers)
        report_deciding.decide(report, answers, by=by)
    if plan.fingerprint != seen:
        raise ReportChanged
    report.refresh_from_db()
    return read_plan(report, meeting, viewer=by).fingerprint if answers else seen


def check_answers(plan: Plan, answers: dict[str, Answer]) -> None:
    """Raise AttendanceRefused for minutes that the report does not allow."""
    for one in plan.matches:
        minutes = answers[one.visitor.key].minutes if one.visitor.key in answers else None
        if minutes is not None:
            report_deciding.check_minutes(plan, one, minutes)


def visitor_or_404(
    request: PortalRequest, uid: UUID, report: UUID, visitor: str
) -> tuple[Meeting, AttendanceReport, Plan, Match]:
    """Return an open report of a meeting, what importing it would write, and one of its visitors."""
    meeting, found = report_or_404(request, uid, report)
    plan = read_plan(found, meeting, viewer=person_or_404(request))
    match = plan.named(visitor)
    if match is None or found.state != found.State.OPEN:
        raise Http404
    return meeting, found, plan, match


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_report_person(request: PortalRequest, uid: UUID, report: UUID, visitor: str) -> HttpResponse:
    """Say who one visitor is: somebody found by name, several people, or nobody who counts."""
    _meeting, found, plan, match = visitor_or_404(request, uid, report, visitor)
    viewer = person_or_404(request)
    form = VisitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report_deciding.decide(found, {match.visitor.key: answer(request, plan, match, form)}, by=viewer)
        except AttendanceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(reverse("staff_report", args=[uid, report]))
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    context = {
        **visitor_context(plan, match, viewer=viewer, words=words, ticked=ticked(request, plan)),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/attendance/report_person.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_report_walk_in(request: PortalRequest, uid: UUID, report: UUID, visitor: str) -> HttpResponse:
    """Register and seat somebody whom a report names; the report says when they were there."""
    meeting, found, _plan, match = visitor_or_404(request, uid, report, visitor)
    full = meeting.network is not None and seats.free_seats(meeting.network, at=timezone.now()) < 1
    form = WalkInForm(request.POST or None, meeting=meeting, full=full, initial=walk_in_initial(match))
    del form.fields["arrived"]
    if request.method == "POST" and form.is_valid():
        by, now = person_or_404(request), timezone.now()
        with saying_at(form):
            came = walk_in(meeting=meeting, by=by, at=now, is_marked=False, **form.cleaned_data)
            report_deciding.decide(found, {match.visitor.key: Answer(who=[came], remember=True)}, by=by)
            return redirect(found)
    context = {**where(meeting, person_or_404(request)), "form": form, "full": full, "report": found}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/attendance/walk_in.html", context, status=status)


def ticked(request: PortalRequest, plan: Plan) -> list[Someone] | None:
    """Return whom the form that was sent has ticked; None where none was sent."""
    return plan.people.chosen(request.POST.getlist("who")) if request.method == "POST" else None


def answer(request: PortalRequest, plan: Plan, match: Match, form: VisitorForm) -> Answer:
    """Return what was said of one visitor. Raises AttendanceRefused."""
    said, minutes, remember = (
        request.POST.get("say", ""),
        form.cleaned_data["minutes"],
        form.cleaned_data["remember"],
    )
    if said == "again":
        return Answer(again=True)
    if said == "out":
        return Answer(out=True, remember=remember)
    if minutes is not None:
        report_deciding.check_minutes(plan, match, minutes)
    chosen = ticked(request, plan) or []
    report_deciding.check_chosen(chosen, minutes)
    return Answer(who=chosen, minutes=minutes, remember=remember)


@require_POST
def staff_report_file_reading(request: PortalRequest, uid: UUID, report: UUID, file: UUID) -> HttpResponse:
    """Say how one file is read: its letters, its order of day and month, or which columns are which."""
    meeting, found = report_or_404(request, uid, report)
    kept = get_object_or_404(found.files, uid=file)
    kept.report = found
    preview = read_part(kept, content_of(kept), meeting=meeting).preview
    form = said_of(request.POST, preview)
    if not form.is_valid() and isinstance(form, ColumnsForm):
        return open_report(request, meeting, found, pointed=form, status=422)
    try:
        if form.is_valid():
            by, header = person_or_404(request), preview.header if preview else ""
            report_files.set_reading(kept, form.cleaned_data, header=header, by=by, at=timezone.now())
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def said_of(data: QueryDict, preview: Preview | None) -> Form:
    """Return the form that was sent: of the columns, of the letters, or of the order of day and month."""
    if preview is not None:
        return ColumnsForm(data, preview=preview)
    return EncodingForm(data) if "encoding" in data else OrderForm(data)


@require_POST
def staff_report_file_drop(request: PortalRequest, uid: UUID, report: UUID, file: UUID) -> HttpResponse:
    """Take one file out of an open report."""
    _meeting, found = report_or_404(request, uid, report)
    kept = get_object_or_404(found.files, uid=file)
    kept.report = found
    try:
        left = report_files.drop_file(kept)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    return redirect(found) if left else redirect("staff_reports", uid)
