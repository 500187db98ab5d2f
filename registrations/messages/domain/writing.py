"""Writing a message: a draft for a choice of people, its text, and one that begins with another's."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meetings.models import Network, WorkingGroup
from partners.models import Person
from registrations.messages.domain.audiences import readers_of
from registrations.messages.domain.letters import known_places, test_mail
from registrations.messages.domain.texts import check_text
from registrations.messages.exceptions import MessageRefused, NobodyToWrite
from registrations.models import Message
from stemnet.one_line import one_line, visible
from stemnet.outbox import queueing
from stemnet.outbox.personal import without_marks

A_MOMENT = timedelta(seconds=20)


def begin_message(
    *,
    network: Network | None,
    group: WorkingGroup | None = None,
    audience: str,
    choice: Mapping[str, Any],
    uid: UUID | None = None,
    by: Person,
    at: datetime,
) -> Message:
    """Return a new draft; the same form sent twice is one draft, with another choice it is another one.

    So is a button pressed twice, which has no ``uid``. Raises NobodyToWrite.
    """
    message = Message(
        uid=uid_of(uid or uuid4(), network, group, audience, sorted(choice.items()), by),
        network=network,
        group=group,
        audience=audience,
        choice=dict(choice),
        written_by=by,
        created_at=at,
    )
    if not readers_of(message, at=at):
        raise NobodyToWrite(0)
    try:
        with transaction.atomic():
            if uid is None and (before := begun_just_now(message)):
                return before
            message.save(force_insert=True)
    except IntegrityError:  # sent twice
        return Message.objects.get(uid=message.uid)
    return message


def begun_just_now(message: Message) -> Message | None:
    """Return the same draft where its writer, whose row is held, began it a moment ago."""
    Person.objects.select_for_update(no_key=True).get(pk=message.written_by_id)
    same = {name: getattr(message, name) for name in ("network", "group", "audience", "written_by")}
    recent = Message.objects.filter(created_at__gt=message.created_at - A_MOMENT, state=Message.State.DRAFT)
    return next((one for one in recent.filter(**same) if one.choice == message.choice), None)


def uid_of(form: UUID, *chosen: object) -> UUID:
    """Return the uid of what a form begins, which nobody else's form and no other choice begins."""
    return uuid5(form, repr([getattr(one, "pk", one) for one in chosen]))


def save_draft(message: Message, *, subject: str, text: str) -> None:
    """Keep what was typed, whatever it is; it is checked when it goes. Raises MessageRefused once it went."""
    message.subject, message.text = one_line(without_marks(subject)), visible(without_marks(text))
    drafts = Message.objects.filter(pk=message.pk, state=Message.State.DRAFT)
    if not drafts.update(subject=message.subject, text=message.text):
        raise MessageRefused(
            sentence=_("This message isn't a draft anymore, so you can't change its text. Write a new one.")
        )


def may_write(draft: Message, person: Person) -> bool:
    """Return whether somebody may write such a message: staff, coordinators, whoever leads the group."""
    if draft.group is not None and WorkingGroup.objects.led_by(person).filter(pk=draft.group.pk).exists():
        return True
    if draft.network is not None:
        return Network.objects.staffed_by(person).filter(pk=draft.network.pk).exists()
    return person.is_coordinator


def check_message(message: Message) -> None:
    """Refuse a text that can't go out. Raises TextRefused."""
    check_text(message.subject, message.text, known=known_places(message))


def send_test(message: Message, *, number: int, by: Person, at: datetime) -> str:
    """Mail the writer what one reader would get, and return the address. Raises MessageRefused."""
    check_message(message)
    readers = readers_of(message, at=at)
    if not readers:
        raise NobodyToWrite(0)
    if not by.primary_address:
        raise MessageRefused(sentence=_("You have no e-mail address here, so we can't send you a test."))
    mail = test_mail(message, readers[min(number, len(readers) - 1)], to=by, at=at)
    with transaction.atomic():
        queueing.put([mail], at=at)
    return mail.address


def use_again(message: Message, *, by: Person, at: datetime) -> Message:
    """Return a draft to the same people with the same text."""
    copy = begin_message(
        network=message.network,
        group=message.group,
        audience=message.audience,
        choice=message.choice,
        by=by,
        at=at,
    )
    return filled_as(copy, message)


def write_to_the_rest(message: Message, *, by: Person, at: datetime) -> Message:
    """Return a draft with the same text to those who could not be reached."""
    rest = begin_message(
        network=message.network,
        group=message.group,
        audience="not_reached",
        choice={"message": str(message.uid)},
        by=by,
        at=at,
    )
    return filled_as(rest, message)


def filled_as(draft: Message, message: Message) -> Message:
    """Return a draft that was just begun with the text of ``message``; one that has words keeps them."""
    if not (draft.subject or draft.text):
        save_draft(draft, subject=message.subject, text=message.text)
    return draft
