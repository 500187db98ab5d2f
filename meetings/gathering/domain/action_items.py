"""Action items on their way: given, changed, done, dropped, opened again.

Every act holds the item's row; of two people who close one item at once the second hears who was first. Mail
is rendered before.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.gathering.domain.belonging import Source
from meetings.gathering.domain.owners import Owner, checked_owner, readers_of_each
from meetings.gathering.emails import action_items as letters
from meetings.gathering.exceptions import (
    ActionItemRefused,
    DueTooEarly,
    HomeworkClosed,
    ItemClosed,
    NothingAnswered,
    NothingAsked,
)
from meetings.models import ActionItem, ActionItemChange
from meetings.models.gathering.action_item import LONGEST_ANSWER
from partners.models import Organization, Person, acted, local_day
from stemnet import wording
from stemnet.models import Mail
from stemnet.outbox.queueing import prepare_many, put

State = ActionItem.State
A_MOMENT = timedelta(minutes=1)  # within which the same words again are a form that was sent twice
SAME = ("text", "details", "due_on", "is_homework", "organization", "person")
SAME_PLACE = ("meeting", "network", "working_group", "made_by_name")


def give(
    source: Source, *, text: str, owner: Owner, due_on: date, details: str = "", by: Person, at: datetime
) -> ActionItem:
    """Give an item to a person or an organization, and tell them unless they did it themselves.

    The same form sent twice gives it once.
    Raises ActionItemRefused where it says nothing, is due too early, or nobody is there to write to.
    """
    owner = checked_owner(owner, on=local_day(at))
    item = ActionItem(
        **checked(source, text=text, due_on=due_on, on=local_day(at)),
        **owned(owner),
        details=details.strip(),
        made_by_name=str(by),
        made_at=at,
    )
    mails = told(item, owner, by=by, times=0, at=at)
    with transaction.atomic():
        before = given_just_now(item, by=by)
        if before:
            return before
        item.save()
        note(item, to=State.OPEN, by=by, at=at, before="")
        put(mails, at=at)
    return item


def given_just_now(item: ActionItem, *, by: Person) -> ActionItem | None:
    """Return the same item or homework where ``by``, whose row is held, gave it a moment ago."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = {name: getattr(item, name) for name in (*SAME, *SAME_PLACE)}
    recent = ActionItem.objects.open().filter(made_at__gt=item.made_at - A_MOMENT, part_of=None)
    return recent.filter(**same).first()


def checked(source: Source, *, text: str, due_on: date, on: date) -> dict[str, object]:
    """Return the columns that say what is to be done, until when, and where it comes from.

    Raises ActionItemRefused where it says nothing or is due too early.
    """
    if not text.strip():
        raise NothingAsked
    check_day(source, due_on, on=on)
    return {
        "text": text.strip(),
        "due_on": due_on,
        "meeting": source.meeting,
        "network": source.network,
        "working_group": source.working_group,
    }


def check_day(source: Source, due_on: date, *, on: date) -> None:
    """Refuse a day before the meeting that an item comes from, or one that is past."""
    held = source.meeting
    if held and due_on < held.on:
        raise DueTooEarly(held=wording.day(held.on))
    if due_on < on and not (held and held.on < on):
        raise DueTooEarly


def owned(owner: Owner) -> dict[str, Owner | None]:
    """Return the two columns of the owner."""
    is_organization = isinstance(owner, Organization)
    return {
        "organization": owner if is_organization else None,
        "person": None if is_organization else owner,
    }


def told(item: ActionItem, owner: Owner, *, by: Person, times: int, at: datetime) -> list[Mail]:
    """Return the rendered mails to whoever does an item now, but not to whoever gave it."""
    found = readers_of_each([owner], on=local_day(at))
    readers = [one for people in found.values() for one in people if one.pk != by.pk]
    return prepare_many(letters.given(item, readers, by=by, times=times), at=at)


