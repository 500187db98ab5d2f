"""The teams of the partnership: coordinators write them, members say whether they are named."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.groups.domain import team_attendance, teams
from meetings.groups.exceptions import NotOnTheTeam, TeamFull, TeamMeetingRefused
from meetings.groups.forms import JoinForm, TeamForm
from meetings.models import Meeting, WorkingGroup
from meetings.planning.domain.leads import set_leads
from partners.models import Person, local_day
from partners.people.requests import PortalRequest, acting, coordinator_or_403, person_or_403, person_or_404


def team_new(request: PortalRequest) -> HttpResponse:
    """Begin a team of the partnership."""
    coordinator_or_403(request)
    new = WorkingGroup(kind=WorkingGroup.Kind.LEADERSHIP_TEAM, joining=WorkingGroup.Joining.CLOSED)
    form = TeamForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        team = _saved(form)
        messages.success(request, _("The team is added. Now add its members."))
        return redirect("team_edit", team.uid)
    status = 422 if form.errors else 200
    return render(request, "meetings/groups/team.html", {"form": form}, status=status)


def team_edit(request: PortalRequest, uid: str) -> HttpResponse:
    """Write about a team, and see who sits on it."""
    coordinator_or_403(request)
    team = _team(uid)
    form = TeamForm(request.POST or None, instance=team)
    if request.method == "POST" and form.is_valid():
        _saved(form)
        messages.success(request, _("The team is saved."))
        return redirect("partnership")
    return _page(request, team, form, JoinForm(), status=422 if form.errors else 200)


@require_POST
def team_join(request: PortalRequest, uid: str) -> HttpResponse:
    """Put somebody on a team."""
    coordinator_or_403(request)
    team = _team(uid)
    join = JoinForm(request.POST)
    if not join.is_valid():
        return _page(request, team, TeamForm(instance=team), join, status=422)
    try:
        teams.join_team(team, person=join.cleaned_data["address"], on=local_day(timezone.now()))
    except TeamFull as full:
        join.add_error("address", str(full))
        return _page(request, team, TeamForm(instance=team), join, status=422)
    messages.success(request, _("They're on the team now. They choose whether their name is shown."))
    return redirect("team_edit", team.uid)


@require_POST
def team_leave(request: PortalRequest, uid: str) -> HttpResponse:
    """Take somebody off a team."""
    coordinator_or_403(request)
    team = _team(uid)
    now = timezone.now()
    try:
        person = _member(team, request.POST.get("member", ""))
        teams.leave_team(team, person=person, on=local_day(now), at=now)
    except NotOnTheTeam as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They're off the team. We keep a record that they were on it."))
    return redirect("team_edit", team.uid)


@require_POST
def team_listed(request: PortalRequest, uid: str) -> HttpResponse:
    """Let a member say whether the page of the partnership names them."""
    listed = request.POST.get("listed") == "yes"
    try:
        teams.choose_listed(_team(uid), person=person_or_403(request), listed=listed)
    except NotOnTheTeam as refusal:
        raise PermissionDenied from refusal
    messages.success(
        request, _("Your name is now shown here.") if listed else _("Your name is no longer shown.")
    )
    return redirect("partnership")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team_came(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Mark who came to a meeting of a team."""
    mine = Meeting.objects.markable_by(person_or_404(request)).select_related("working_group").distinct()
    meeting = get_object_or_404(mine.filter(network=None, working_group__network=None), uid=uid)
    if request.method == "POST":
        marks = {name: set(request.POST.getlist(name)) for name in ("listed", "was_here", "here")}
        try:
            team_attendance.mark(meeting, **marks, **acting(request))
        except TeamMeetingRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("team_came", uid)
        messages.success(request, _("It's saved who came."))
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "group": meeting.working_group,
        "people": team_attendance.people_of(meeting),
        "may_mark": meeting.starts_at <= timezone.now() and not meeting.is_cancelled,
    }
    return render(request, "meetings/groups/who_came.html", context)


def _team(uid: str) -> WorkingGroup:
    team: WorkingGroup = get_object_or_404(WorkingGroup.objects.teams(), uid=uid)
    return team


def _member(team: WorkingGroup, uid: str) -> Person:
    """Return who sits on ``team`` and has this uid. Raises NotOnTheTeam."""
    sits = team.team_members.current().select_related("person")
    found = next((row.person for row in sits if str(row.person.uid) == uid), None)
    if found is None:
        raise NotOnTheTeam
    return found


def _saved(form: TeamForm) -> WorkingGroup:
    with transaction.atomic():
        team = form.save()
        set_leads(team, form.cleaned_data["leads"], on=local_day(timezone.now()))
    return team


def _page(
    request: PortalRequest, team: WorkingGroup, form: TeamForm, join: JoinForm, *, status: int = 200
) -> HttpResponse:
    members = team.team_members.current().select_related("person")
    context = {"team": team, "form": form, "join": join, "members": members}
    return render(request, "meetings/groups/team.html", context, status=status)
