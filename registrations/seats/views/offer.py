"""The offer of a seat: one page with two buttons, for its owner signed in, and by the link of the mail."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest
from registrations.models import Offer
from registrations.seats.domain import offering
from registrations.seats.exceptions import RegistrationsRefused
from registrations.seats.pages import offer_context

ANSWERS = {"accept": offering.accept, "decline": offering.decline}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show one's own offer, and take the answer."""
    mine = offering.own_offers(request.person).filter(registration__network__slug=slug)
    return _page(request, get_object_or_404(mine, uid=uid), at=timezone.now())


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_link(request: PortalRequest, token: str) -> HttpResponse:
    """Do the same by the link of the mail, without signing in; opening it changes nothing."""
    found = offering.offer_of(token)
    if found is None:
        return render(request, "registrations/seats/offer_void.html", status=404)
    return _page(request, found, at=timezone.now())


def _page(request: PortalRequest, found: Offer, *, at: datetime) -> HttpResponse:
    """Take an answer and come back, or draw the page."""
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer is None:
        return render(request, "registrations/seats/offer.html", offer_context(found, at=at))
    try:
        answer(found, by=found.registration.person, at=at)
    except RegistrationsRefused as refused:
        messages.error(request, str(refused))
    return redirect(request.path)
