"""Coming to one meeting as a guest: the form, and the code that proves the address."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meetings.models import Meeting, Network
from partners.models import Organization
from partners.people.domain.organizations import Workplace
from partners.people.requests import PortalRequest
from registrations.seats.domain import coming_once, mail_codes
from registrations.seats.emails import substituting as emails
from registrations.seats.exceptions import GuestRefused, WayRefused
from registrations.seats.forms.code import CodeForm
from registrations.seats.forms.guests import GuestForm
from registrations.seats.forms.who import initial_of_person
from stemnet import codes
from stemnet.exceptions import CodeRefused

KEPT = "guest"


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def come_as_guest(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show the form to come to one meeting; take it at once of who is signed in, else send a code."""
    meeting, network, at = *_asked(request, slug, uid), timezone.now()
    if over := coming_once.why_not(meeting, network, at=at):
        return _page(request, meeting, network, over=over)
    known = initial_of_person(request.person) if request.person else {}
    form = GuestForm(
        request.POST or None, meeting=meeting, network=network, person=request.person, initial=known
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, meeting, network, form.typed(), at=at)
        except (GuestRefused, WayRefused, CodeRefused) as refused:
            form.add_error(None, str(refused))
    return _page(request, meeting, network, form=form)


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest_code(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take the code from the mail, in the browser that sent the form; typed again, it shows the same."""
    meeting, network, at = *_asked(request, slug, uid), timezone.now()
    kept = request.session.get(KEPT, {})
    if kept.get("meeting") != str(meeting.uid):
        return redirect("come_as_guest", slug=slug, uid=uid)
    if kept.get("done"):
        return _page(request, meeting, network, done=True)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes.check_kept(kept["code"], typed=form.cleaned_data["code"], at=at)
            coming_once.come(meeting, **_who(kept["typed"]), address=kept["typed"]["address"], at=at)
        except CodeRefused as refused:
            form.add_error("code", str(refused))
        except (GuestRefused, WayRefused) as refused:
            return _page(request, meeting, network, over=str(refused))
        else:
            request.session[KEPT] = {"meeting": str(meeting.uid), "done": True}
            return redirect(request.path)
    return _page(request, meeting, network, code_form=form, address=kept["typed"]["address"])


def _asked(request: PortalRequest, slug: str, uid: UUID) -> tuple[Meeting, Network]:
    """Return the meeting of a network that this visitor sees; else 404."""
    network = get_object_or_404(Network.objects.visible_to(request.person), slug=slug)
    return get_object_or_404(network.meetings.select_related("network"), uid=uid), network


def _take(
    request: PortalRequest, meeting: Meeting, network: Network, typed: dict[str, Any], *, at: datetime
) -> HttpResponse:
    """Let who is signed in come at once; else mail a code. Raises GuestRefused, WayRefused, CodeRefused."""
    if person := request.person:
        who = _who(typed)
        coming_once.come_signed_in(meeting, person, workplace=who["workplace"], way=who["way"], at=at)
        return redirect(meeting)
    client = mail_codes.client_of(request.client_address)
    mail_codes.check_limits(address=typed["address"], client=client, at=at)
    uid, code = codes.keep(at=at)
    emails.guest_code(network, meeting, typed, code=code, key=str(uid), at=at)
    request.session[KEPT] = {"meeting": str(meeting.uid), "code": str(uid), "typed": typed}
    return redirect("guest_code", slug=network.slug, uid=meeting.uid)


def _who(typed: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed as the domain takes it."""
    key = typed["organization"]
    organization = Organization.objects.filter(pk=key).first() if key else None
    names = {name: typed[name] for name in ("first_name", "last_name", "way")}
    return {
        **names,
        "workplace": Workplace(organization, "" if organization else typed["organization_words"]),
    }


def _page(request: PortalRequest, meeting: Meeting, network: Network, **said: Any) -> HttpResponse:
    """Draw one of the steps: the form, the code, done, or why not."""
    return render(request, "registrations/seats/guest.html", {"meeting": meeting, "network": network, **said})
