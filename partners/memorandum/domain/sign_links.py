"""Private links of signatures, and the mail that carries a new one.

A link is a random token that is kept as a hash only. The mail is rendered with its token once the act's
transaction is over; then one short transaction keeps the hash and queues the mail. So no token stands in a
job, and where the process dies in between, a worker sends another.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from partners.memorandum.domain import mous
from partners.memorandum.emails import sign_reminders as reminders
from partners.memorandum.emails import signing as letters
from partners.memorandum.emails.anew import Anew
from partners.models import MouDocument, Signature
from stemnet.models import Mail
from stemnet.outbox.queueing import put
from stemnet.private_links import hash_token
from stemnet.telling import afterwards

Status = Signature.Status
Letter = Callable[[str], list[Mail]]


def new_token(signature: Signature, *, at: datetime) -> str:
    """Give the signature one more private link; those before go on until their own end."""
    token = secrets.token_urlsafe(32)
    _keep(signature, token, at=at)
    return token


@afterwards
def send_request(
    signature: Signature,
    *,
    signed: Signature | None,
    given_on: date | None,
    headings: list[str],
    why: str,
    withdrawn: str,
    at: datetime,
) -> None:
    """Ask the signatory by a new link; the words are those of `Anew`."""
    again = Anew(signed, given_on, tuple(headings), why, withdrawn)
    _send(
        signature,
        lambda token: letters.request(signature, token=token, again=again, at=at),
        while_it_is=Status.ASKED,
        at=at,
    )


@afterwards
def send_copy(signature: Signature, *, at: datetime) -> None:
    """Give the signatory the way to the signed copy by a new link."""
    _send(
        signature,
        lambda token: letters.signed(signature, token=token, at=at),
        while_it_is=Status.SIGNED,
        at=at,
    )


@afterwards
def send_changes(signatures: list[Signature], *, document: MouDocument, at: datetime) -> None:
    """Show an editorial change to whoever signed the text before, each by a new link."""
    for signature in signatures:
        send_change(signature, document=document, at=at)


def send_change(signature: Signature, *, document: MouDocument, at: datetime) -> None:
    """Show it to one."""
    _send(
        signature,
        lambda token: letters.changed(signature, document=document, token=token, at=at),
        while_it_is=Status.SIGNED,
        at=at,
    )


@afterwards
def send_reminder(signatures: list[Signature], *, today: date, at: datetime) -> None:
    """Remind one signatory of all these in one mail, each by a new link; of those that are still asked."""
    waiting = [(one, secrets.token_urlsafe(32)) for one in signatures if one.status == Status.ASKED]
    if not waiting:
        return
    for one, _token in waiting:
        one.token_until = _end(at)
    mails = reminders.reminder(waiting, today=today, at=at)
    _queue(waiting, mails, while_it_is=Status.ASKED, at=at)


def _send(signature: Signature, write: Letter, *, while_it_is: str, at: datetime) -> None:
    """Render a mail with a new token, then keep the token and queue the mail, once and while it fits."""
    token = secrets.token_urlsafe(32)
    signature.token_until = _end(at)
    _queue([(signature, token)], write(token), while_it_is=while_it_is, at=at)


def _queue(links: list[tuple[Signature, str]], mails: list[Mail], *, while_it_is: str, at: datetime) -> None:
    """Keep the new token of each signature that it still fits, and queue the mails, once."""
    with transaction.atomic():
        for mou in sorted({one.document.mou for one, _token in links}, key=lambda mou: mou.pk):
            mous.lock_mou(mou)
        rows = Signature.objects.select_for_update(of=("self",)).order_by("pk")
        fresh = rows.in_bulk([one.pk for one, _token in links])
        fitting = [(fresh[one.pk], token) for one, token in links if fresh[one.pk].status == while_it_is]
        sent = Mail.objects.filter(key__in=[mail.key for mail in mails])
        if fitting and not sent.exists():
            for one, token in fitting:
                _keep(one, token, at=at)
            put(mails, at=at)


def _keep(signature: Signature, token: str, *, at: datetime) -> None:
    """Write down the hash of a new token; the one before goes on until its own end."""
    if signature.token_hash and signature.token_until is not None:
        signature.earlier_links.create(token_hash=signature.token_hash, until=signature.token_until)
    signature.token_hash, signature.token_until = hash_token(token), _end(at)
    signature.save(update_fields=["token_hash", "token_until"])


def _end(at: datetime) -> datetime:
    """Return until when a link works that is made now."""
    return at + timedelta(days=settings.SIGNING_LINK_DAYS)
