"""Marking in the outbox what a sender takes and how it went, each mail before the next one leaves."""

from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import connection

from stemnet.models import Mail, MailState
from stemnet.models.mail import removed_address

# One statement for two rows saves a commit a mail; the ORM cannot say which of the two it changed.
ACCEPT_AND_CLAIM = """
UPDATE stemnet_mail SET
    state = CASE WHEN id = %(next)s THEN 'sending' ELSE 'sent' END,
    attempts = CASE WHEN id = %(next)s THEN attempts + 1 ELSE attempts END,
    lease_until = CASE WHEN id = %(next)s THEN %(lease_until)s ELSE NULL END,
    sent_at = CASE WHEN id = %(next)s THEN NULL ELSE %(sent_at)s END,
    last_error = CASE WHEN id = %(next)s THEN last_error ELSE '' END
WHERE (id = %(next)s AND state = 'queued' AND attempts = %(next_attempts)s)
    OR (id = %(last)s AND state IN ('sending', 'in_doubt') AND attempts = %(last_attempts)s)
RETURNING id
"""


def lease() -> timedelta:
    """Return how long one mail may take before it counts as abandoned."""
    return timedelta(seconds=settings.MAIL_LEASE_SECONDS)


class Marks:
    """The marks of one sender, who has one mail in hand at a time.

    That a mail was accepted is written together with the claim of the next, or on leaving: whenever the
    sender is killed, one mail at most is in doubt.
    """

    def __init__(self) -> None:
        self._accepted: tuple[Mail, datetime] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.write()

    def claim(self, mail: Mail, *, at: datetime) -> bool:
        """Take a queued mail for sending; False where another sender was faster or it is due no more."""
        if mail.due_at > at or (mail.expires_at is not None and mail.expires_at <= at):
            return False
        last, sent_at = self._accepted or (Mail(pk=0), at)
        moment = connection.ops.adapt_datetimefield_value
        values = {
            "next": mail.pk,
            "next_attempts": mail.attempts,
            "lease_until": moment(at + lease()),
            "last": last.pk,
            "last_attempts": last.attempts,
            "sent_at": moment(sent_at),
        }
        with connection.cursor() as cursor:
            cursor.execute(ACCEPT_AND_CLAIM, values)
            claimed = (mail.pk,) in cursor.fetchall()
        self._accepted = None
        if claimed:
            mail.state, mail.attempts = MailState.SENDING, mail.attempts + 1
        return claimed

    def accept(self, mail: Mail, *, at: datetime) -> None:
        """Note that the mail was accepted; outside a demo a secret is forgotten with it, at once."""
        if mail.object == Mail.ABOUT_REMOVED or (mail.secret and not settings.DEBUG):
            blanked = {"text": "", "html": "", "attachments": []}
            finish(mail, state=MailState.SENT, sent_at=at, last_error="", **blanked)
        else:
            self._accepted = (mail, at)

    def write(self) -> None:
        """Write down what was accepted last."""
        if self._accepted:
            mail, at = self._accepted
            finish(mail, state=MailState.SENT, sent_at=at, last_error="")
            self._accepted = None


def finish(mail: Mail, **values: object) -> None:
    """Write the outcome of this very attempt, also where its lease ran out meanwhile.

    A mail about somebody whose data was deleted forgets its address once it is over.
    """
    if mail.object == Mail.ABOUT_REMOVED and values.get("state") in (MailState.SENT, MailState.FAILED):
        nobody: dict[str, object] = {"address": removed_address(), "recipient": "", "last_error": ""}
        values |= {**nobody, "text": "", "html": "", "subject": ""}
    mine = Mail.objects.filter(
        pk=mail.pk, attempts=mail.attempts, state__in=[MailState.SENDING, MailState.IN_DOUBT]
    )
    mine.update(lease_until=None, **values)
