"""The partnership's own page, and the page that coordinators write it on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.models import Organization, Partnership
from partners.people.domain import organizations
from partners.people.forms.partnership import PartnershipForm
from partners.people.permissions import may_edit_partnership
from partners.people.requests import PortalRequest
from stemnet import panels
from stemnet.public_pages import public_page


@login_not_required
@public_page
@require_safe
def partnership(request: PortalRequest) -> HttpResponse:
    """Show names, host, lead organizations, region, sponsor and contact, and what upper apps add."""
    person, now = request.person, timezone.now()
    one = Partnership.objects.select_related("host").first()
    leads = list(one.lead_organizations.order_by("plain_name", "pk")) if one else []
    places = organizations.places(one.region_places) if one else []
    context = {
        "one": one,
        "leads": leads,
        "places": places,
        "panels": panels.of("partnership", one, person=person, at=now),
        "acts": panels.of("partnership_acts", one, person=person, at=now),
        "partners": Organization.objects.public().count(),
        "may_edit": may_edit_partnership(person),
    }
    return render(request, "partners/people/partnership.html", context)


def partnership_edit(request: PortalRequest) -> HttpResponse:
    """Write the page of the partnership."""
    if not may_edit_partnership(request.person):
        raise PermissionDenied
    one = Partnership.objects.first() or Partnership()
    form = PartnershipForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The partnership's page is saved."))
        return redirect("partnership")
    return render(request, "partners/people/partnership_edit.html", {"form": form})
