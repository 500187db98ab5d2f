"""Who is at the table: the partnership, a team or a network against a list of who should be."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.models import Network, WorkingGroup
from partners.domain import coverage as covering
from partners.domain.coverage import Seat
from partners.models import RequiredList
from partners.permissions import may_lead_the_way
from registrations.domain import at_the_table
from registrations.views.asking import asker

Choice = tuple[str, str]
MOST_NETWORKS = 100


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show what is met and what is missing; each figure opens its list."""
    if not may_lead_the_way(asker(request)):
        raise PermissionDenied
    lists = list(RequiredList.objects.all())
    chosen = _chosen(lists, request.GET.get("list", ""))
    of = request.GET.get("of", "") or "partnership"
    seats = _seats(of)
    lines = covering.compare(chosen.items.all(), seats) if chosen else []
    context = {
        "lists": lists,
        "chosen": chosen,
        "of": of,
        "tables": _tables(),
        "seats": seats,
        "lines": lines,
        "missing": [line for line in lines if line.missing],
        "sectors": covering.by_sector(seats),
        "groups": covering.by_group(seats),
    }
    return render(request, "registrations/staff/coverage.html", context)


def _chosen(lists: list[RequiredList], slug: str) -> RequiredList | None:
    """Return the list that was asked for, else the first; None where there is none at all."""
    found = [one for one in lists if one.slug == slug]
    if slug and not found:
        raise Http404
    return next(iter(found or lists), None)


def _tables() -> list[Choice]:
    """Return whose table can be looked at: the partnership's, each team's, each published network's."""
    teams = [(f"team:{one.uid}", str(one)) for one in WorkingGroup.objects.teams().order_by("title")]
    networks = Network.objects.published().order_by("-school_year", "title")[:MOST_NETWORKS]
    return [
        ("partnership", _("The partnership")),
        *teams,
        *((f"network:{one.slug}", str(one)) for one in networks),
    ]


def _seats(of: str) -> list[Seat]:
    """Return who sits at that table. Raises Http404."""
    on = timezone.localdate()
    kind, _colon, name = of.partition(":")
    if kind == "team":
        found = [one for one in WorkingGroup.objects.teams() if str(one.uid) == name]
        if not found:
            raise Http404
        return at_the_table.of_team(found[0], on=on)
    if kind == "network":
        return at_the_table.of_network(get_object_or_404(Network, slug=name))
    if of != "partnership":
        raise Http404
    return at_the_table.of_partnership(on=on)