def change_item(
    item: ActionItem, *, text: str, owner: Owner, due_on: date, details: str = "", by: Person, at: datetime
) -> ActionItem:
    """Say an open item otherwise; a new owner is told. Raises ItemClosed, and what `give` raises."""
    source = Source(item.meeting, item.network, item.working_group)
    if not text.strip():
        raise NothingAsked
    if due_on != item.due_on:
        check_day(source, due_on, on=local_day(at))
    is_new = owner != item.owner
    owner = checked_owner(owner, on=local_day(at)) if is_new else owner
    said = {"text": text.strip(), "due_on": due_on, "details": details.strip(), **owned(owner)}
    fresh = ActionItem(pk=item.pk, uid=item.uid, part_of=item.part_of, meeting=item.meeting, **said)
    fresh.network, fresh.working_group = item.network, item.working_group
    mails = told(fresh, owner, by=by, times=item.changes.count(), at=at) if is_new else []
    with transaction.atomic():
        row = lock_open(item)
        for name, value in said.items():
            setattr(row, name, value)
        row.save(update_fields=list(said))
        if is_new:
            note(row, to=State.OPEN, by=by, at=at, reason=_("Assigned to %(name)s") % {"name": owner})
        put(mails, at=at)
    return row


def take_over(item: ActionItem, *, by: Person, at: datetime) -> ActionItem:
    """Give an open item to oneself. Raises ItemClosed, and NobodyToTell where one has no address."""
    return change_item(item, text=item.text, owner=by, due_on=item.due_on, details=item.details, by=by, at=at)


@transaction.atomic
def close(
    item: ActionItem, *, to: str = State.DONE, reason: str = "", answer: str = "", by: Person, at: datetime
) -> ActionItem:
    """Say that an item is done, or dropped; to homework belongs an answer.

    Raises ItemClosed where it is closed already, ActionItemRefused where homework has no answer.
    """
    row = lock_open(item)
    if row.part_of_id and to == State.DONE:
        row.answer = checked_answer(answer)
    row.state, row.closed_at = to, at
    row.save(update_fields=["state", "closed_at", "answer"])
    note(row, to=to, by=by, at=at, before=State.OPEN, reason=reason)
    return row


def checked_answer(answer: str) -> str:
    """Return the answer to homework. Raises ActionItemRefused where there is none, or it is too long."""
    words = answer.strip()
    if not words:
        raise NothingAnswered
    if len(words) > LONGEST_ANSWER:
        raise ActionItemRefused(sentence=_("Shorten your answer to 10,000 characters or fewer."))
    return words


@transaction.atomic
def reopen(item: ActionItem, *, by: Person, at: datetime) -> ActionItem:
    """Open an item again; one that is open stays as it is, and an answer stays to be written on.

    Raises HomeworkClosed where it answers homework that takes no more answers.
    """
    if item.part_of is not None and not lock(item.part_of).is_open:
        raise HomeworkClosed
    row = lock(item)
    if not row.is_open:
        before, row.state, row.closed_at = row.state, State.OPEN, None
        row.save(update_fields=["state", "closed_at"])
        note(row, to=State.OPEN, by=by, at=at, before=before)
    return row


def lock(item: ActionItem) -> ActionItem:
    """Return an item whose row is held."""
    return ActionItem.objects.select_for_update(no_key=True).get(pk=item.pk)


def lock_open(item: ActionItem) -> ActionItem:
    """Return an open item whose row is held. Raises ItemClosed with who closed it."""
    row = lock(item)
    if row.is_open:
        return row
    last = row.changes.exclude(to_status=State.OPEN).last()
    raise ItemClosed(
        is_done=row.state == State.DONE,
        who=last.by_name if last else row.made_by_name,
        day=wording.day(local_day(row.closed_at or row.made_at)),
    )


def note(
    item: ActionItem, *, to: str, by: Person, at: datetime, before: str = State.OPEN, reason: str = ""
) -> ActionItemChange:
    """Write down one step of an item."""
    return ActionItemChange.objects.create(
        item=item, from_status=before, to_status=to, at=at, reason=reason.strip()[:500], **acted(by)
    )
