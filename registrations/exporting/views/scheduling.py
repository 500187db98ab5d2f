"""Sending an export by the clock: choosing when, the link that was sent, and taking over one that stopped."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from partners.models import local_day
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.exporting.domain import making, scheduling
from registrations.exporting.exceptions import ExportRefused
from registrations.exporting.forms.scheduling import ScheduleForm, initial_of
from registrations.exporting.views.exports import (
    export_or_404,
    export_page,
    exporter_or_404,
    own_export_or_404,
)
from registrations.models import ExportDelivery, ExportSchedule
from stemnet import wording
from stemnet.exceptions import CellNotExact


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_schedule(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Choose how often one's own export goes out, or that it doesn't."""
    found, person = own_export_or_404(request, uid), exporter_or_404(request)
    known = ExportSchedule.objects.filter(export=found).first()
    if request.method != "POST":
        form = ScheduleForm(initial=initial_of(known), export=found, by=person)
        return _page(request, form, export=found, schedule=known)
    if "stop" in request.POST:
        scheduling.unschedule(found)
        messages.success(request, _("It's not sent on a schedule anymore."))
        return redirect("export", uid)
    form = ScheduleForm(request.POST, export=found, by=person)
    if form.is_valid():
        readers = list(form.cleaned_data["readers"])
        try:
            scheduling.schedule(found, form.times(), readers, **acting(request))
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Everybody gets a link by e-mail."))
            return redirect("export", uid)
    return _page(request, form, export=found, schedule=known, status=422)


def _page(
    request: PortalRequest, form: ScheduleForm, *, status: int = 200, **context: object
) -> HttpResponse:
    return render(request, "registrations/exporting/schedule.html", {**context, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_sent(request: PortalRequest, uid: UUID) -> HttpResponseBase:
    """Open a link that one was sent, until it ends; the file has the rows that one may see now."""
    person, now = person_or_404(request), timezone.now()
    delivery = get_object_or_404(
        ExportDelivery.objects.filter(person=person).select_related("export__owner", "export__organization"),
        uid=uid,
    )
    found = delivery.export
    if not delivery.is_open(at=now):
        context = {"export": found, "until": wording.day(local_day(delivery.until))}
        return render(request, "registrations/exporting/sent_over.html", context, status=410)
    exporter_or_404(request)
    if request.method != "POST":
        return export_page(request, found, delivery=delivery)
    try:
        if making.is_large(found, person):
            return redirect(making.start(found, back=request.path, by=person, at=now))
        file = making.make_file(found, person, at=now)
    except (CellNotExact, ExportRefused) as refusal:
        return export_page(request, found, delivery=delivery, refusal=str(refusal), status=422)
    return FileResponse(file, as_attachment=True, filename=making.file_name(found, at=now))


@never_cache
@require_POST
def export_take_over(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Let a coordinator take over an export whose owner is no longer staff."""
    found = export_or_404(request, uid)
    try:
        scheduling.take_over(found, **acting(request))
    except ExportRefused as refusal:
        return export_page(request, found, refusal=str(refusal), status=409)
    messages.success(request, _("The export is yours now, and goes out again."))
    return redirect("export", uid)
