"""Who is at the table: the partnership, a team or a network against a list of who should be."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.models import Network, WorkingGroup
from partners.models import Person, RequiredList, local_day
from partners.people.domain.coverage import by_group, by_sector, compare_with_list
from partners.people.requests import PortalRequest, person_or_404
from registrations.desk.domain.coverage import Table, of_network, of_partnership, of_team

Choice = tuple[str, str]
MOST_NETWORKS = 100


@require_safe
def coverage(request: PortalRequest) -> HttpResponse:
    """Show what is met and what is missing; each figure opens its list."""
    tables = _tables(person_or_404(request))
    if not tables:
        raise PermissionDenied
    lists = list(RequiredList.objects.all())
    chosen = _chosen(lists, request.GET.get("list", ""))
    of = request.GET.get("of", "") or tables[0][0]
    if of not in dict(tables):
        raise Http404
    table = _table(of)
    seats = table.seats
    lines = compare_with_list(chosen.items.all(), seats) if chosen else []
    context = {
        "lists": lists,
        "chosen": chosen,
        "of": of,
        "tables": tables,
        "uncounted": table.uncounted,
        "seats": seats,
        "lines": lines,
        "missing": [line for line in lines if line.missing],
        "sectors": by_sector(seats),
        "groups": by_group(seats),
    }
    return render(request, "registrations/desk/coverage.html", context)


def _chosen(lists: list[RequiredList], slug: str) -> RequiredList | None:
    """Return the list that was asked for, else the first; None where there is none at all."""
    found = [one for one in lists if one.slug == slug]
    if slug and not found:
        raise Http404
    return next(iter(found or lists), None)


def _tables(person: Person) -> list[Choice]:
    """Return whose table one may look at: staff of their networks, coordinators of everything."""
    networks = Network.objects.published().staffed_by(person).order_by("-school_year", "title")
    found = [(f"network:{one.slug}", str(one)) for one in networks[:MOST_NETWORKS]]
    if not person.is_coordinator:
        return found
    teams = [(f"team:{one.uid}", str(one)) for one in WorkingGroup.objects.teams().order_by("title")]
    return [("partnership", _("The partnership")), *teams, *found]


def _table(of: str) -> Table:
    """Return who sits at that table, which is one of those that one may look at."""
    kind, _colon, name = of.partition(":")
    if kind == "team":
        return of_team(WorkingGroup.objects.teams().get(uid=name), on=local_day(timezone.now()))
    if kind == "network":
        return of_network(Network.objects.get(slug=name))
    return of_partnership(on=local_day(timezone.now()))
