"""Giving one's seat to a colleague, and the page of the private link on which they take it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest
from registrations.models import Registration, Replacement
from registrations.seats.domain import replacing
from registrations.seats.exceptions import ReplacementOver, ReplacementRefused
from registrations.seats.forms.replacing import ColleagueForm, TakingForm
from registrations.seats.views.leaving import own
from registrations.seats.views.link_of_another import page_of_another

OVER = "registrations/seats/take_seat_over.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_my_seat(request: PortalRequest, slug: str) -> HttpResponse:
    """Show whom one asked, or the form to ask; only a POST asks or takes back."""
    registration, at = own(request, slug), timezone.now()
    if not registration.is_seated:
        messages.info(request, _("You don't have a seat in this network."))
        return redirect("learning_network", slug=slug)
    asked = registration.replacements.last()
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, registration, asked)
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            replacement = replacing.ask(registration, at=at, **form.cleaned_data)
        except ReplacementRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = {"name": replacement.name}
            messages.success(
                request, _("We e-mailed %(name)s. The seat stays yours until they take it.") % said
            )
            return redirect("give_my_seat", slug=slug)
    context = {
        "registration": registration,
        "network": registration.network,
        "asked": asked,
        "waits": asked is not None and asked.is_open(at=at),
        "over": replacing.can_ask(registration, at=at),
        "form": form,
    }
    return render(request, "registrations/seats/give_my_seat.html", context)


def _keep(request: PortalRequest, registration: Registration, asked: Replacement | None) -> HttpResponse:
    """Take back what was asked last."""
    try:
        if asked is not None:
            replacing.take_back(asked, at=timezone.now())
    except ReplacementOver as over:
        messages.error(request, str(over))
    else:
        messages.success(request, _("You're keeping your seat. The link no longer works."))
    return redirect("learning_network", slug=registration.network.slug)


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_seat(request: PortalRequest, token: str) -> HttpResponse:
    """Show whose seat it is and what is asked; take the answer, or that they can't come."""
    one, at = replacing.replacement_of(token), timezone.now()
    if one is None:
        return render(request, OVER, status=404)
    if other := page_of_another(request, one.address):
        return other
    network = one.registration.network
    try:
        replacing.check_open(one, network, at=at)
        if request.method == "POST" and "decline" in request.POST:
            replacing.decline(one, at=at)
            return redirect(request.path)
    except ReplacementOver as over:
        return render(request, OVER, {"over": over, "replacement": one, "network": network})
    form = TakingForm(request.POST or None, replacement=one, initial=_initial(one))
    if request.method == "POST" and form.is_valid():
        try:
            replacing.accept(one, form.answers(), at=at)
        except ReplacementOver:
            return redirect(request.path)
        except ReplacementRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(request.path)
    context = {"replacement": one, "giver": one.registration.person, "network": network, "form": form}
    context["meetings"] = network.meetings.own().standing().filter(ends_at__gt=at).order_by("starts_at")
    return render(request, "registrations/seats/take_seat.html", context)


def _initial(one: Replacement) -> dict[str, str]:
    return {"first_name": one.first_name, "last_name": one.last_name}
