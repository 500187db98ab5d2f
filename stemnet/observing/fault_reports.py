"""Reports of faults to Sentry, for whoever operates the portal and wants them."""

import sentry_sdk
from sentry_sdk.types import Event, Hint

from stemnet.observing.log import UNSEEN


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
