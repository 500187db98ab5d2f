"""The partnership's own page, and the page that coordinators write it on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.models import TeamMember, WorkingGroup
from partners.models import Organization, Partnership, Person
from partners.people.domain import organizations
from partners.people.forms.partnership import PartnershipForm
from partners.people.permissions import may_edit_partnership
from partners.people.requests import PortalRequest


@login_not_required
@require_safe
def partnership(request: PortalRequest) -> HttpResponse:
    """Show names, host, lead organizations, region, sponsor, contact and teams."""
    person: Person | None = request.person
    one = Partnership.objects.select_related("host").first()
    leads = list(one.lead_organizations.order_by("name")) if one else []
    places = organizations.places(one.region_places) if one else []
    context: dict[str, Any] = {
        "one": one,
        "leads": leads,
        "places": places,
        "teams": _teams(person),
        "partners": Organization.objects.public().count(),
        "may_edit": may_edit_partnership(person),
    }
    return render(request, "registrations/public/partnership.html", context)


def partnership_edit(request: PortalRequest) -> HttpResponse:
    """Write the page of the partnership."""
    if not may_edit_partnership(request.person):
        raise PermissionDenied
    one = Partnership.objects.first() or Partnership()
    form = PartnershipForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The page of the partnership is saved."))
        return redirect("partnership")
    return render(request, "registrations/public/partnership_edit.html", {"form": form})


def _teams(person: Person | None) -> list[WorkingGroup]:
    """Return the teams with those who chose to be named, and whether ``person`` sits there."""
    named = TeamMember.objects.public().select_related("person")
    teams = WorkingGroup.objects.teams().prefetch_related(
        Prefetch("team_members", queryset=named, to_attr="named")
    )
    mine = TeamMember.objects.current().filter(person=person) if person else TeamMember.objects.none()
    by_team = {member.team_id: member for member in mine}
    found: list[Any] = list(teams.order_by("kind", "title"))
    for team in found:
        team.mine = by_team.get(team.pk)
    return found
