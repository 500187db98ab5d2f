"""Finding organizations while somebody types."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.people.forms.organization_field import choices
from partners.people.requests import PortalRequest


@login_not_required
@require_safe
def organization_search(request: PortalRequest) -> HttpResponse:
    """Show at most 10 organizations for the words in the field named ``of``, else in ``q``.

    With ``listed`` no words are kept of one that is not listed.
    """
    name = request.GET.get("of", "q")[:60]
    found = choices(request.GET.get(name, ""))
    context = {**found, "name": name, "only_listed": "listed" in request.GET}
    return render(request, "partners/people/_organization_choices.html", context)
