"""The library for whoever looks for something: the list, one resource, its file, the feed, the standards."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from meetings.gathering.views.materials import safe_headers
from meetings.library.documents import atom
from meetings.library.domain import searching
from meetings.library.domain.resources import may_remove, version_of
from meetings.library.forms.searching import asked_for
from meetings.library.pages import cards, listing
from meetings.library.permissions import may_review
from meetings.models import Meeting, Resource
from partners.models import Need, Partnership, Standard
from partners.people.requests import PortalRequest
from stemnet.public_pages import public_page

IN_FEED = 30


@method_decorator([login_not_required, public_page], name="dispatch")
class Library(ListView[Resource]):
    """Every public resource, narrowed by words, standards and facets."""

    request: PortalRequest
    template_name = "meetings/library/list.html"
    paginate_by = 12

    def get_queryset(self) -> QuerySet[Resource]:
        """Return what was asked for."""
        self.asked = asked_for(self.request.GET)
        return cards.with_lists(searching.search(self.asked))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add cards, facets and chips."""
        context, typed = super().get_context_data(**kwargs), self.request.GET
        facets = searching.facets(self.asked)
        return {
            **context,
            "asked": self.asked,
            "cards": [cards.card(one) for one in context["object_list"]],
            "facets": listing.shown_facets(self.asked, facets),
            "chips": listing.chips(typed, self.asked, facets),
            "may_review": may_review(self.request.person),
        }


@login_not_required
@public_page
@require_safe
def resource(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show one resource, where it was tried, and what it was made from."""
    person = request.person
    seen = Resource.objects.visible_to(person)
    rows = cards.with_lists(seen).select_related("organization", "material__meeting", "adapted_from")
    one = get_object_or_404(rows, uid=uid)
    is_mine = Resource.objects.editable_by(person).filter(pk=one.pk).exists()
    context = {
        "resource": one,
        "card": cards.card(one),
        "meeting_is_public": one.material is not None
        and Meeting.objects.visible_to(None).filter(pk=one.material.meeting_id).exists(),
        "trials": one.trials.all(),
        "origin": seen.filter(pk=one.adapted_from_id or 0).first(),
        "adaptations": seen.filter(adapted_from=one).order_by("title", "pk"),
        "needs": Need.objects.visible_to(person)
        .open()
        .filter(resources=one)
        .select_related("organization", "category"),
        "changes": one.changes.all() if is_mine or one.contributor_id == getattr(person, "pk", 0) else [],
        "is_mine": is_mine,
        "may_review": may_review(person),
        "can_remove": may_remove(one, person),
        "version": version_of(one),
    }
    return render(request, "meetings/library/resource.html", context)


@login_not_required
@require_safe
def resource_file(request: PortalRequest, uid: UUID) -> HttpResponseBase:
    """Hand out the file of a resource. Raises Http404 where it is gone."""
    one = get_object_or_404(Resource.objects.visible_to(request.person).exclude(sha256=""), uid=uid)
    headers = {**safe_headers(one.file_type, one.file_name), "Content-Length": str(one.file_size)}
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    try:
        response = FileResponse(one.file.open("rb"))
    except FileNotFoundError as gone:
        raise Http404 from gone
    for name, value in headers.items():
        response[name] = value
    return response


@login_not_required
@public_page
@require_safe
def library_feed(request: PortalRequest) -> HttpResponse:
    """Hand out the newest public resources as an Atom feed."""
    newest = Resource.objects.public().select_related("organization").order_by("-published_at", "-pk")
    feed = atom(newest[:IN_FEED], partnership=Partnership.objects.first())
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@login_not_required
@public_page
@require_safe
def library_standards(request: PortalRequest) -> HttpResponse:
    """Show all standards by framework and strand, with the number of public resources of each."""
    numbers = searching.numbers_of_standards()
    rows = Standard.objects.offered().select_related("framework").order_by("framework", "strand", "position")
    found = [(one, numbers.get(one.pk, 0)) for one in rows]
    return render(request, "meetings/library/standards.html", {"rows": found})
