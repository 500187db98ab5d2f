"""Sending a colleague to one meeting, and the page of the private link on which they answer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meetings.models import Meeting
from partners.people.requests import PortalRequest
from registrations.models import Registration, Substitute
from registrations.seats.domain import substituting
from registrations.seats.exceptions import SubstituteOver, SubstituteRefused
from registrations.seats.forms.substituting import StandInForm, SubstituteForm
from registrations.seats.views.link_of_another import page_of_another
from stemnet import wording

OVER = "registrations/seats/stand_in_over.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_substitute(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show whom one asked to come to a meeting, or the form to ask; only a POST asks or takes back."""
    mine = Registration.objects.seated().filter(person=request.person)
    theirs = Meeting.objects.filter(network__in=mine.values("network")).select_related("network")
    meeting, at = get_object_or_404(theirs, uid=uid), timezone.now()
    registration = mine.select_related("network", "person").get(network=meeting.network_id)
    asked = registration.substitutes.filter(meeting=meeting).select_related("guest__registration__person")
    last = asked.last()
    if request.method == "POST" and "myself" in request.POST:
        return _take_back(request, meeting, last)
    form = SubstituteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            one = substituting.ask(registration, meeting, at=at, **form.cleaned_data)
        except SubstituteRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = _("We e-mailed %(name)s. We'll let you know what they say.")
            messages.success(request, words % {"name": one.name})
            return redirect("send_substitute", uid=uid)
    context = {
        "network": registration.network,
        "meeting": meeting,
        "asked": last,
        "waits": last is not None and last.waits(at=at),
        "over": substituting.why_not(registration, meeting, at=at),
        "form": form,
    }
    return render(request, "registrations/seats/send_substitute.html", context)


def _take_back(request: PortalRequest, meeting: Meeting, asked: Substitute | None) -> HttpResponse:
    """Come oneself after all."""
    try:
        if asked is not None:
            substituting.take_back(asked, at=timezone.now())
    except SubstituteOver as over:
        messages.error(request, str(over))
        return redirect("send_substitute", uid=meeting.uid)
    messages.success(request, _("Great, we'll see you on %(day)s.") % {"day": wording.day(meeting.on)})
    return redirect(meeting)


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: PortalRequest, token: str) -> HttpResponse:
    """Show who asks, and for which meeting; take the answer."""
    one, at = substituting.substitute_of(token), timezone.now()
    if one is None:
        return render(request, OVER, status=404)
    if other := page_of_another(request, one.address):
        return other
    about = {
        "substitute": one,
        "giver": one.registration.person,
        "network": one.registration.network,
        "meeting": one.meeting,
    }
    try:
        substituting.check_open(one, one.registration.network, at=at)
        if request.method == "POST" and "decline" in request.POST:
            substituting.decline(one, at=at)
            return redirect(request.path)
    except SubstituteOver as over:
        return render(request, OVER, {**about, "over": over})
    names = {"first_name": one.first_name, "last_name": one.last_name}
    form = StandInForm(request.POST or None, substitute=one, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            substituting.accept(one, form.coming(), at=at)
        except SubstituteOver:
            return redirect(request.path)
        except SubstituteRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(request.path)
    return render(request, "registrations/seats/stand_in.html", {**about, "form": form})
