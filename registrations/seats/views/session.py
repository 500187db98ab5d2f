"""An information session: a short form, no code, no login; leaving by a signed link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from partners.people.requests import PortalRequest
from registrations.seats.domain import mail_codes, registering, visiting, withdrawing
from registrations.seats.domain.occupancy import SeatedNetwork
from registrations.seats.exceptions import RegistrationRefused, WithdrawingRefused
from registrations.seats.forms.who import SessionForm, initial_of_person
from stemnet.exceptions import CodeRefused

THANKED = "thanked"


def register_for_session(request: PortalRequest, network: SeatedNetwork) -> HttpResponse:
    """Show and take the short form; the answer is the same for everyone."""
    at = timezone.now()
    if request.method == "POST":
        form = SessionForm(request.POST, network=network)
        if form.is_valid():
            try:
                visiting.attend_session(
                    network=network,
                    answers=form.answers(),
                    client=mail_codes.client_of(request.client_address),
                    at=at,
                )
            except (CodeRefused, RegistrationRefused) as refused:
                form.add_error(None, str(refused))
            else:
                request.session[THANKED] = network.slug
                return redirect(f"{request.path}?sent=1")
        return show_form(request, network, form)
    if "sent" in request.GET and request.session.get(THANKED) == network.slug:
        return render(request, "registrations/seats/session_done.html", {"network": network})
    if no := registering.refusal(network, at=at):
        return show_closed(request, network, no)
    person = request.person
    initial = {**initial_of_person(person), "party_size": 1} if person else {}
    return show_form(request, network, SessionForm(network=network, initial=initial))


def show_closed(request: PortalRequest, network: Network, refused: RegistrationRefused) -> HttpResponse:
    """Draw the page of a "no"; its ``code`` says which one it is."""
    context = {"network": network, "refused": refused}
    return render(request, "registrations/seats/register_closed.html", context)


def show_form(request: PortalRequest, network: Network, form: SessionForm) -> HttpResponse:
    """Draw the short form, with the date."""
    meetings = network.meetings.own().standing().order_by("starts_at")
    return render(
        request, "registrations/seats/session.html", {"network": network, "form": form, "meetings": meetings}
    )


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_session(request: PortalRequest, slug: str, token: str) -> HttpResponse:
    """Show the one button, and give the seat back when it is pressed."""
    network = get_object_or_404(Network.objects.published(), slug=slug)
    registration = withdrawing.registration_of(token)
    if registration is None or registration.network_id != network.pk or not network.is_information_session:
        return render(
            request,
            "registrations/seats/leave_session.html",
            {"network": network, "state": "void"},
            status=404,
        )
    state = "asked" if registration.is_live else "left"
    if request.method == "POST" and registration.is_live:
        try:
            withdrawing.leave_network(registration, by=registration.person, at=timezone.now())
        except WithdrawingRefused as refused:
            context = {"network": network, "state": "refused", "refused": str(refused)}
            return render(request, "registrations/seats/leave_session.html", context)
        return redirect(request.path)
    return render(request, "registrations/seats/leave_session.html", {"network": network, "state": state})
