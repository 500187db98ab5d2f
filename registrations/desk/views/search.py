"""One search box for the staff pages."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.people.requests import PortalRequest, person_or_404
from registrations.desk.domain import searching
from registrations.desk.permissions import may_search

MOST_SIGNS = 100


@never_cache
@require_safe
def staff_search(request: PortalRequest) -> HttpResponse:
    """Show the people, organizations, networks and documents that were looked for, each with its links."""
    if not may_search(request.user):
        raise Http404
    person = person_or_404(request)
    words = request.GET.get("q", "").replace("\x00", " ")[:MOST_SIGNS].strip()
    kinds = ("people", "organizations", "networks", "documents")
    found = {kind: getattr(searching, kind)(words, by=person) for kind in kinds} if words else {}
    context = {"words": words, "nothing": not any(one.rows for one in found.values()), **found}
    return render(request, "registrations/desk/search.html", context)
