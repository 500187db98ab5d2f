"""Queueing, cancelling and resending mail, inside the transaction of the change that it tells of."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, Left

from stemnet.exceptions import NotResendable
from stemnet.models import Mail, MailClass, MailState
from stemnet.models.mail import MailQuerySet
from stemnet.outbox.rendering import header_line, render, said_by_all
from stemnet.outbox.waking import wake

RESENDABLE = (MailState.FAILED, MailState.IN_DOUBT)


class Attachment(TypedDict):
    """A text file that goes with a mail, such as a calendar file."""

    name: str
    mimetype: str
    content: str


class Extras(TypedDict, total=False):
    """What few letters have: a time to be sent at or by, a secret, files, headers of their own."""

    due_at: datetime | None
    expires_at: datetime | None
    mail_class: MailClass
    secret: bool
    headers: Mapping[str, str] | None
    attachments: Iterable[Attachment]
    unsubscribe_url: str


class Letter(Extras, total=False):
    """What `queue` is told of one mail.

    ``template`` is the name of a template without its ``.html``; ``context`` holds ``why``, the reason
    that every mail ends with.
    """

    key: Required[str]
    address: Required[str]
    template: Required[str]
    context: Required[Mapping[str, Any]]
    recipient: str
    object: str
    language: str


def queue(*, at: datetime, **letter: Unpack[Letter]) -> None:
    """Render a mail, put it into the outbox once per ``key``, and wake the sender on commit.

    Where the key is there already, the first row stays as it is.
    """
    add([prepare(letter, at=at)], at=at)


def prepare_many(letters: Iterable[Letter], *, at: datetime) -> list[Mail]:
    """Render many mails outside any transaction, for `put`; what every mail says is asked for once."""
    common: dict[str, dict[str, Any]] = {}
    mails = []
    for letter in letters:
        language = letter.get("language", "en")
        if language not in common:
            common[language] = said_by_all(language)
        mails.append(prepare(letter, at=at, common=common[language]))
    return mails


def put(mails: list[Mail], *, at: datetime) -> None:
    """Put rendered mails into the outbox in one statement, and wake the sender on commit.

    A reminder that nobody needs any more at ``at`` is kept as missed (docs/rules.md 13.2). Keys that are
    there already are left out; of two with one key the first is written.
    """
    once = {mail.key: mail for mail in reversed(mails)}
    known = set(Mail.objects.filter(key__in=list(once)).values_list("key", flat=True))
    new = [mail for mail in mails if once[mail.key] is mail and mail.key not in known]
    for mail in new:
        if mail.expires_at is not None and mail.expires_at <= at:
            mail.state = MailState.MISSED
    add(new, at=at)


def add(mails: list[Mail], *, at: datetime) -> None:
    """Write rendered mails and wake the sender on commit; a row with the same key stays.

    That holds also where somebody else writes it right now.
    Naming the key as what is updated changes nothing there, and unlike ignoring conflicts it lets every
    other constraint speak on SQLite too.
    """
    Mail.objects.bulk_create(mails, update_conflicts=True, unique_fields=["key"], update_fields=["key"])
    if any(mail.state == MailState.QUEUED and mail.due_at <= at for mail in mails):
        wake("stemnet.deliver")


def prepare(letter: Letter, *, at: datetime, common: Mapping[str, Any] | None = None) -> Mail:
    """Return a rendered mail that is not in the outbox yet."""
    unsubscribe_url = letter.get("unsubscribe_url", "")
    language = letter.get("language", "en")
    context = {**letter["context"], "unsubscribe_url": unsubscribe_url}
    kind = letter["key"].partition(":")[0]
    rendered = render(letter["template"], context, language=language, common=common, kind=kind)
    return Mail(
        key=letter["key"],
        template=letter["template"],
        recipient=letter.get("recipient", ""),
        address=header_line(letter["address"]),
        object=letter.get("object", ""),
        language=language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        headers=headers_of(letter.get("headers") or {}, unsubscribe_url),
        attachments=list(letter.get("attachments", ())),
        mail_class=letter.get("mail_class", MailClass.TRANSACTIONAL),
        secret=letter.get("secret", False),
        message_id=message_id(letter["key"]),
        created_at=at,
        due_at=letter.get("due_at") or at,
        expires_at=letter.get("expires_at"),
    )


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
    return call_off(queued)


def call_off(queued: MailQuerySet) -> int:
    """Cancel these mails, all of them queued, and return how many.

    Nobody got them, so each gives up its key and Message-ID: the same mail may be queued again.
    """
    number = Cast("pk", CharField())
    key = Concat(Value("cancelled:"), number, Value(":"), "key")
    return queued.update(
        state=MailState.CANCELLED,
        key=Left(key, 250),
        message_id=Concat(Value("<cancelled-"), number, Value("@invalid>")),
    )


@transaction.atomic
def resend(*, mail: Mail, at: datetime) -> None:
    """Queue a mail that failed or is in doubt once more, because a person decided so.

    Raises NotResendable where it is in any other state, or was resent by someone else just now.
    """
    resendable = Mail.objects.filter(pk=mail.pk, state__in=RESENDABLE)
    if not resendable.update(state=MailState.QUEUED, due_at=at, lease_until=None):
        raise NotResendable
    wake("stemnet.deliver")


def sent_since(*, address: str, template: str, since: datetime) -> int:
    """Return how many mails of ``template`` were queued for ``address`` after ``since``, for limits."""
    return Mail.objects.filter(
        address__iexact=address.strip(), template=template, created_at__gt=since
    ).count()


def headers_of(headers: Mapping[str, str], unsubscribe_url: str) -> dict[str, str]:
    """Return the headers as single lines, with one-click unsubscribing where there is a link (RFC 8058)."""
    lines = {header_line(name): header_line(value) for name, value in headers.items()}
    if unsubscribe_url:
        lines["List-Unsubscribe"] = f"<{header_line(unsubscribe_url)}>"
        lines["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return lines
