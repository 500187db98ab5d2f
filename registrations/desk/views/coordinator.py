"""The coordinator's desk: the list of networks, preview, publishing, cancelling and continuing one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from meetings.models import Network
from meetings.planning import permissions
from meetings.planning.domain import publishing, registration_window
from meetings.planning.exceptions import MeetingsRefused, NotReady, TitleTaken, WallTimeRefused
from meetings.planning.forms.dates import CloneForm
from meetings.planning.requests import coordinated_network_or_403
from partners.models import local_day
from partners.people.requests import PortalRequest, acting
from registrations.asking.domain import copying
from registrations.credit.domain.forecasting import forecast
from registrations.credit.domain.sessions import standing_sessions
from registrations.desk.domain import publishing_doubts
from registrations.desk.forms.coordinating import CancelForm, StaffNetworksForm
from registrations.public.pages.network_cards import cards_of, with_cards
from registrations.public.pages.network_page import network_context, with_page
from registrations.seats.domain import network_setup
from registrations.seats.domain.occupancy import OccupiedNetwork, Standing
from stemnet import wording

REGISTRATION_ACTS: dict[str, tuple[Callable[..., Network], Any]] = {
    "close": (
        registration_window.close_registration,
        gettext_lazy("Registration is closed. People who are registered or on the waitlist stay."),
    ),
    "open": (network_setup.open_registration, gettext_lazy("Registration is open.")),
}


class StaffNetworks(ListView[OccupiedNetwork]):
    """The networks that one coordinates, drafts included, newest school year first."""

    request: PortalRequest
    template_name = "registrations/desk/coordinator/networks.html"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[OccupiedNetwork]:
        """Return the networks that were asked for with what their rows show."""
        person = self.request.person
        if not permissions.may_coordinate_any(person):
            raise PermissionDenied
        mine = Network.objects.coordinated_by(person)
        years = list(mine.order_by("-school_year").values_list("school_year", flat=True).distinct())
        self.form = StaffNetworksForm(self.request.GET, years=years)
        networks = self.form.narrow(with_cards(mine, at=timezone.now()))
        return networks.order_by("-school_year", "title", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form, the rows of this page, and whether a new network may be begun."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "form": self.form,
            "cards": cards_of(context["object_list"]),
            "may_create": permissions.may_create_networks(self.request.person),
        }


def network_preview(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the public page as it will be, with what is missing and the button to publish it."""
    network, now = coordinated_network_or_403(request, slug), timezone.now()
    shown = with_page(Network.objects.filter(pk=network.pk), at=now).get()
    if network.status == Network.Status.DRAFT:
        as_published(shown, now)
    context = network_context(shown, person=None, at=now)
    plan = forecast(
        network,
        standing_sessions(shown.meetings.all()),
        code=network.credit_code,
        today=local_day(timezone.now()),
    )
    is_draft = network.status == Network.Status.DRAFT
    context |= {
        "forecast": plan,
        "is_draft": is_draft,
        "missing": list(publishing.missing(network).values()) if is_draft else [],
        "doubts": publishing_doubts.doubts_of(network, at=now) if is_draft else [],
    }
    return render(request, "registrations/desk/coordinator/preview.html", context)


def as_published(shown: OccupiedNetwork, now: datetime) -> None:
    """Let the annotated row of a draft say in memory what it will say once it is published."""
    closes_at = shown.closes_at()
    shown.status = Network.Status.PUBLISHED
    is_closed = closes_at is not None and closes_at <= now
    if is_closed:
        shown.standing = Standing.CLOSED
    else:
        shown.standing = Standing.SOON if shown.opens_after(now) else Standing.OPEN


@require_POST
def network_publish(request: PortalRequest, slug: str) -> HttpResponse:
    """Publish a draft; say what is missing on its page, or list what looks forgotten with the preview."""
    network = coordinated_network_or_403(request, slug)
    try:
        if publishing_doubts.publish(network, sure="sure" in request.POST, **acting(request)):
            return redirect("network_preview", network.slug)
    except NotReady as refusal:
        for sentence in refusal.missing.values():
            messages.error(request, sentence)
    except MeetingsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(network)s is published.") % {"network": network})
        return redirect(network)
    return redirect("network_edit", network.slug)


@require_POST
def network_unpublish(request: PortalRequest, slug: str) -> HttpResponse:
    """Make a network a draft again while nobody is registered."""
    network = coordinated_network_or_403(request, slug)
    try:
        network_setup.unpublish_network(network, **acting(request))
    except MeetingsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The network is a draft again. Only the people who work on it can see it.")
        )
    return redirect("network_edit", network.slug)


@require_POST
def network_registration(request: PortalRequest, slug: str, act: str) -> HttpResponse:
    """Close registration now, or open it now."""
    if act not in REGISTRATION_ACTS:
        raise Http404
    network = coordinated_network_or_403(request, slug)
    do, said = REGISTRATION_ACTS[act]
    try:
        do(network, **acting(request))
    except MeetingsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("network_edit", network.slug)


def network_cancel(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask why, then call the whole network off."""
    network, now = coordinated_network_or_403(request, slug), timezone.now()
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            network_setup.cancel_network(network, reason=form.cleaned_data["reason"], **acting(request))
        except MeetingsRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The network is cancelled. We're e-mailing everyone who is registered.")
            )
            return redirect(network)
    context = {
        "network": network,
        "form": form,
        "people": network.registrations.live().count(),
        "meetings": network.meetings.standing().filter(starts_at__gt=now).count(),
    }
    return render(request, "registrations/desk/coordinator/cancel.html", context)


def network_clone(request: PortalRequest, slug: str) -> HttpResponse:
    """Continue a network in another school year: ask for the year and its dates."""
    network = coordinated_network_or_403(request, slug)
    form = CloneForm(request.POST or None, initial={"year": next_year(network)})
    if request.method == "POST" and form.is_valid():
        try:
            copy = copying.clone(
                network, school_year=form.cleaned_data["year"], dates=form.found, **acting(request)
            )
        except TitleTaken as taken:
            form.add_error("year", str(taken))
        except WallTimeRefused as refusal:
            form.add_error("dates", str(refusal))
        except MeetingsRefused as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(request, _("Here's the draft for %(year)s.") % {"year": copy.school_year})
            return redirect("network_edit", copy.slug)
    meetings = network.meetings.own()
    context = {"network": network, "form": form, "meetings": meetings}
    return render(request, "registrations/desk/coordinator/clone.html", context)


def next_year(network: Network) -> str:
    """Return the school year after the network's own."""
    return wording.school_year(int(network.school_year[:4]) + 1)
