"""Who is asking: ``request.person``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PersonMiddleware:
    """Set ``request.person`` to the person behind the login, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the person once a request; a login without one is treated as nobody."""
        user = request.user
        request.person = user.person if user.is_authenticated else None  # type: ignore[attr-defined]
        return self.get_response(request)
