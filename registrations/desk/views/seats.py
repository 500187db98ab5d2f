"""The staff page of a network's seats: one table, limits, places in the room and online, reservations."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from meetings.planning.permissions import may_coordinate
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting
from registrations.desk.pages import seats as pages
from registrations.models import Reservation
from registrations.seats.domain import limiting, reserving, ways
from registrations.seats.forms.reserving import NumberForm, PlacesForm, ReserveForm, SectorForm
from stemnet.exceptions import Refused

Typed = dict[str, forms.Form]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_seats(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the seats of a network to its staff; coordinators set limits and reserve."""
    network = staffed_network_or_404(request, slug)
    may_edit, typed = may_coordinate(request.person, network), Typed()
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        if act(request, network, typed):
            messages.success(request, _("Saved."))
            return redirect("staff_seats", network.slug)
    return render(request, "registrations/desk/seats.html", context_of(network, may_edit, typed))


def context_of(network: Network, may_edit: bool, typed: Typed) -> dict[str, Any]:
    """Return all that the page shows, with the forms as they were typed."""
    at = timezone.now()
    places, rows = pages.places_of(network), pages.reservations_of(network, at=at)
    for one in places:
        key = f"m{one['meeting'].pk}"
        one["form"] = typed.get(key) or PlacesForm(meeting=one["meeting"])
    shown = [
        (
            one,
            typed.get(f"r{one.pk}") or NumberForm(network=network, reservation=one),
            one.until and one.until <= at,
        )
        for one in rows
    ]
    return {
        "network": network,
        "may_edit": may_edit,
        "figures": pages.figures_of(network, at=at),
        "sectors": pages.limits_of(network, at=at),
        "places": places,
        "reservations": shown,
        "sector_form": typed.get("sector") or SectorForm(),
        "reserve_form": typed.get("reserve") or ReserveForm(network=network),
    }


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do ``act`` where the form is filled in; a "no" stands above it. Return whether it was done."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def limit_sector(request: PortalRequest, network: Network, typed: Typed) -> bool:
    """Set, change or take off the limit of a sector."""
    typed["sector"] = form = SectorForm(request.POST)
    return done(form, lambda: limiting.limit_sector(network, **form.cleaned_data, **acting(request)))


def set_places(request: PortalRequest, network: Network, typed: Typed) -> bool:
    """Give one meeting its places."""
    meetings = {str(one.uid): one for one in network.meetings.select_related("network")}
    if (meeting := meetings.get(request.POST.get("meeting", ""))) is None:
        raise Http404
    typed[f"m{meeting.pk}"] = form = PlacesForm(request.POST, meeting=meeting)
    return done(form, lambda: ways.set_places(meeting, **form.cleaned_data, **acting(request)))


def reserve(request: PortalRequest, network: Network, typed: Typed) -> bool:
    """Reserve seats for an organization."""
    typed["reserve"] = form = ReserveForm(request.POST, network=network)

    def act() -> object:
        given = {**form.cleaned_data, "organization": form.cleaned_data["organization"].organization}
        return reserving.reserve_seats(network, **given, **acting(request))

    return done(form, act)


def change(request: PortalRequest, network: Network, typed: Typed) -> bool:
    """Change how many seats are reserved, and until when."""
    one = _reservation(request, network)
    typed[f"r{one.pk}"] = form = NumberForm(request.POST, network=network, reservation=one)
    return done(form, lambda: reserving.change_reservation(one, **form.cleaned_data, **acting(request)))


def end(request: PortalRequest, network: Network, typed: Typed) -> bool:
    """Give back what nobody uses."""
    one = _reservation(request, network)
    typed[f"r{one.pk}"] = form = NumberForm(network=network, reservation=one)
    try:
        reserving.give_back_rest(one, **acting(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return bool(form)


def _reservation(request: PortalRequest, network: Network) -> Reservation:
    """Return the reservation that a form is about. Raises Http404 for what is none of the network's."""
    rows = {str(one.uid): one for one in network.reservations.select_related("network", "organization")}
    if (one := rows.get(request.POST.get("reservation", ""))) is None:
        raise Http404
    return one


ACTS: dict[str, Callable[[PortalRequest, Network, Typed], bool]] = {
    "sector": limit_sector,
    "places": set_places,
    "reserve": reserve,
    "change": change,
    "end": end,
}
