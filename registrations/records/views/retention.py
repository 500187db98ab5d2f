"""Retention, for coordinators: the page, days of a class, legal holds."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.models import zone_of_partnership
from partners.people.requests import PortalRequest, coordinator_or_403
from registrations.records.domain import legal_holds
from registrations.records.forms.retention import DaysForm, HoldForm
from registrations.records.pages.retention import retention_context
from stemnet.exceptions import HoldRefused, RetentionRefused
from stemnet.models import LegalHold
from stemnet.retention import holds, policies, registry, sweeping


@never_cache
@require_safe
def retention(request: PortalRequest) -> HttpResponse:
    """Show how long each class is kept, what a run would delete now, holds, and the log."""
    coordinator_or_403(request)
    return render(request, "registrations/records/retention.html", retention_context(at=timezone.now()))


@require_POST
def retention_count(request: PortalRequest) -> HttpResponse:
    """Keep in the log what a run would delete now."""
    person = coordinator_or_403(request)
    sweeping.note_look(by=str(person), at=timezone.now())
    messages.success(request, _("The numbers are in the log below. Nothing was deleted."))
    return redirect("retention")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def retention_days(request: PortalRequest, key: str) -> HttpResponse:
    """Choose how many days a class is kept."""
    person, kept = coordinator_or_403(request), registry.kept_as(key)
    if kept is None or kept.rule:
        raise Http404
    days = policies.days_of(kept, policies.policies().get(key))
    form = DaysForm(request.POST or None, initial={"days": days})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            policies.change_days(
                kept, given["days"], reason=given["reason"], by=str(person), at=timezone.now()
            )
        except RetentionRefused as refusal:
            form.add_error("days", str(refusal))
        else:
            messages.success(request, _("The days are saved. The next daily run follows them."))
            return redirect("retention")
    context = {"form": form, "kept": kept, "by_default": policies.in_days(kept.default())}
    status = 422 if form.errors else 200
    return render(request, "registrations/records/retention_days.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def legal_hold(request: PortalRequest) -> HttpResponse:
    """Set a legal hold."""
    person, at = coordinator_or_403(request), timezone.now()
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            place = given["organization"]
            what = given["network"] or (place.organization if place else None)
            what = what or legal_holds.person_at(given["address"])
            legal_holds.hold(
                what,
                reason=given["reason"],
                ask=given["ask"],
                until=_end_of(given["until"]),
                by=person,
                at=at,
            )
        except HoldRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The hold is in effect. Nothing that it covers is deleted."))
            return redirect("retention")
    status = 422 if form.errors else 200
    return render(request, "registrations/records/legal_hold.html", {"form": form}, status=status)


@require_POST
def legal_hold_lift(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Lift a hold; pressed twice does no harm."""
    person = coordinator_or_403(request)
    holds.lift_hold(get_object_or_404(LegalHold, uid=uid), by=str(person), at=timezone.now())
    messages.success(request, _("The hold is lifted. What is due goes with the next daily run."))
    return redirect("retention")


def _end_of(day: date | None) -> datetime | None:
    """Return the end of a day where the partnership is."""
    return datetime.combine(day + timedelta(days=1), time(), zone_of_partnership()) if day else None
