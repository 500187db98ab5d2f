"""Queueing, cancelling and resending mail, inside the transaction of the change that it tells of."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from stemnet.domain.waking import wake
from stemnet.emails import one_line, render
from stemnet.exceptions import NotResendable
from stemnet.models import Mail, MailClass, MailState


class Attachment(TypedDict):
    """A text file that goes with a mail, such as a calendar file."""

    name: str
    mimetype: str
    content: str


@transaction.atomic
def queue(
    *,
    key: str,
    address: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime,
    recipient: str = "",
    object: str = "",
    language: str = "en",
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    mail_class: MailClass = MailClass.TRANSACTIONAL,
    secret: bool = False,
    headers: Mapping[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
    unsubscribe_url: str = "",
) -> Mail:
    """Render a mail, put it into the outbox once per ``key``, and wake the sender on commit.

    ``template`` names the trio ``.subject.txt``, ``.body.txt``, ``.body.html``; ``context`` holds
    ``why``, the reason that every mail ends with. The same key again returns the first row.
    """
    known = Mail.objects.filter(key=key).first()
    if known is not None:
        return known
    rendered = render(template, {**context, "unsubscribe_url": unsubscribe_url}, language=language)
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "template": template,
            "recipient": recipient,
            "address": one_line(address),
            "object": object,
            "language": language,
            "subject": rendered.subject,
            "text": rendered.text,
            "html": rendered.html,
            "headers": _headers(headers or {}, unsubscribe_url),
            "attachments": list(attachments),
            "mail_class": mail_class,
            "secret": secret,
            "message_id": message_id(key),
            "created_at": at,
            "due_at": due_at or at,
            "expires_at": expires_at,
        },
    )
    if is_new and mail.due_at <= at:
        wake("stemnet.deliver")
    return mail


def message_id(key: str) -> str:
    """Return the Message-ID that belongs to ``key``, so that a mail seen twice is one to its reader."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def cancel(*, object: str = "", key_prefix: str = "") -> int:
    """Cancel the queued mails about ``object`` or whose key begins with ``key_prefix``; return how many."""
    if not object and not key_prefix:
        return 0
    queued = Mail.objects.queued()
    if object:
        queued = queued.about(object)
    if key_prefix:
        queued = queued.filter(key__startswith=key_prefix)
    return queued.update(state=MailState.CANCELLED)


@transaction.atomic
def resend(*, mail: Mail, at: datetime) -> None:
    """Queue a mail that failed or is in doubt once more, because a person decided so.

    Raises:
        NotResendable: it is in any other state, or was resent by someone else just now.
    """
    resendable = Mail.objects.filter(pk=mail.pk, state__in=[MailState.FAILED, MailState.IN_DOUBT])
    if not resendable.update(state=MailState.QUEUED, due_at=at, lease_until=None):
        raise NotResendable
    wake("stemnet.deliver")


def sent_since(*, address: str, template: str, since: datetime) -> int:
    """Return how many mails of ``template`` were queued for ``address`` after ``since``, for limits."""
    return Mail.objects.filter(
        address__iexact=address.strip(), template=template, created_at__gt=since
    ).count()


def _headers(headers: Mapping[str, str], unsubscribe_url: str) -> dict[str, str]:
    """Return the headers as single lines, with one-click unsubscribing where there is a link (RFC 8058)."""
    lines = {one_line(name): one_line(value) for name, value in headers.items()}
    if unsubscribe_url:
        lines["List-Unsubscribe"] = f"<{one_line(unsubscribe_url)}>"
        lines["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return lines
