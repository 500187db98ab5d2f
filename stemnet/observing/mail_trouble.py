"""Mail that does not go out, in figures: for `/health/`, the staff desk and the mail to coordinators."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from stemnet.models import Mail

LATE_AFTER = timedelta(minutes=15)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class MailTrouble:
    """What does not go out: how long the oldest mail has waited, and how many did not arrive in a day."""

    oldest_wait: timedelta
    late: int
    failed: int
    in_doubt: int

    @property
    def is_any(self) -> bool:
        """Return whether a single mail is late, failed or in doubt."""
        return bool(self.late or self.failed or self.in_doubt)

    @property
    def is_fault(self) -> bool:
        """Return whether it is more than single addresses that do not exist."""
        undelivered = self.failed + self.in_doubt
        return self.oldest_wait > LATE_AFTER or undelivered >= settings.MAIL_FAILURES_A_DAY


def mail_trouble(*, at: datetime) -> MailTrouble:
    """Return what of the outbox does not go out at ``at``, and what failed in the 24 hours before."""
    oldest = Mail.objects.due(at).values_list("due_at", flat=True).first()
    undelivered = Mail.objects.undelivered(since=at - DAY)
    return MailTrouble(
        oldest_wait=at - oldest if oldest else timedelta(),
        late=Mail.objects.late(at - LATE_AFTER).count(),
        failed=undelivered.failed().count(),
        in_doubt=undelivered.in_doubt().count(),
    )
