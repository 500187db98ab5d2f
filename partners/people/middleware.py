"""Who is asking, where an old address leads, and who may not work without a second factor."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from partners.models import Organization, Person, partnership_asked_once
from partners.people.domain import organizations, second_factor
from partners.people.requests import PortalRequest

Answer = Callable[[PortalRequest], HttpResponse]


class PersonMiddleware:
    """Set ``request.person`` to the person behind the login, or None, and ask where we are once a request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Find the person once a request; a login without one is treated as nobody."""
        user = request.user
        request.person = user.person if user.is_authenticated else None
        with partnership_asked_once():
            return self.get_response(request)


class OldAddressMiddleware:
    """Send every old address of an organization on to the page that it has now, for those who may see it.

    Never for good: a merge can be taken back.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Look for an old address only where nothing was found."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in ("GET", "HEAD"):
            return response
        return self._moved(request) or response

    def _moved(self, request: PortalRequest) -> HttpResponse | None:
        """Return the way to the page of today, or None."""
        match = request.resolver_match
        name = next((one for one in ("organization", "slug") if match and one in match.kwargs), None)
        if match is None or name is None:
            return None
        moved = organizations.moved_to(str(match.kwargs[name]))
        person = request.person
        if moved is None or not _may_see(person, moved):
            return None
        path = reverse(match.view_name, kwargs={**match.kwargs, name: moved.slug})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{path}?{query}" if query else path)


def _may_see(person: Person | None, organization: Organization) -> bool:
    """Return whether somebody sees an organization, or answers for it."""
    everyone = Organization.objects
    seen = everyone.visible_to(person).filter(pk=organization.pk).exists()
    return seen or everyone.answered_for_by(person).filter(pk=organization.pk).exists()


class SecondFactorMiddleware:
    """Lead coordinators and staff to where they set up a passkey or an authenticator app, first of all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Let through what they need for that, and everyone else."""
        user = request.user
        free = not settings.STAFF_NEED_SECOND_FACTOR or self._is_free(request)
        if free or not second_factor.is_needed(user) or second_factor.is_set_up(user):
            return self.get_response(request)
        wanted = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{reverse('second_factor')}?{urlencode({'next': wanted})}")

    def _is_free(self, request: PortalRequest) -> bool:
        """Say whether a page is needed to set up a second factor or to leave."""
        pages = ("/accounts/", settings.STATIC_URL, reverse("second_factor"), "/health/")
        return request.path.startswith(pages)
