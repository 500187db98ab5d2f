"""Sending a message: its time, stopping it before, and the job that lists the readers and queues their mail.

Whether a message goes or is stopped is decided by one conditional UPDATE of its row, so that of two who do
both at once one finds nothing to change: all of it goes, or none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.planning.domain.planning import instant
from partners.models import Person
from registrations.messages.domain.audiences import Reader, readers_of
from registrations.messages.domain.letters import Letters, title_of
from registrations.messages.domain.writing import check_message, may_write
from registrations.messages.exceptions import MessageRefused, NobodyToWrite, NotStoppable
from registrations.models import Message, MessageRecipient
from stemnet import jobs, wording
from stemnet.jobs import Run, make_room
from stemnet.models import Job
from stemnet.outbox import queueing

KIND = "registrations.message"
HELD_BACK = timedelta(minutes=1)  # so long a message that goes now can be stopped
TOO_LATE = timedelta(hours=12)
FURTHEST = timedelta(days=366)
BATCH, SHORT_ROWS = 800, 2_000
State = Message.State


@dataclass(frozen=True)
class When:
    """A wall time in a zone, at which a message goes out."""

    on: date
    at: time
    zone: str


def send_message(message: Message, *, when: When | None, by: Person, at: datetime) -> Message:
    """Let a draft go at its time, or in a minute. Raises MessageRefused and WallTimeRefused.

    It goes as it was checked here: a text that somebody changes meanwhile is a refusal.
    """
    check_message(message)
    readers = readers_of(message, at=at)
    if not any(not one.left_out for one in readers):
        raise NobodyToWrite(len(readers))
    send_at = time_of(when, at=at)
    drafts = Message.objects.filter(
        pk=message.pk, state=State.DRAFT, subject=message.subject, text=message.text
    )
    planned: dict[str, Any] = {"send_on": when.on, "send_time": when.at, "zone": when.zone} if when else {}
    planned["title"] = title_of(message, at=at)
    if not drafts.update(state=State.SCHEDULED, send_at=send_at, written_by=by, **planned):
        raise MessageRefused(
            sentence=_("Somebody sent or changed this message just now. Look at it again before you send it.")
        )
    message.refresh_from_db()
    return message


def time_of(when: When | None, *, at: datetime) -> datetime:
    """Return the moment at which a message goes. Raises MessageRefused for one that is past or too far."""
    if when is None:
        return at + HELD_BACK
    moment = instant(when.on, when.at, when.zone)
    if moment <= at:
        raise MessageRefused(
            sentence=_("%(moment)s is past. Choose a later time, or send it now.")
            % {"moment": wording.moment(moment, when.zone)}
        )
    if moment > at + FURTHEST:
        raise MessageRefused(sentence=_("Choose a time within a year from now."))
    return moment


def stop_message(message: Message, *, by: Person) -> None:
    """Stop a message that has not begun to go out; stopping it twice changes nothing. Raises NotStoppable."""
    waiting = Message.objects.filter(pk=message.pk, state=State.SCHEDULED)
    if not waiting.update(state=State.CANCELLED, stopped_by_name=str(by)[:200]):
        message.refresh_from_db(fields=["state"])
        if message.state != State.CANCELLED:
            raise NotStoppable


def go_on(message: Message) -> None:
    """Let a message go on that stopped partway; whoever has its mail gets no other."""
    for job in Job.objects.filter(uid=message.uid):
        jobs.run_again(job)


def sweep_messages(*, at: datetime) -> int:
    """Begin every message whose time has come; one that may not go any more is stopped, and says why."""
    begun = 0
    for message in Message.objects.due().filter(send_at__lte=at).select_related("written_by"):
        if why := held_back(message, at=at):
            waiting = Message.objects.filter(pk=message.pk, state=State.SCHEDULED)
            waiting.update(state=State.CANCELLED, stopped_by_name=why[:200])
        else:
            begun += begin(message, at=at)
    return begun


def held_back(message: Message, *, at: datetime) -> str:
    """Say why a message doesn't go at its time: it is hours too late, or its writer may not write it now."""
    if message.send_at is not None and message.send_at < at - TOO_LATE:
        return _("The portal wasn't running at its time")
    if not may_write(message, message.written_by):
        return _("%(name)s can no longer write to these people") % {"name": message.written_by}
    return ""


@transaction.atomic
def begin(message: Message, *, at: datetime) -> bool:
    """Let a message go out from now on, unless it was stopped; its job is written with that."""
    waiting = Message.objects.filter(pk=message.pk, state=State.SCHEDULED, send_at__lte=at)
    if not waiting.update(state=State.SENDING):
        return False
    params = {"message": str(message.uid), "at": at.isoformat()}
    jobs.start_job(kind=KIND, params=params, by=str(message.written_by.uid), at=at, uid=message.uid)
    return True


def run_sending(run: Run) -> None:
    """Do the job: list who gets it, then queue their mail in batches; safe to be run again."""
    at = datetime.fromisoformat(run.params["at"])
    messages = Message.objects.select_related("network", "group", "written_by")
    message = messages.get(uid=run.params["message"])
    list_readers(message, at=at)
    run.expect(message.recipients.mailed().count())
    letters, done, begun = Letters(message, at=at), 0, perf_counter()
    for batch in batches(message):
        mails = letters.mails(batch)
        make_room(after=perf_counter() - begun)  # reading and filling held nothing
        with transaction.atomic():
            queueing.add(mails, at=at)
        done += len(batch)
        run.reach(done)
        begun = perf_counter()
    Message.objects.filter(pk=message.pk, state=State.SENDING).update(state=State.SENT, sent_at=at)


def list_readers(message: Message, *, at: datetime) -> None:
    """Write down once who gets the message and who is left out; a list that stopped partway begins anew."""
    if message.chosen_at is not None:
        return
    message.recipients.all().delete()
    rows = [recipient(message, reader) for reader in readers_of(message, at=at)]
    for start in range(0, len(rows), SHORT_ROWS):
        MessageRecipient.objects.bulk_create(rows[start : start + SHORT_ROWS])
        make_room()
    message.chosen_at = at
    Message.objects.filter(pk=message.pk).update(chosen_at=at)


def recipient(message: Message, reader: Reader) -> MessageRecipient:
    """Return the row of one reader; the key of the mail is the same however often the job runs."""
    return MessageRecipient(
        message=message,
        person=reader.person,
        name=reader.name[:200],
        address=reader.address,
        left_out=reader.left_out,
        mail_key=f"message:{message.uid}:{reader.key}"[:120],
    )


def batches(message: Message) -> Iterator[list[MessageRecipient]]:
    """Yield the recipients to whom a mail goes, a few at a time in order of their keys."""
    last = 0
    while True:
        rows = message.recipients.mailed().filter(pk__gt=last).select_related("person").order_by("pk")
        batch = list(rows[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk
