"""Mail that comes back: reports of failed delivery (RFC 3464) in a mailbox that the operator names.

A report is believed only about a mail of ours, which it names by the Message-ID in the part that it returns;
nobody but its reader knows that. What is only delayed changes nothing.
"""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message

import structlog
from django.conf import settings

from stemnet.models import Mail, MailState
from stemnet.one_line import one_line
from stemnet.outbox import refusals

MOST, LONGEST = 200, 300_000  # reports a sweep, bytes of a report
SECONDS = 20
HEADERS = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Bounce:
    """One mail that came back: its Message-ID, and what the other server said."""

    message_id: str
    said: str


def sweep_bounces(*, at: datetime) -> int:
    """Read the reports that nobody has read, and return how many mails came back; none without a mailbox."""
    if not settings.BOUNCE_IMAP_HOST:
        return 0
    found = 0
    try:
        with _mailbox() as mailbox:
            for number in _unread(mailbox):
                found += note(bounces_in(_raw(mailbox, number)), at=at)
                mailbox.store(number, "+FLAGS", "\\Seen")
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("bounce_mailbox_away", error=type(error).__name__)
    return found


def note(bounces: list[Bounce], *, at: datetime) -> int:
    """Write down of each mail of ours that it came back, and mark an address that does not exist."""
    found = 0
    for bounce in bounces:
        mail = Mail.objects.filter(message_id=bounce.message_id).first()
        if mail is None:
            continue
        gone = Mail.objects.filter(pk=mail.pk, state__in=[MailState.SENT, MailState.IN_DOUBT])
        words = {"last_error": bounce.said[:500], "sent_at": None}
        found += gone.update(state=MailState.FAILED, **words)
        if refusals.is_wrong_address(bounce.said):
            refusals.tell_of_wrong(mail.address, reason=refusals.reason_of(bounce.said), at=at)
    return found


def bounces_in(raw: bytes) -> list[Bounce]:
    """Return what a report says came back; nothing where it is no report, or of a delay only."""
    report = message_from_bytes(raw, policy=policy.compat32)
    whole = report.get_payload() if report.get_content_type() == "multipart/report" else []
    parts = [part for part in whole if isinstance(part, Message)]  # not what stands in a mail it returns
    message_id = next(filter(None, (_message_id(part) for part in parts)), "")
    failed = [said for part in parts for said in _failures(part)]
    return [Bounce(message_id, failed[0])] if message_id and failed else []


def _failures(part: Message) -> Iterator[str]:
    """Yield the status and the words of each recipient whom a part says delivery failed for."""
    if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
        return
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message) or str(block.get("Action", "")).strip().lower() != "failed":
            continue
        diagnostic = str(block.get("Diagnostic-Code", "")).partition(";")[2]
        yield one_line(f"{block.get('Status', '')} {diagnostic}")


def _message_id(part: Message) -> str:
    """Return the Message-ID of the mail that a part returns, whole or only its headers."""
    if part.get_content_type() not in HEADERS:
        return ""
    inner = part.get_payload()
    if isinstance(inner, list):
        returned = inner[0] if inner else None
    else:
        text = part.get_payload(decode=True)
        returned = message_from_bytes(text if isinstance(text, bytes) else b"", policy=policy.compat32)
    return one_line(str(returned.get("Message-ID", ""))) if isinstance(returned, Message) else ""


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    """Open the mailbox that the settings name, and leave it in the end."""
    kind = imaplib.IMAP4_SSL if settings.BOUNCE_IMAP_TLS else imaplib.IMAP4
    mailbox = kind(settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT, timeout=SECONDS)
    try:
        mailbox.login(settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD)
        answer, _count = mailbox.select(settings.BOUNCE_IMAP_FOLDER)
        if answer != "OK":
            raise imaplib.IMAP4.error("The folder can't be opened.")
        yield mailbox
    finally:
        mailbox.logout()


def _unread(mailbox: imaplib.IMAP4) -> list[str]:
    _answer, found = mailbox.search(None, "UNSEEN")
    return [number.decode() for number in (found[0] or b"").split()][:MOST]


def _raw(mailbox: imaplib.IMAP4, number: str) -> bytes:
    _answer, parts = mailbox.fetch(number, f"(BODY.PEEK[]<0.{LONGEST}>)")
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")
