"""Where a request comes from, and one line of log for it that holds nothing personal."""

import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import is_valid_path

from stemnet.observing.log import UNSEEN
from stemnet.requests import ClientRequest

GetResponse = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("stemnet.request")


class ClientAddressMiddleware:
    """Set ``request.client_address``, behind as many proxies as are ours (TRUSTED_PROXY_COUNT)."""

    def __init__(self, get_response: Callable[[ClientRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ClientRequest) -> HttpResponse:
        """Note the address, then go on."""
        request.client_address = client_address(request)
        return self.get_response(request)


def client_address(request: HttpRequest) -> str:
    """Return the address that the outermost of our proxies saw; what a client adds is ignored."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    ours = settings.TRUSTED_PROXY_COUNT
    if ours and hops:
        return hops[-min(ours, len(hops))]
    return str(request.META.get("REMOTE_ADDR", ""))


class TextGZipMiddleware(GZipMiddleware):
    """Compress pages, and with DEBUG the style sheets and scripts that WhiteNoise serves as they lie there.

    Fonts, pictures and documents are compressed by their formats. That a page which repeats what a stranger
    sent could give away its secrets by its length (BREACH) is met thrice: Django masks the token of forms,
    pads each answer by a random length, and sends no session with what another site asks for (SameSite).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress text that is sent whole."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if not kind.startswith("text/") or response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return response
        response = super().process_response(request, response)
        if response.headers.get("ETag", "").startswith("W/"):
            del response.headers["ETag"]  # WhiteNoise would not know it again; Last-Modified tells as much
        return response


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
