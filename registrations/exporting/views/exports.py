"""Exports for staff: the list, defining one, its first rows, and its file."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.models import Person, local_day
from partners.models.people.local_time import zone_of_partnership
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.exporting.domain import defining, making
from registrations.exporting.domain.presets import PRESETS
from registrations.exporting.exceptions import ExportChanged, ExportRefused
from registrations.exporting.forms.defining import ExportForm, initial_from, initial_of
from registrations.exporting.pages.exports import listed, others, preview, reach_words
from registrations.exporting.permissions import may_export
from registrations.models import ExportDelivery, ExportSchedule, SavedExport
from stemnet import wording
from stemnet.exceptions import CellNotExact


def exporter_or_404(request: PortalRequest) -> Person:
    """Return the person who asks. Raises Http404 for whoever is staff of no network."""
    person = person_or_404(request)
    if not may_export(person):
        raise Http404
    return person


def export_or_404(request: PortalRequest, uid: UUID) -> SavedExport:
    """Return an export that the asker may use: their own, or one that is shared."""
    found = SavedExport.objects.visible_to(exporter_or_404(request)).select_related("owner", "organization")
    return get_object_or_404(found, uid=uid)


def own_export_or_404(request: PortalRequest, uid: UUID) -> SavedExport:
    """Return an export of the asker's own."""
    found = SavedExport.objects.editable_by(exporter_or_404(request)).select_related("owner", "organization")
    return get_object_or_404(found, uid=uid)


@never_cache
@require_safe
def exports(request: PortalRequest) -> HttpResponse:
    """List the exports that one may use, and what a new one can begin with."""
    person = exporter_or_404(request)
    context = {"exports": listed(person), "presets": PRESETS.values(), "person": person}
    return render(request, "registrations/exporting/exports.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: PortalRequest) -> HttpResponse:
    """Define a new export, with the columns of a preset to begin with."""
    person = exporter_or_404(request)
    preset = PRESETS.get(request.GET.get("begin", "")) or PRESETS["people"]
    if request.method != "POST":
        initial = {**initial_from(preset), "uid": uuid4()}
        return _form_page(request, ExportForm(by=person, initial=initial), preset=preset)
    form = ExportForm(request.POST, by=person)
    if form.is_valid():
        uid = form.cleaned_data["uid"] or uuid4()
        try:
            made = defining.save_new(form.plan(), begin=preset.key, uid=uid, **acting(request))
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The export is saved. Here are its first rows."))
            return redirect("export", made.uid)
    return _form_page(request, form, preset=preset, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_edit(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Change which rows one's export has, and in which form it is written."""
    found = own_export_or_404(request, uid)
    person = exporter_or_404(request)
    if request.method != "POST":
        form = ExportForm(by=person, export=found, initial=initial_of(found))
        return _form_page(request, form, export=found)
    form = ExportForm(request.POST, by=person, export=found)
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            defining.change(found, form.plan(), seen=seen, **acting(request))
        except ExportChanged as refusal:
            typed = request.POST.copy()
            typed["seen"] = str(SavedExport.objects.get(pk=found.pk).edition)
            form = ExportForm(typed, by=person, export=found)
            form.add_error(None, str(refusal))
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("export", uid)
    return _form_page(request, form, export=found, status=422)


def _form_page(
    request: PortalRequest, form: ExportForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form}
    return render(request, "registrations/exporting/export_form.html", context, status=status)


@never_cache
@require_safe
def export(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show one export: its networks, its first rows, and the button that makes its file."""
    return export_page(request, export_or_404(request, uid))


def export_page(
    request: PortalRequest,
    found: SavedExport,
    *,
    delivery: ExportDelivery | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page of an export, as one opened it or by the link of ``delivery``; and a refusal."""
    person = exporter_or_404(request)
    schedule = ExportSchedule.objects.filter(export=found).first()
    try:
        shown = preview(found, person, at=timezone.now())
    except ExportRefused as nothing:
        shown, refusal = None, refusal or str(nothing)
    context = {
        "export": found,
        "is_own": found.owner_id == person.pk,
        "delivery": delivery,
        "until": wording.day(local_day(delivery.until)) if delivery else "",
        "schedule": schedule,
        "next_time": wording.moment(schedule.next_at, zone_of_partnership().key) if schedule else "",
        "may_take_over": person.is_coordinator and found.owner_id != person.pk,
        "networks": reach_words(found, person),
        "others": others(found, person),
        "preview": shown,
        "refusal": refusal,
    }
    return render(request, "registrations/exporting/export.html", context, status=status)


@never_cache
@require_POST
def export_file(request: PortalRequest, uid: UUID) -> HttpResponseBase:
    """Hand out the file, for the rows that the asker may see now; a large one becomes a job with progress."""
    found, person, now = export_or_404(request, uid), exporter_or_404(request), timezone.now()
    try:
        if making.is_large(found, person):
            back = reverse("export", args=[uid])
            return redirect(making.start(found, back=back, by=person, at=now))
        file = making.make_file(found, person, at=now)
    except (CellNotExact, ExportRefused) as refusal:
        return export_page(request, found, refusal=str(refusal), status=422)
    return FileResponse(file, as_attachment=True, filename=making.file_name(found, at=now))


@never_cache
@require_POST
def export_copy(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Make a copy that is one's own, and can be changed."""
    made = defining.copy(export_or_404(request, uid), **acting(request))
    messages.success(request, _("This is your own copy. Change it as you like."))
    return redirect("export", made.uid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_delete(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Ask once more, and delete one's own export."""
    found = own_export_or_404(request, uid)
    if request.method == "POST":
        defining.delete(found)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
        return redirect("exports")
    return render(request, "registrations/exporting/export_delete.html", {"export": found})
