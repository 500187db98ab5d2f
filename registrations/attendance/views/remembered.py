"""Whom a network means by the names in its reports: looked at, and forgotten one by one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Network
from partners.people.requests import PortalRequest, person_or_404
from registrations.models import RememberedVisitor

PAGE = 100


def network_or_404(request: PortalRequest, slug: str) -> Network:
    """Return a network whose staff the asker is, else 404."""
    return get_object_or_404(Network.objects.staffed_by(person_or_404(request)), slug=slug)


@never_cache
@require_safe
def staff_remembered(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what is remembered of the names and addresses in a network's reports."""
    network = network_or_404(request, slug)
    rows = RememberedVisitor.objects.filter(network=network).select_related("person")
    page = Paginator(rows.order_by("key"), PAGE).get_page(request.GET.get("page"))
    context = {"network": network, "page_obj": page}
    return render(request, "registrations/attendance/remembered.html", context)


@require_POST
def staff_remembered_forget(request: PortalRequest, slug: str) -> HttpResponse:
    """Forget one of them; the next report asks again. What was imported stays as it is."""
    network = network_or_404(request, slug)
    found = RememberedVisitor.objects.filter(network=network, key=request.POST.get("key", "")).first()
    if found is None:
        messages.info(request, _("It's no longer remembered."))
    else:
        found.delete()
        forgotten = {"name": found.words}
        messages.success(request, _("“%(name)s” is forgotten. The next report asks who it is.") % forgotten)
    return redirect("staff_remembered", slug)
