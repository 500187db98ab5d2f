"""What is answered where no view can, and one line of log for each request that holds nothing personal."""

import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path, resolve

from stemnet.observing.log import UNSEEN
from stemnet.problems import fault_of, known_page

GetResponse = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("stemnet.request")


class HealthMiddleware:
    """Answer `/health/` and `/ready/` before anything asks for a session, a person or the name of the host.

    So they answer in their own form also where the database, or whatever else pages need, is away.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer these two at once, and let all others through."""
        if request.path_info not in ("/health/", "/ready/"):
            return self.get_response(request)
        answer: HttpResponse = resolve(request.path_info).func(request)
        return answer


class BusyDatabaseMiddleware:
    """Say that the database is busy or full where that kept a page from being made, never that we failed.

    What only reads is tried once more first.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what only reads and met a busy database, once more."""
        response = self._answer(request)
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE and request.method in ("GET", "HEAD"):
            response = self._answer(request)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """Answer, also where something around the view met a busy database."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        return known_page(request, fault_of(request)) or response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer in the place of a view that met a busy or a full database."""
        page = known_page(request, exception)
        if page is not None:
            log.warning("database_busy", status=page.status_code, error=type(exception).__name__)
        return page


class RequestLogMiddleware:
    """Write one line a request: path without query, no person, no address, and nothing of evaluations."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, then write the line."""
        begun = time.monotonic()
        response = self.get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        if UNSEEN not in request.path and not is_static and not settings.TESTING:
            milliseconds = round((time.monotonic() - begun) * 1000)
            view = request.resolver_match.view_name if request.resolver_match else ""
            log.info(
                "request", method=request.method, view=view, status=response.status_code, ms=milliseconds
            )
        return response


class PlainNotFoundMiddleware:
    """With DEBUG, show the pages for 404 and 400 that readers get, not Django's with addresses and values."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 404 where there is no such address, nor one with a slash more; 400 to what is too large."""
        if not (is_valid_path(request.path_info) or is_valid_path(f"{request.path_info}/")):
            return render(request, "404.html", status=404)
        response = self.get_response(request)
        return render(request, "400.html", status=400) if response.status_code == 400 else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 404 where a view found nothing."""
        return render(request, "404.html", status=404) if isinstance(exception, Http404) else None
