"""Sending what the outbox holds: claimed by one conditional UPDATE, sent outside any transaction."""

import smtplib
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from stemnet.models import Mail, MailState
from stemnet.outbox import refusals
from stemnet.outbox.composing import Composed
from stemnet.outbox.marking import Marks, finish
from stemnet.outbox.waking import Clock, stopping

RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
BATCH = 20
CLOSING = 421  # "service not available, closing transmission channel"
NOT_SIGNED_IN = (530, 534, 535, 538)

log = structlog.get_logger(__name__)


def deliver(*, at: datetime, clock: Clock | None = None) -> int:
    """Send every mail that is due and return how many went out.

    ``clock`` tells the moment of each single mail in a long run; without it all happens at ``at``.
    """
    now = clock or (lambda: at)
    connection = get_connection()
    sent = 0
    try:
        with Marks() as marks:
            while batch := list(Mail.objects.due(now())[:BATCH]):
                for mail in batch:
                    if stopping.is_set() or not _reachable(connection, at=now()):
                        return sent
                    if marks.claim(mail, at=now()):
                        sent += send(mail, connection=connection, clock=now, marks=marks)
                marks.write()
    finally:
        connection.close()
    return sent


def sweep(*, at: datetime, clock: Clock | None = None) -> int:
    """Put aside what is expired or abandoned, send what was left behind; return how many went."""
    Mail.objects.expired(at).update(state=MailState.MISSED)
    doubtful = Mail.objects.abandoned(at).update(
        state=MailState.IN_DOUBT,
        lease_until=None,
        last_error=_("Sending stopped partway. The e-mail may or may not have arrived."),
    )
    if doubtful:
        log.warning("mail_in_doubt", count=doubtful)
    return deliver(at=at, clock=clock)


def send(mail: Mail, *, connection: BaseEmailBackend, clock: Clock, marks: Marks) -> bool:
    """Send a claimed mail and mark how it went; True when it was accepted.

    A server that hangs up before it has the message, as some do after so many, is asked again at once.
    """
    error = _attempt(mail, connection)
    if error is not None and _has_hung_up(error, connection):
        error = _attempt(mail, connection)
    if error is None:
        marks.accept(mail, at=clock())
        return True
    if _is_final(error):
        return _give_up(mail, error, at=clock())
    if _answer(error) is None and _given_over(connection):
        return _doubt(mail, error)
    return _try_again(mail, error, at=clock())


def _attempt(mail: Mail, connection: BaseEmailBackend) -> Exception | None:
    """Hand the mail to the server; return what went wrong, the connection closed where it may be broken."""
    try:
        connection.send_messages([message(mail)])
    except (OSError, UnicodeError, ValueError) as error:  # smtplib's own errors are OSErrors
        if (_answer(error) or CLOSING) == CLOSING:
            with suppress(OSError):
                connection.close()
        return error
    return None


def _answer(error: Exception) -> int | None:
    """Return the code by which the server refused, or None where it did not answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _said in error.recipients.values()), default=None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


def _is_final(error: Exception) -> bool:
    """Return whether trying again would not help (RFC 5321, 4.2.1: 5yz), or the letter can't be sent at all.

    A server that wants a password or encryption first refuses us and no letter.
    """
    code = _answer(error)
    if code is None:
        return isinstance(error, UnicodeError | ValueError | smtplib.SMTPNotSupportedError)
    return code >= 500 and code not in NOT_SIGNED_IN


def _has_hung_up(error: Exception, connection: BaseEmailBackend) -> bool:
    """Return whether the server ended the connection before it had the message."""
    code = _answer(error)
    ended = isinstance(error, OSError) and not isinstance(error, smtplib.SMTPNotSupportedError)
    return code == CLOSING or (code is None and ended and not _given_over(connection))


def _given_over(connection: BaseEmailBackend) -> bool:
    """Return whether the server may have the whole message; other ways than SMTP don't tell."""
    return bool(getattr(connection, "given_over", True))


def message(mail: Mail) -> EmailMultiAlternatives:
    """Return ``mail`` as Django sends it."""
    letter = Composed(
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


def _doubt(mail: Mail, error: Exception) -> bool:
    """Write down that nobody can know; never sent again but by a person."""
    finish(mail, state=MailState.IN_DOUBT, last_error=_named(error))
    log.warning("mail_in_doubt", count=1)
    return False


def _give_up(mail: Mail, error: Exception, *, at: datetime) -> bool:
    """Write down that the mail was refused for good, and that its address is wrong where it is."""
    finish(mail, state=MailState.FAILED, last_error=_named(error))
    log.warning("mail_refused", error=type(error).__name__)
    answer = _said(error)
    if refusals.is_wrong_address(answer, of_recipient=isinstance(error, smtplib.SMTPRecipientsRefused)):
        refusals.tell_of_wrong(mail.address, reason=refusals.reason_of(answer), at=at)
    return False


def _try_again(mail: Mail, error: Exception, *, at: datetime) -> bool:
    """Queue the mail for later, each time after a longer wait, and in the end let it be seen as failed."""
    if mail.attempts > len(RETRY_AFTER):
        finish(mail, state=MailState.FAILED, last_error=_named(error))
    else:
        wait = RETRY_AFTER[mail.attempts - 1]
        finish(mail, state=MailState.QUEUED, due_at=at + wait, last_error=_named(error))
    log.warning("mail_not_sent", error=type(error).__name__)
    return False


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {_said(error) or error}"[:500]


def _said(error: Exception) -> str:
    """Return what the server answered, its code first; empty where it did not answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [_answered(code, said) for code, said in error.recipients.values()]
        return answers[0] if answers else ""
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error)
    return ""


def _answered(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"
