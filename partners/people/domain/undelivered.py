"""Telling coordinators that mail does not go out (docs/deployment.md, "Watch and keep")."""

from datetime import datetime

import structlog

from partners.models import is_night, zone_of_partnership
from partners.people.emails import undelivered as emails
from stemnet.observing.mail_trouble import mail_trouble

log = structlog.get_logger(__name__)


def lines(*, at: datetime) -> list[str]:
    """Return what does not go out at ``at``, a sentence for each kind, for the staff desk."""
    return emails.lines(mail_trouble(at=at))


def sweep(*, at: datetime) -> None:
    """Mail coordinators once a day, by day; what is more than single addresses is an error in the log, too.

    Where faults are reported (SENTRY_DSN), the log is another way than the one that fails.
    """
    trouble = mail_trouble(at=at)
    if not trouble.is_any or is_night(at, zone_of_partnership()):
        return
    if trouble.is_fault:
        log.error("mail_does_not_go_out", late=trouble.late, failed=trouble.failed, in_doubt=trouble.in_doubt)
    emails.told(trouble, at=at)
