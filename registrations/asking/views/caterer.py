"""What a caterer sees by a private link, without signing in: the totals of one meeting, and no name."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.people.requests import PortalRequest
from registrations.asking.domain import caterers
from registrations.asking.domain.sheets import totals_sheet
from registrations.asking.domain.totals import Totals, totals_of
from registrations.models import CatererLink
from stemnet.views.tables import attached

KINDS = ("xlsx", "csv")


def open_link(token: str) -> CatererLink | None:
    """Return the link while it shows something; unknown, ended and old ones are alike."""
    now = timezone.now()
    link = caterers.find_link(token)
    return link if link and link.is_open(at=now) and not link.meeting.is_cancelled else None


def totals_by(link: CatererLink) -> Totals:
    """Return the totals of the questions that a caterer reads."""
    network = link.meeting.network
    return totals_of(link.meeting, caterers.questions_for(network) if network else [])


@never_cache
@login_not_required
@require_safe
def caterer(request: PortalRequest, token: str) -> HttpResponse:
    """Show how many come and what they eat."""
    link = open_link(token)
    if link is None:
        return render(request, "registrations/asking/caterer_over.html", status=404)
    context = {"link": link, "meeting": link.meeting, "totals": totals_by(link), "token": token}
    return render(request, "registrations/asking/caterer.html", context)


@never_cache
@login_not_required
@require_safe
def caterer_file(request: PortalRequest, token: str, kind: str) -> HttpResponseBase:
    """Hand out the same as a file."""
    if kind not in KINDS:
        raise Http404
    link = open_link(token)
    if link is None:
        return render(request, "registrations/asking/caterer_over.html", status=404)
    return attached(f"totals-{link.meeting.on}.{kind}", [totals_sheet(totals_by(link))])
