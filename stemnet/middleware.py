"""Where a request comes from, and one line of log for it that holds nothing personal."""

import logging
import time
from collections.abc import Callable

import sentry_sdk
import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path
from sentry_sdk.types import Event, Hint

from stemnet.requests import ClientRequest

GetResponse = Callable[[HttpRequest], HttpResponse]
UNSEEN = "/evaluation/"

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


class EvaluationsUnseen(logging.Filter):
    """Keep what Django itself would log about a request to an evaluation out of every log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record may be written; a fault is kept without path, person or answer."""
        path = getattr(getattr(record, "request", None), "path", "")
        if UNSEEN not in f"{path} {record.getMessage()}":
            return True
        if record.levelno < logging.ERROR:
            return False
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "fault"
        record.msg, record.args, record.exc_info, record.exc_text = f"An evaluation: {fault}", (), None, None
        record.__dict__.pop("request", None)
        return True


class PathsUnseen(logging.Filter):
    """Write the pattern of an address where Django would write its path, which may be a private link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the pattern into the record; the record is always written."""
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            pattern = match.route if match else "no such address"
            record.args = tuple(pattern if argument == path else argument for argument in record.args)
        return True


def json_formatter() -> logging.Formatter:
    """Return the formatter that writes every record, of structlog or of logging, as a line of JSON."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *SHARED],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


SHARED: list[structlog.types.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def set_up_logging() -> None:
    """Let structlog hand its records to logging, whose one handler writes them."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def report_faults(dsn: str) -> None:
    """Report faults to Sentry: no person, no body, no local variables, nothing of evaluations."""
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_evaluations,
    )


def without_evaluations(event: Event, hint: Hint) -> Event | None:
    """Drop what happened on a page of an evaluation; elsewhere drop the query, which may name someone."""
    request = event.get("request", {})
    if UNSEEN in str(request.get("url", "")) or UNSEEN in str(event.get("transaction", "")):
        return None
    for detail in ("query_string", "cookies", "data", "headers", "env"):
        request.pop(detail, None)
    return event
