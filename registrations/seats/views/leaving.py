"""Leaving a network, missing one meeting, choosing a working group."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.models import Meeting
from partners.people.requests import PortalRequest
from registrations.models import Registration
from registrations.seats.domain import groups, seats, withdrawing
from registrations.seats.exceptions import RegistrationRefused, WithdrawingRefused
from registrations.seats.forms.group import ChooseGroupForm
from stemnet import wording


def own(request: PortalRequest, slug: str) -> Registration:
    """Return one's own registration in a network, the live one first; 404 where there is none."""
    mine = Registration.objects.filter(person=request.person, network__slug=slug).select_related(
        "network", "person"
    )
    found = mine.live().first() or mine.last()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def leave_network(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask once, then give the seat or the place in line up."""
    registration = own(request, slug)
    if request.method == "POST":
        try:
            withdrawing.leave_network(registration, by=registration.person, at=timezone.now())
        except WithdrawingRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("You've left %(network)s.") % {"network": registration.network})
        return redirect("learning_network", slug=slug)
    if not registration.is_live:
        messages.info(request, _("You've already left this network."))
        return redirect("learning_network", slug=slug)
    context = {
        "registration": registration,
        "network": registration.network,
        "automatic": seats.seats_are_automatic(registration.network, at=timezone.now()),
        "waiting": registration.network.registrations.waiting().exists(),
    }
    return render(request, "registrations/seats/leave_network.html", context)


@require_POST
def miss_meeting(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say that one misses a meeting, or with ``come`` that one comes after all; then go on ``here``."""
    mine = Registration.objects.seated().filter(person=request.person).values("network")
    meeting = get_object_or_404(Meeting.objects.filter(network__in=mine), uid=uid)
    registration = own(request, meeting.network.slug if meeting.network else "")
    comes = "come" in request.POST
    act = withdrawing.come_after_all if comes else withdrawing.miss_meeting
    try:
        act(registration, meeting, at=timezone.now())
    except WithdrawingRefused as refused:
        messages.error(request, str(refused))
    else:
        words = (
            _("Great, we'll see you on %(day)s.")
            if comes
            else _("You said you can't come on %(day)s. You keep your seat in the network.")
        )
        messages.success(
            request,
            words % {"day": wording.day(meeting.on)},
        )
    if "here" in request.POST:
        return redirect(meeting)
    return redirect("learning_network", slug=registration.network.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_group(request: PortalRequest, slug: str) -> HttpResponse:
    """Join, change or leave a working group."""
    registration = own(request, slug)
    current = registration.group_memberships.current().select_related("working_group").first()
    form = ChooseGroupForm(
        request.POST or None,
        network=registration.network,
        initial={"group": current.working_group if current else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            groups.choose_group(registration, form.cleaned_data["group"], at=timezone.now())
        except RegistrationRefused as refused:
            form.add_error("group", str(refused))
        else:
            messages.success(request, _("Your working group is saved."))
            return redirect("learning_network", slug=slug)
    context = {"form": form, "network": registration.network, "registration": registration}
    return render(request, "registrations/seats/choose_group.html", context)
