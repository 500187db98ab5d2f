"""Snow day: choose meetings, see who is told what, confirm."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Meeting, MeetingChange, Network
from meetings.planning.domain import moving
from meetings.planning.exceptions import MeetingsRefused
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, person_or_404
from registrations.desk.forms.changing import ChangeMeetingsForm
from registrations.seats.domain import audience
from registrations.seats.emails import changes as emails

SHOWN = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_change_meetings(request: PortalRequest, slug: str) -> HttpResponse:
    """Cancel or change meetings: the form, then the preview, then the act; a GET changes nothing."""
    network, now = staffed_network_or_404(request, slug), timezone.now()
    chosen = {"meetings": request.GET.getlist("meeting")}
    form = ChangeMeetingsForm(request.POST or None, network=network, at=now, initial=chosen)
    if request.method != "POST":
        return form_page(request, network, form)
    if not form.is_valid():
        return form_page(request, network, form, status=422)
    if "confirm" in request.POST:
        return act(request, network, form)
    return preview(request, network, form)


def preview(request: PortalRequest, network: Network, form: ChangeMeetingsForm) -> HttpResponse:
    """Show what would change, who would be told, and the mail; write nothing."""
    person, now = person_or_404(request), timezone.now()
    chosen, reason = list(form.cleaned_data["meetings"]), form.cleaned_data["reason"]
    try:
        changes = moving.planned(chosen, form.wanted(), by=person, at=now, reason=reason)
    except MeetingsRefused as refusal:
        return refused(request, network, form, str(refusal))
    if not changes:
        return refused(request, network, form, _("Nothing would change. That's how it already is."))
    told = audience.audience(changes, at=now)
    context = {
        "network": network,
        "form": form,
        "fields": [(name, value) for name, values in request.POST.lists() for value in values if kept(name)],
        "lines": [line(change) for change in changes],
        "reason": reason,
        "told": [hearer.person for hearer, _mine in told[:SHOWN]],
        "told_more": max(0, len(told) - SHOWN),
        "number": len(told),
        "mail": emails.preview(*told[0]) if told else None,
    }
    return render(request, "registrations/desk/change_preview.html", context)


def act(request: PortalRequest, network: Network, form: ChangeMeetingsForm) -> HttpResponse:
    """Do it, once, and say how many people are told."""
    person, now = person_or_404(request), timezone.now()
    chosen, reason = list(form.cleaned_data["meetings"]), form.cleaned_data["reason"]
    try:
        changes = moving.change_meetings(chosen, form.wanted(), by=person, at=now, reason=reason)
    except MeetingsRefused as refusal:
        return refused(request, network, form, str(refusal))
    if not changes:
        messages.info(request, _("Nothing to change. That's how it already is, so we didn't e-mail anyone."))
        return redirect("staff_network", slug=network.slug)
    number = len(audience.audience(changes, at=now))
    words = ngettext(
        "Done. We're e-mailing %(number)s person.", "Done. We're e-mailing %(number)s people.", number
    )
    messages.success(request, words % {"number": number})
    return redirect("staff_network", slug=network.slug)


def kept(name: str) -> bool:
    """Return whether the preview carries a field of the form on to the confirmation."""
    return name in ChangeMeetingsForm.base_fields


def line(change: MeetingChange) -> dict[str, Any]:
    """Return one change for the preview."""
    return {"change": change, "meeting": change.meeting, **emails.line(change, seated=True)}


def refused(request: PortalRequest, network: Network, form: ChangeMeetingsForm, words: str) -> HttpResponse:
    """Show the form again with the domain's no."""
    form.add_error(None, words)
    return form_page(request, network, form, status=422)


def form_page(
    request: PortalRequest, network: Network, form: ChangeMeetingsForm, status: int = 200
) -> HttpResponse:
    """Show the form, the meetings to come first."""
    chosen = {str(value) for value in (form["meetings"].value() or [])}
    listed = [(meeting, str(meeting.uid) in chosen) for meeting in form.listed]
    context = {
        "network": network,
        "form": form,
        "coming": by_day([one for one in listed if one[0].ends_at > form.at]),
        "over": [one for one in listed if one[0].ends_at <= form.at],
        "now": form.at,
    }
    return render(request, "registrations/desk/change.html", context, status=status)


def by_day(listed: list[tuple[Meeting, bool]]) -> list[dict[str, Any]]:
    """Return the meetings of each day, with the query that chooses all of them where they are several."""
    days = []
    for on, group in groupby(listed, key=lambda one: one[0].on):
        rows = list(group)
        chosen = urlencode([("meeting", meeting.uid) for meeting, _ticked in rows])
        days.append({"on": on, "rows": rows, "choose": chosen if len(rows) > 1 else ""})
    return days
