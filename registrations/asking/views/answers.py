"""The answers of a network's people, for who may read them; links for a caterer, for its staff."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Network
from meetings.planning.permissions import may_coordinate
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.asking.domain import caterers
from registrations.asking.domain.reading import answers_of, note_download, people_of, readable_versions
from registrations.asking.domain.sheets import answers_sheet, totals_sheet
from registrations.asking.forms.caterer import CatererForm
from registrations.asking.pages.answers import answers_context, meetings_of, totals_for
from registrations.models import CatererLink
from registrations.seats.exceptions import QuestionRefused
from stemnet.views.tables import attached

KINDS = ("xlsx", "csv")


def seen_network(request: PortalRequest, slug: str) -> Network:
    """Return the network of this address for somebody who sees it; what they read there is asked later."""
    return get_object_or_404(Network.objects.visible_to(person_or_404(request)), slug=slug)


@never_cache
@require_safe
def answers(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the totals of a meeting and the answers that one may read."""
    return page(request, seen_network(request, slug))


def page(request: PortalRequest, network: Network, *, status: int = 200, **more: object) -> HttpResponse:
    """Draw the page, with what was just made or refused."""
    person = person_or_404(request)
    staffs = Network.objects.staffed_by(person).filter(pk=network.pk).exists()
    context = answers_context(network, person, request.GET, staffs=staffs, at=timezone.now())
    form = CatererForm(meetings=meetings_of(network), initial={"meeting": context["meeting"]})
    context |= {"form": form, "now": timezone.now(), "may_edit": may_coordinate(person, network), **more}
    return render(request, "registrations/asking/answers.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers_file(request: PortalRequest, slug: str, what: str, kind: str) -> HttpResponseBase:
    """Hand out the totals, or the answers that one may read, as a file; the log says that somebody did."""
    network, person, now = seen_network(request, slug), person_or_404(request), timezone.now()
    versions = readable_versions(network, person)
    if kind not in KINDS or not versions:
        raise Http404
    if what == "totals":
        totals = totals_for(network, person, request.GET.get("meeting", ""), at=now)
        if totals is None:
            raise Http404
        return attached(f"{network.slug}-totals.{kind}", [totals_sheet(totals)])
    if what != "answers":
        raise Http404
    if request.method != "POST":  # for the download is written down, which looking at an address never is
        return redirect("answers", slug=network.slug)
    rows = answers_of(list(people_of(network, person)), versions, reader=person)
    note_download(network, len(rows), by=person, at=now)
    return attached(f"{network.slug}-answers.{kind}", [answers_sheet(rows, versions)])


@never_cache
@require_POST
def caterer_link(request: PortalRequest, slug: str) -> HttpResponse:
    """Make a link for a caterer, which is shown once."""
    network = staffed_network_or_404(request, slug)
    form = CatererForm(request.POST, meetings=meetings_of(network))
    if not form.is_valid():
        return page(request, network, status=422, form=form)
    given = form.cleaned_data
    try:
        token = caterers.make_link(network, given["meeting"], name=given["name"], **acting(request))
    except QuestionRefused as refusal:
        form.add_error(None, str(refusal))
        return page(request, network, status=422, form=form)
    link = f"{settings.SITE_URL}{reverse('caterer', args=[token])}"
    return page(request, network, link=link, linked=given["meeting"], made_for=given["name"])


@require_POST
def caterer_link_end(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """End a link; pressed twice does no harm."""
    network = staffed_network_or_404(request, slug)
    mine = CatererLink.objects.filter(meeting__network=network).select_related("meeting")
    link = get_object_or_404(mine, uid=uid)
    caterers.end_link(network, link, **acting(request))
    messages.success(request, _("The link no longer works."))
    return redirect(f"{reverse('answers', args=[slug])}?meeting={link.meeting.uid}#caterer")
