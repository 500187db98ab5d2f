"""The answer of the invited, by a signed link and without a login; only a POST changes anything."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from partners.models import Invitation, Stage
from partners.people.exceptions import LinkRefused
from partners.people.requests import PortalRequest
from partners.prospects.domain import inviting
from partners.prospects.exceptions import InvitationRefused
from registrations.models import Registration
from registrations.seats.domain import invited, mail_codes
from registrations.seats.exceptions import RegistrationRefused
from registrations.seats.forms.invitation import InvitationForm
from stemnet import wording
from stemnet.exceptions import CodeRefused

ZONES = ("America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York")


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: PortalRequest, token: str) -> HttpResponse:
    """Show the invitation with the sessions ahead, and take the answer; a partner has nothing to answer."""
    try:
        one = inviting.invitation_of(token)
    except LinkRefused:
        return render(request, "registrations/seats/invitation_void.html", status=404)
    at = timezone.now()
    coming, ahead = invited.attending(one, at=at), invited.sessions(at=at)
    form = InvitationForm(request.POST or None, sessions=ahead, initial=_initial(one, coming))
    partner = one.organization.stage == Stage.PARTNER
    if request.method == "POST" and not partner and form.is_valid():
        try:
            invited.answer_invitation_with_seat(
                one, at=at, client=mail_codes.client_of(request.client_address), **form.given(one)
            )
        except (CodeRefused, InvitationRefused, RegistrationRefused) as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(request.path)
    context = {
        "invitation": one,
        "form": form,
        "partner": partner,
        "sessions": [_session(network) for network in ahead],
        "registered": coming,
        "stop_link": inviting.stop_link_of(one),
    }
    return render(request, "registrations/seats/invitation.html", context)


def _initial(one: Invitation, coming: list[Registration]) -> dict[str, Any]:
    """Return what was answered before, and who comes."""
    answer = "" if one.answer == Invitation.Answer.NONE else one.answer
    before = {"answer": answer, "reason": one.reason, "profile": one.profile, "party_size": 1}
    if coming:
        who = coming[0]
        before |= {"session": who.network.slug, "party_size": who.party_size}
        before |= {"first_name": who.person.first_name, "last_name": who.person.last_name}
    return before


def _session(network: Network) -> dict[str, Any]:
    """Return a session with its time in its own zone and what clocks elsewhere show then."""
    meeting = network.meetings.own().standing().order_by("starts_at").first()
    if meeting is None:
        return {"network": network}
    return {"network": network, "meeting": meeting, "elsewhere": elsewhere(meeting.starts_at, meeting.zone)}


def elsewhere(at: datetime, zone: str) -> list[str]:
    """Return the clock times of the other zones at that moment, from west to east."""
    own = wording.zone_name(at, zone)
    return [wording.held_until(at, one) for one in ZONES if wording.zone_name(at, one) != own]
