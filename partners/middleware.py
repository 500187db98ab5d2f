"""Who is asking, and whether they may work without a second factor."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from partners.domain import second_factor

Answer = Callable[[HttpRequest], HttpResponse]


class PersonMiddleware:
    """Set ``request.person`` to the person behind the login, or None."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the person once a request; a login without one is treated as nobody."""
        user = request.user
        request.person = user.person if user.is_authenticated else None  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorMiddleware:
    """Lead coordinators and staff to where they set up a passkey or an authenticator app, first of all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through what they need for that, and everyone else."""
        user = request.user
        free = not settings.STAFF_NEED_SECOND_FACTOR or self._is_free(request)
        if free or not second_factor.is_needed(user) or second_factor.is_set_up(user):
            return self.get_response(request)
        wanted = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{reverse('second_factor')}?{urlencode({'next': wanted})}")

    def _is_free(self, request: HttpRequest) -> bool:
        """Say whether a page is needed to set up a second factor or to leave."""
        pages = ("/accounts/", settings.STATIC_URL, reverse("second_factor"), "/health/")
        return request.path.startswith(pages)
