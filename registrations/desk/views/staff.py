"""The staff desk: what is due now, and one page for each network."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.models import Network
from meetings.planning.permissions import may_coordinate_any
from meetings.planning.requests import staffed_network_or_404
from partners.memorandum.domain import coordinator_inbox
from partners.models import Position, local_day
from partners.people.domain import confirming_positions, undelivered
from partners.people.requests import PortalRequest, person_or_404
from registrations.desk.domain import staff_duties
from registrations.desk.pages.meeting_lines import meetings_of, seen_figures
from registrations.desk.permissions import may_open_staff_pages
from registrations.models import Evaluation
from registrations.seats.domain import seats

LISTED = 12
NETWORKS = 20


@never_cache
@require_safe
def staff(request: PortalRequest) -> HttpResponse:
    """Show what is due now in the networks one works for and the groups one leads."""
    if not may_open_staff_pages(request.user):
        raise Http404
    person = person_or_404(request)
    now = timezone.now()
    due = list(staff_duties.meetings_due(person, at=now)[: LISTED + 1])
    page = Paginator(staff_duties.networks_of(person, at=now), NETWORKS).get_page(request.GET.get("page"))
    context = {
        "due": due[:LISTED],
        "more_due": len(due) > LISTED,
        "ahead": staff_duties.meetings_ahead(person, at=now)[:4],
        "page_obj": page,
        "networks": staff_duties.with_lacks(list(page)),
        "groups": staff_duties.groups_of(person),
        "may_set_up": person.is_coordinator,
        "may_edit_some": may_coordinate_any(person),
        **(waits_for_coordinators() if person.is_coordinator else {}),
    }
    return render(request, "registrations/desk/home.html", context)


def waits_for_coordinators() -> dict[str, Any]:
    """Return what partners wait for, which only coordinators can do."""
    return {
        "to_confirm": confirming_positions.positions_waiting(today=local_day(timezone.now())).count(),
        "unlisted": Position.objects.unlinked().count(),
        "memoranda": coordinator_inbox.memoranda(),
        "undelivered": undelivered.lines(at=timezone.now()),
        "terms": coordinator_inbox.terms(on=local_day(timezone.now())),
    }


@never_cache
@require_safe
def staff_network(request: PortalRequest, slug: str) -> HttpResponse:
    """Show one network on one page: its figures, its meetings, and the ways to everything else."""
    network, now = staffed_network_or_404(request, slug), timezone.now()
    person = person_or_404(request)
    figures = staff_duties.networks_of(person, at=now).get(pk=network.pk)
    context = {
        "network": network,
        "figures": figures,
        "lacks": staff_duties.with_lacks([figures])[0].lacks,
        "free": seats.free_seats(network, at=now),
        "meetings": meetings_of(network, at=now),
        "evaluation": Evaluation.objects.filter(network=network).first(),
        "may_edit": Network.objects.coordinated_by(person).filter(pk=network.pk).exists(),
        **seen_figures(network),
    }
    return render(request, "registrations/desk/network.html", context)
