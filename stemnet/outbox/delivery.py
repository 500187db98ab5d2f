"""Sending what the outbox holds: claimed by one conditional UPDATE, sent outside any transaction."""

import smtplib
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from stemnet.models import Mail, MailState
from stemnet.outbox.waking import Clock, stopping

RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
BATCH = 20

log = structlog.get_logger(__name__)


def deliver(*, at: datetime, clock: Clock | None = None) -> int:
    """Send every mail that is due and return how many went out.

    ``clock`` tells the moment of each single mail in a long run; without it all happens at ``at``.
    """
    now = clock or (lambda: at)
    connection = get_connection()
    sent = 0
    try:
        while batch := list(Mail.objects.due(now())[:BATCH].values_list("pk", flat=True)):
            for pk in batch:
                if stopping.is_set() or not _reachable(connection, at=now()):
                    return sent
                mail = claim(pk, at=now())
                if mail is not None:
                    sent += send(mail, connection=connection, clock=now)
    finally:
        connection.close()
    return sent


def sweep(*, at: datetime, clock: Clock | None = None) -> int:
    """Put aside what is old, expired or abandoned, send what was left behind; return how many went."""
    Mail.objects.older_than(at - timedelta(days=settings.MAIL_KEPT_DAYS)).delete()
    Mail.objects.expired(at).update(state=MailState.MISSED)
    doubtful = Mail.objects.abandoned(at).update(
        state=MailState.IN_DOUBT,
        lease_until=None,
        last_error=_("Sending stopped partway. The e-mail may or may not have arrived."),
    )
    if doubtful:
        log.warning("mail_in_doubt", count=doubtful)
    return deliver(at=at, clock=clock)


def lease() -> timedelta:
    """Return how long one mail may take before it counts as abandoned."""
    return timedelta(seconds=settings.MAIL_LEASE_SECONDS)


def claim(pk: int, *, at: datetime) -> Mail | None:
    """Take a queued mail for sending; None where another sender was faster."""
    mail = Mail.objects.due(at).filter(pk=pk).first()
    if mail is None:
        return None
    taken = Mail.objects.filter(pk=pk, state=MailState.QUEUED, attempts=mail.attempts).update(
        state=MailState.SENDING, lease_until=at + lease(), attempts=mail.attempts + 1
    )
    if not taken:
        return None
    mail.state, mail.attempts = MailState.SENDING, mail.attempts + 1
    return mail


def send(mail: Mail, *, connection: BaseEmailBackend, clock: Clock) -> bool:
    """Send a claimed mail and write down how it went; True when it was accepted."""
    try:
        connection.send_messages([message(mail)])
    except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
        connection.close()
        return _doubt(mail, error)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(mail, error, at=clock())
    except (smtplib.SMTPException, UnicodeError, ValueError) as error:
        connection.close()
        return _try_again(mail, error, at=clock())
    except OSError as error:
        connection.close()
        return _doubt(mail, error)
    return _sent(mail, at=clock())


def message(mail: Mail) -> EmailMultiAlternatives:
    """Return ``mail`` as Django sends it."""
    letter = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **mail.headers},
    )
    if mail.html:
        letter.attach_alternative(mail.html, "text/html")
    for file in mail.attachments:
        letter.attach(file["name"], file["content"], file["mimetype"])
    return letter


def _reachable(connection: BaseEmailBackend, *, at: datetime) -> bool:
    """Open the connection before anything is claimed; where the server is away, all stays queued."""
    try:
        connection.open()
    except OSError as error:  # smtplib's own errors are among them
        Mail.objects.due(at).order_by().update(last_error=_named(error))
        log.warning("mail_server_away", error=type(error).__name__)
        return False
    return True


def _sent(mail: Mail, *, at: datetime) -> bool:
    """Write down that the mail was accepted; outside a demo a secret is forgotten with it."""
    blanked = {"text": "", "html": "", "attachments": []} if mail.secret and not settings.DEBUG else {}
    _finish(mail, state=MailState.SENT, sent_at=at, last_error="", **blanked)
    return True


def _doubt(mail: Mail, error: Exception) -> bool:
    """Write down that nobody can know; never sent again but by a person."""
    _finish(mail, state=MailState.IN_DOUBT, last_error=_named(error))
    log.warning("mail_in_doubt", count=1)
    return False


def _refused(mail: Mail, error: smtplib.SMTPRecipientsRefused, *, at: datetime) -> bool:
    """Give up at once on an address that does not exist (RFC 5321, 5yz)."""
    if all(code >= 500 for code, _said in error.recipients.values()):
        _finish(mail, state=MailState.FAILED, last_error=_named(error))
        return False
    return _try_again(mail, error, at=at)


def _try_again(mail: Mail, error: Exception, *, at: datetime) -> bool:
    """Queue the mail for later, each time after a longer wait, and in the end let it be seen as failed."""
    if mail.attempts > len(RETRY_AFTER):
        _finish(mail, state=MailState.FAILED, last_error=_named(error))
    else:
        wait = RETRY_AFTER[mail.attempts - 1]
        _finish(mail, state=MailState.QUEUED, due_at=at + wait, last_error=_named(error))
    log.warning("mail_not_sent", error=type(error).__name__)
    return False


def _finish(mail: Mail, **values: object) -> None:
    """Write the outcome of this very attempt, also where its lease ran out meanwhile."""
    mine = Mail.objects.filter(
        pk=mail.pk, attempts=mail.attempts, state__in=[MailState.SENDING, MailState.IN_DOUBT]
    )
    mine.update(lease_until=None, **values)


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
