"""What each answer says beside its page: who may store it, how it is sent, what of a device it uses."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

GetResponse = Callable[[HttpRequest], HttpResponse]

PERSONAL = {"token", "code"}  # what opens a page for whoever holds it


class PermissionsPolicyMiddleware:
    """Say of every answer that the portal uses nothing of a device but passkeys, nor does what it embeds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say so."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class PrivatePagesMiddleware:
    """Let no browser and no proxy store what is meant for one person.

    That is every answer to somebody who is signed in, what this browser typed before, and every page behind
    a personal link or code. What is public stays as it is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say who may store it."""
        response = self.get_response(request)
        if self._is_private(request):
            stated = response.headers.get("Cache-Control", "")
            if "no-store" not in stated or "private" not in stated:
                response.headers["Cache-Control"] = "private, no-store"
        return response

    def _is_private(self, request: HttpRequest) -> bool:
        """Return whether the answer is for one person; asks the database nothing that was not asked."""
        match = request.resolver_match
        if match and PERSONAL & set(match.kwargs):
            return True
        if not request.session.accessed:
            return False
        user = getattr(request, "user", None)
        return bool(user and user.is_authenticated) or not request.session.is_empty()


class TextGZipMiddleware(GZipMiddleware):
    """Compress pages, and with DEBUG the style sheets and scripts that WhiteNoise serves as they lie there.

    Fonts, pictures and documents are compressed by their formats. That a page which repeats what a stranger
    sent could give away its secrets by its length (BREACH) is met thrice: Django masks the token of forms,
    pads each answer by a random length, and sends no session with what another site asks for (SameSite).
    Public pages, which hold no secret, are compressed once where they are kept.
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
