"""My learning: what is next, what have I earned, what is missing for my documents."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
def learning(request: HttpRequest) -> HttpResponse:
    """Show one's networks."""
    mine = request.person.registrations.select_related("network") if request.person else []
    return render(request, "registrations/learning.html", {"registrations": mine})


@never_cache
def learning_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one network of one's own."""
    mine = (
        request.person.registrations.filter(network__slug=slug).select_related("network")
        if request.person
        else []
    )
    if not mine:
        raise Http404
    return render(request, "registrations/learning.html", {"registrations": mine})
