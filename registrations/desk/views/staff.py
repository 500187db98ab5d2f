"""The staff desk: what is due now, and one page for each network."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.models import GroupLead, Network
from meetings.planning.permissions import may_coordinate_any
from meetings.planning.requests import staffed_network_or_404
from partners.models import local_day
from partners.people.domain import kept_forms, undelivered
from partners.people.requests import PortalRequest, person_or_404
from registrations.desk.domain import staff_duties
from registrations.desk.pages.due_lines import due_of
from registrations.desk.pages.meeting_lines import folded, meetings_of, seen_figures
from registrations.desk.pages.plots import plots_of
from registrations.desk.permissions import may_open_staff_pages, may_search
from registrations.messages.pages.listing import recent
from registrations.models import Evaluation
from registrations.seats.domain import groups, line_words, seats

AHEAD, NETWORKS, PAST = 3, 20, 40
LEADS = Prefetch("leads", GroupLead.objects.current().select_related("person"))


@never_cache
@require_safe
def staff(request: PortalRequest) -> HttpResponse:
    """Show what is due now in the networks one works for and the groups one leads."""
    if not may_open_staff_pages(request.user):
        raise Http404
    person, now = person_or_404(request), timezone.now()
    works = may_search(request.user)
    running = staff_duties.networks_running(person, at=now)
    page = Paginator(running, NETWORKS).get_page(request.GET.get("page"))
    evaluations = list(staff_duties.evaluations_open(person))
    dues, more_due = due_of(person, running, evaluations, at=now)
    context = {
        "account": kept_forms.account_of(person),
        "dues": dues,
        "more_due": more_due,
        "today": local_day(now),
        "now": now,
        "ahead": staff_duties.meetings_ahead(person, at=now)[:AHEAD],
        "page_obj": page,
        "networks": staff_duties.with_lacks(list(page)),
        "past": staff_duties.networks_over(person, at=now)[:PAST] if works else [],
        "groups": staff_duties.groups_of(person),
        "messages_sent": recent(person),
        "may_search": works,
        "may_set_up": person.is_coordinator,
        "may_edit_some": may_coordinate_any(person),
        "undelivered": undelivered.lines(at=now) if person.is_coordinator else [],
        **(plots_of(person, running, evaluations, at=now) if works else {}),
    }
    return render(request, "registrations/desk/home.html", context)


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
        "meetings": folded(meetings_of(network, at=now)),
        "groups": groups.with_members(network).prefetch_related(LEADS),
        "evaluation": Evaluation.objects.filter(end_of=network).first(),
        "may_edit": Network.objects.coordinated_by(person).filter(pk=network.pk).exists(),
        "line": line_of(network, waiting=figures.waiting, at=now),
        **seen_figures(network),
    }
    return render(request, "registrations/desk/network.html", context)


def line_of(network: Network, *, waiting: int, at: datetime) -> dict[str, Any]:
    """Return what the page says of a line: who goes first, why nobody moves, how it went before."""
    if not waiting:
        return {}
    return {
        "rule": network.line_words,
        "why": line_words.why_still(network, at=at),
        "odds": line_words.odds_of(network, at=at),
    }
