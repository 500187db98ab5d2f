"""Pages for what is not the reader's fault; none of them asks the database.

A part of a page that htmx asked for is answered by a sentence, which stands above the page and leaves the
rest as it is.
"""

import secrets
import sys
from typing import Any, cast

from django.conf import settings
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from stemnet.busy import is_busy, is_full

RETRY_AFTER_SECONDS = 10
ABOVE_THE_PAGE = {"HX-Retarget": "#content", "HX-Reswap": "afterbegin", "HX-Reselect": ".problem-note"}
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


class FaultyRequest(HttpRequest):
    """A request that got no answer, with what went wrong and the number by which one asks about it."""

    fault: BaseException | None
    fault_number: str


@receiver(got_request_exception, dispatch_uid="stemnet.number_fault")
def number_fault(sender: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """Give a fault a number, which its page says and its line in the log holds."""
    if request is not None:
        number = "".join(secrets.choice(LETTERS) for _place in range(8))
        faulty = cast("FaultyRequest", request)
        faulty.fault, faulty.fault_number = sys.exc_info()[1], number


def fault_of(request: HttpRequest) -> BaseException | None:
    """Return what went wrong with a request that got no answer."""
    fault: BaseException | None = getattr(request, "fault", None)
    return fault


def fault_page(request: HttpRequest) -> HttpResponse:
    """Answer 500 with the number of the fault; or say that the database is busy, or the disk full."""
    if page := known_page(request, fault_of(request)):
        return page
    told = {"number": getattr(request, "fault_number", ""), "told": bool(settings.SENTRY_DSN)}
    return _problem(request, "500.html", 500, told)


def known_page(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """Return the page of a fault that has a sentence of its own, or None."""
    if is_busy(fault):
        page = _problem(request, "503.html", 503, {"is_safe": request.method in ("GET", "HEAD")})
        page.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return page
    return _problem(request, "507.html", 507, {}) if is_full(fault) else None


def _problem(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    """Draw the page of a problem, or its sentences alone for htmx."""
    is_part = request.headers.get("HX-Request") == "true"
    frame = "base_part.html" if is_part else "base_plain.html"
    shape = "components/_problem_note.html" if is_part else "components/_problem.html"
    shown = {**context, "frame": frame, "shape": shape, "is_part": is_part}
    page = HttpResponse(render_to_string(template, shown), status=status)
    page.headers["Cache-Control"] = "private, no-store"
    if is_part:
        for name, value in ABOVE_THE_PAGE.items():
            page.headers[name] = value
    return page
