"""The page of a private link to a seat that somebody else asked for; only a POST changes anything."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest
from registrations.models import SeatInvitation
from registrations.seats.domain import invited_seats, seat_invitations
from registrations.seats.emails import parties
from registrations.seats.exceptions import AlreadyRegistered, RegistrationRefused, SeatInvitationOver
from registrations.seats.forms.invited import InvitedForm

VOID = "registrations/seats/seat_invitation_void.html"


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_invitation(request: PortalRequest, token: str) -> HttpResponse:
    """Show whose seat it is and what is asked; take the answer, or that they can't come."""
    one, at = invited_seats.invitation_of(token), timezone.now()
    if one is None:
        return render(request, VOID, status=404)
    try:
        invited_seats.check_live(one, at=at)
        if request.method == "POST" and "decline" in request.POST:
            seat_invitations.decline(one, at=at)
            return redirect(request.path)
    except SeatInvitationOver as over:
        return render(request, VOID, {"over": over, "invitation": one, "network": one.network})
    return _answer(request, one)


def _answer(request: PortalRequest, one: SeatInvitation) -> HttpResponse:
    """Draw the form, or register whom it is about."""
    initial = {
        **one.answers,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "organization": one.workplace,
    }
    form = InvitedForm(request.POST or None, invitation=one, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            seat_invitations.accept(one, form.answers(), at=timezone.now())
        except AlreadyRegistered as refused:
            form.add_error(None, str(refused))
        except (RegistrationRefused, SeatInvitationOver) as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(request.path)
    context = {"invitation": one, "network": one.network, "form": form}
    context |= {"asked": parties.asked_words(one), "kept": parties.kept_words(one)}
    context["meetings"] = one.network.meetings.own().standing().order_by("starts_at")
    return render(request, "registrations/seats/seat_invitation.html", context)
