"""Leaving a network, missing one meeting, choosing a working group."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Meeting
from partners.people.requests import PortalRequest, person_or_404
from registrations.models import ChosenWay, MeetingGuest, Registration
from registrations.seats.calendars import own_groups
from registrations.seats.domain import (
    groups,
    guests,
    place_wishes,
    team_meetings,
    waitlist,
    ways,
    withdrawing,
)
from registrations.seats.exceptions import WayRefused, WithdrawingRefused
from stemnet import wording
from stemnet.exceptions import Refused


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
        "automatic": waitlist.seats_are_automatic(registration.network, at=timezone.now()),
        "waiting": registration.network.registrations.waiting().exists(),
    }
    return render(request, "registrations/seats/leave_network.html", context)


@require_POST
def miss_meeting(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say that one misses a meeting, or with ``come`` that one comes after all; then go on ``here``."""
    mine = Registration.objects.seated().filter(person=request.person).values("network")
    guest_at = MeetingGuest.objects.filter(registration__person=request.person).values("meeting")
    teams = own_groups(person_or_404(request)).filter(network=None)
    theirs = Q(network__in=mine) | Q(pk__in=guest_at) | Q(network=None, working_group__in=teams)
    meetings = Meeting.objects.filter(theirs).select_related("network", "working_group")
    meeting = get_object_or_404(meetings, uid=uid)
    try:
        _say(request, meeting, comes="come" in request.POST)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        has_seat = mine.filter(network=meeting.network_id).exists()
        messages.success(request, _said(meeting, comes="come" in request.POST, has_seat=has_seat))
    if "group" in request.POST and meeting.working_group:
        return redirect(meeting.working_group)
    if "here" in request.POST or meeting.network is None:
        return redirect(meeting)
    return redirect("learning_network", slug=meeting.network.slug)


def _say(request: PortalRequest, meeting: Meeting, *, comes: bool) -> None:
    """Write it down: of a team's meeting by who they are, else by their seat."""
    now = timezone.now()
    if meeting.network is None:
        act = team_meetings.come_after_all if comes else team_meetings.miss_meeting
        act(person_or_404(request), meeting, at=now)
        return
    mine = own(request, meeting.network.slug)
    if not mine.is_seated and not comes:
        guests.cannot_come(meeting, person_or_404(request), at=now)
        return
    say = withdrawing.come_after_all if comes else withdrawing.miss_meeting
    say(mine, meeting, at=now)


def _said(meeting: Meeting, *, comes: bool, has_seat: bool) -> str:
    """Return what is answered."""
    words = _("You said you can't come on %(day)s.")
    if comes:
        words = _("Great, we'll see you on %(day)s.")
    elif has_seat:
        words = _("You said you can't come on %(day)s. You keep your seat in the network.")
    return words % {"day": wording.day(meeting.on)}


@require_POST
def choose_way(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Come to one meeting in the room or online, or be told when a place is free; then go on."""
    mine = Registration.objects.seated().filter(person=request.person).values("network")
    guest_at = MeetingGuest.objects.standing().filter(registration__person=request.person)
    theirs = Meeting.objects.filter(Q(network__in=mine) | Q(pk__in=guest_at.values("meeting")))
    meeting = get_object_or_404(theirs.select_related("network"), uid=uid)
    way, wish = request.POST.get("way", ""), request.POST.get("tell", "")
    if wish in (*ChosenWay.Way.values, "nothing"):
        _wish(request, meeting, wish)
    elif way in ChosenWay.Way.values:
        _choose(request, meeting, way)
    else:
        messages.error(request, _("Choose how you're coming."))
    if "here" in request.POST or meeting.network is None:
        return redirect(meeting)
    return redirect("learning_network", slug=meeting.network.slug)


def _choose(request: PortalRequest, meeting: Meeting, way: str) -> None:
    """Write the choice, and say what came of it."""
    registration = _coming(request, meeting)
    said = {"day": wording.day(meeting.on)}
    try:
        ways.choose_way(registration, meeting, way, at=timezone.now())
    except WayRefused as refused:
        messages.error(request, str(refused))
    else:
        in_room = way == ChosenWay.Way.ROOM
        words = (
            _("You're coming to the room on %(day)s.") if in_room else _("You're coming online on %(day)s.")
        )
        messages.success(request, words % said)


def _wish(request: PortalRequest, meeting: Meeting, way: str) -> None:
    """Have somebody told when a place is free that way, or of nothing."""
    registration = _coming(request, meeting)
    if way == "nothing":
        place_wishes.take_back(registration, meeting)
        messages.success(request, _("We won't e-mail you about a free place."))
        return
    try:
        place_wishes.ask(registration, meeting, way, at=timezone.now())
    except WayRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We'll e-mail you when a place is free. It isn't kept for you."))


def _coming(request: PortalRequest, meeting: Meeting) -> Registration:
    """Return the registration with which one comes to a meeting; one that doesn't is refused later."""
    mine = Registration.objects.filter(person=request.person, network=meeting.network_id)
    return mine.expected_at(meeting).first() or mine.seated().first() or mine[0]


@require_safe
def choose_group(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the working groups of a network, and which of them one is in."""
    registration = own(request, slug)
    network = registration.network
    mine = set(registration.group_memberships.current().values_list("working_group", flat=True))
    context = {
        "groups": [(group, group.pk in mine) for group in groups.with_members(network)],
        "network": network,
        "limit": network.groups_each,
    }
    return render(request, "registrations/seats/choose_group.html", context)
