"""Reports of a meeting tool: bring the files, say how they are read, import them, take them back."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Meeting
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import attendance, report_files, report_importing
from registrations.attendance.domain.report_files import Brought
from registrations.attendance.exceptions import AttendanceRefused
from registrations.attendance.forms.reports import AddForm, ColumnsForm, TakeBackForm, TimesForm, UploadForm
from registrations.attendance.pages.desk import where
from registrations.attendance.pages.report_done import done_context
from registrations.attendance.pages.reports import read_plan, report_context
from registrations.attendance.views.attendance import markable
from registrations.models import AttendanceReport

State = AttendanceReport.State


def report_or_404(request: PortalRequest, uid: UUID, report: UUID) -> tuple[Meeting, AttendanceReport]:
    """Return a meeting whose attendance the asker takes, and one of its reports, else 404."""
    meeting = markable(request, uid)
    reports = AttendanceReport.objects.filter(meeting=meeting).select_related("job")
    found = get_object_or_404(reports, uid=report)
    found.meeting = meeting
    return meeting, found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_reports(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the reports of a meeting, and take files."""
    meeting, now = markable(request, uid), timezone.now()
    if meeting.network is None:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, initial={"zone": meeting.zone})
    if request.method == "POST" and form.is_valid():
        try:
            chosen, zone = form.cleaned_data["chosen"], form.cleaned_data["zone"]
            brought = report_files.bring(meeting, chosen, zone=zone, by=person_or_404(request), at=now)
        except AttendanceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if brought.report:
                say_refused(request, brought)
                return redirect(brought.report.get_absolute_url())
            for sentence in brought.refused:
                form.add_error("chosen", sentence)
    context = {
        **where(meeting, person_or_404(request)),
        "form": form,
        "reports": AttendanceReport.objects.filter(meeting=meeting).prefetch_related("files"),
        "can_mark": not meeting.is_cancelled and not attendance.is_early(meeting, at=now),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/attendance/reports.html", context, status=status)


def say_refused(request: PortalRequest, brought: Brought) -> None:
    """Say of each file that was not taken why not; the others were."""
    for sentence in brought.refused:
        messages.error(request, sentence)


@never_cache
@require_safe
def staff_report(request: PortalRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Show what becomes of everyone in a report, or what an imported one did."""
    meeting, found = report_or_404(request, uid, report)
    viewer, page = person_or_404(request), request.GET.get("page")
    if found.state != State.OPEN:
        context = done_context(found, meeting, viewer=viewer, page=page)
        return render(request, "registrations/attendance/report_done.html", context)
    return open_report(request, meeting, found)


def open_report(
    request: PortalRequest,
    meeting: Meeting,
    report: AttendanceReport,
    *,
    typed: Mapping[str, str] | None = None,
    pointed: ColumnsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show what is asked of an open report, and what importing it would change.

    ``typed`` and ``pointed`` are what was refused, to be mended.
    """
    viewer = person_or_404(request)
    plan = read_plan(report, meeting, viewer=viewer)
    context = report_context(
        report,
        plan,
        viewer=viewer,
        asked=request.GET.get("show", ""),
        page=request.GET.get("page"),
        at=timezone.now(),
        typed=typed or {},
        pointed=pointed,
    )
    return render(request, "registrations/attendance/report.html", context, status=status)


@require_POST
def staff_report_add(request: PortalRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Take more files of the same meeting into an open report."""
    meeting, found = report_or_404(request, uid, report)
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(form.errors["chosen"].as_data()[0].messages[0]))
        return redirect(found)
    try:
        brought = report_files.bring(
            meeting,
            form.cleaned_data["chosen"],
            zone=found.zone,
            report=found,
            by=person_or_404(request),
            at=timezone.now(),
        )
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        say_refused(request, brought)
    return redirect(found)


@require_POST
def staff_report_times(request: PortalRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Read the times of a report in another zone, or moved by hours."""
    _meeting, found = report_or_404(request, uid, report)
    form = TimesForm(request.POST)
    if form.is_valid():
        try:
            report_files.set_times(found, **form.cleaned_data)
        except AttendanceRefused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, _("Choose a time zone and hours from the lists."))
    return redirect(found)


@require_POST
def staff_report_take_back(request: PortalRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Take back every mark of a report, for a reason."""
    _meeting, found = report_or_404(request, uid, report)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you're taking this report back."))
        return redirect(found)
    reason, by = form.cleaned_data["reason"], person_or_404(request)
    try:
        number = report_importing.take_back(found, reason=reason, by=by, at=timezone.now())
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(number)s mark was removed.", "%(number)s marks were removed.", number)
        messages.success(request, words % {"number": number})
    return redirect(found)


@require_POST
def staff_report_discard(request: PortalRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Remove a report that nobody imported."""
    _meeting, found = report_or_404(request, uid, report)
    try:
        report_files.discard(found)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, _("The report is discarded, and we kept none of its files."))
    return redirect("staff_reports", uid)


@never_cache
@require_safe
def staff_report_file(request: PortalRequest, uid: UUID, report: UUID, file: UUID) -> HttpResponseBase:
    """Hand out a file as it came, as a download and never as a page of ours."""
    _meeting, found = report_or_404(request, uid, report)
    kept = get_object_or_404(found.files, uid=file)
    try:
        response = FileResponse(kept.file.open("rb"))
    except FileNotFoundError as gone:
        raise Http404 from gone
    response["Content-Type"] = "application/octet-stream"
    response["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
