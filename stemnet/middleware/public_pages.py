"""Public pages answered from what this process made within the last second."""

import gzip
import hashlib
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request

from stemnet.public_pages import KeptPage, KeptPages, Key

GetResponse = Callable[[HttpRequest], HttpResponse]

COOKIES = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}  # by which one may be shown one's own
HEADERS = {"HTTP_AUTHORIZATION", "HTTP_HX_REQUEST"}
VARIES_BY = {"accept-encoding", "accept-language", "cookie"}
COMPRESSED_FROM = 200  # bytes


class PublicPagesMiddleware:
    """Answer `public_page` views from what is kept, to whoever has no session and no message waiting.

    Browsers and proxies ask each time whether a page has changed, and get 304 where it has not.
    """

    def __init__(self, get_response: GetResponse, *, clock: Callable[[], float] = time.monotonic) -> None:
        if not settings.PUBLIC_PAGES_SECONDS:
            raise MiddlewareNotUsed
        self.get_response, self.clock = get_response, clock
        self.kept = KeptPages(seconds=settings.PUBLIC_PAGES_SECONDS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer at once, or let one render the page while others wait for it."""
        if not may_share(request):
            return self.get_response(request)
        asked, key = self.clock(), key_of(request)
        page = self.kept.found(key, at=asked)
        if page is None:
            if not leads_to_public_page(request):
                return self.get_response(request)
            with self.kept.one_at_a_time(key):
                page = self.kept.found(key, at=asked)
                if page is None:
                    begun = self.clock()
                    response = self.get_response(request)
                    page = page_of(request, response, begun=begun)
                    if page is None:
                        return response
                    self.kept.keep(key, page)
        return answer(request, page)


def may_share(request: HttpRequest) -> bool:
    """Return whether what is asked for cannot be somebody's own."""
    return (
        request.method in ("GET", "HEAD")
        and not COOKIES & request.COOKIES.keys()
        and not HEADERS & request.META.keys()
    )


def key_of(request: HttpRequest) -> Key:
    """Return all that a public page is chosen by."""
    return (
        request.scheme,
        request.META.get("HTTP_HOST"),
        request.path_info,
        request.META.get("QUERY_STRING"),
        get_language_from_request(request),
        takes_gzip(request),
    )


def takes_gzip(request: HttpRequest) -> bool:
    """Return whether the browser takes compressed pages, as Django's own middleware finds."""
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def leads_to_public_page(request: HttpRequest) -> bool:
    """Return whether the address is one of a `public_page`."""
    try:
        return getattr(resolve(request.path_info).func, "is_public_page", False)
    except Resolver404:
        return False


def page_of(request: HttpRequest, response: HttpResponse, *, begun: float) -> KeptPage | None:
    """Return an answer as it is kept, compressed once; None where it sets a cookie or differs by more.

    A page with a form's token sets a cookie, so it is never kept.
    """
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name}
    is_whole = response.status_code == HTTPStatus.OK and not response.streaming
    if not is_whole or response.cookies or varies - VARIES_BY or request.resolver_match is None:
        return None
    body, encoding = response.content, response.headers.get("Content-Encoding", "")
    digest = hashlib.sha256(body).hexdigest()[:32]
    is_text = response.headers["Content-Type"].startswith("text/")
    if is_text and not encoding and len(body) >= COMPRESSED_FROM and takes_gzip(request):
        body, encoding = gzip.compress(body, 6, mtime=0), "gzip"
        response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers["Content-Length"] = str(len(body))
    response.headers["ETag"] = f'"{digest}{encoding}"'
    return KeptPage(begun, body, dict(response.headers), request.resolver_match)


def answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    """Return an answer of its own, which whatever is outside may add to."""
    request.resolver_match = page.match
    response = HttpResponse(page.body, headers=page.headers)
    answered = get_conditional_response(request, etag=page.headers["ETag"], response=response)
    return answered or response
