"""Homework: one thing asked of many organizations or people, each of whom answers for themselves.

Each owner has an action item that is part of it, so mail, reminders and lists are those of any item.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.gathering.domain import action_items, telling_homework
from meetings.gathering.domain.belonging import Source
from meetings.gathering.domain.owners import Owner, readers_of, readers_of_each
from meetings.gathering.exceptions import ActionItemRefused, NothingAsked
from meetings.models import ActionItem, ActionItemChange
from partners.models import Person, acted, local_day
from stemnet import jobs

State = ActionItem.State


def give_homework(
    source: Source,
    *,
    text: str,
    details: str,
    owners: Sequence[Owner],
    due_on: date,
    by: Person,
    at: datetime,
) -> ActionItem:
    """Ask all ``owners`` for an answer, and tell each; those with nobody to write to are asked all the same.

    The same form sent twice asks once. Raises ActionItemRefused where nobody is asked, it says nothing, or is
    due too early.
    """
    if not owners:
        raise ActionItemRefused(sentence=_("Choose who should answer."))
    said = action_items.checked(source, text=text, due_on=due_on, on=local_day(at))
    common = {**said, "details": details.strip(), "made_by_name": str(by), "made_at": at}
    homework = ActionItem(**common, is_homework=True)
    asked = list(dict.fromkeys(owners))
    parts = [ActionItem(**common, part_of=homework, **action_items.owned(one)) for one in asked]
    with jobs.finishing(), transaction.atomic():
        before = action_items.given_just_now(homework, by=by)
        if before:
            return before
        homework.save()
        for part in parts:
            part.part_of = homework
        ActionItem.objects.bulk_create(parts)
        rows = ActionItem.objects.filter(part_of=homework)
        ActionItemChange.objects.bulk_create(
            ActionItemChange(item=one, to_status=State.OPEN, at=at, **acted(by)) for one in [homework, *rows]
        )
        telling_homework.tell(homework, number=len(parts), by=by, at=at)
    return homework


def remind_open(homework: ActionItem, *, at: datetime) -> int:
    """Remind everyone who has not answered, each once a day; return how many mails go out."""
    today = local_day(at)
    rows = homework.answers.open().select_related("person", "organization").prefetch_related("person__emails")
    open_rows = list(rows)
    known = readers_of_each([one.owner for one in open_rows if one.owner], on=today)
    with jobs.finishing(), transaction.atomic():
        homework.answers.open().update(reminded_on=today)
        telling_homework.tell(homework, number=len(open_rows), at=at)
    return sum(len(readers_of(one, known)) for one in open_rows)


@transaction.atomic
def close_homework(homework: ActionItem, *, by: Person, at: datetime) -> ActionItem:
    """Take no more answers: what is open is dropped, and what was answered stays. Raises ItemClosed."""
    row = action_items.close(homework, by=by, at=at)
    for part in homework.answers.open().select_for_update(no_key=True).order_by("pk"):
        action_items.close(part, to=State.DROPPED, by=by, at=at)
    return row


@transaction.atomic
def change_homework(
    homework: ActionItem, *, text: str, details: str, due_on: date, at: datetime
) -> ActionItem:
    """Ask otherwise, or until another day, of everyone who has not answered.

    Raises ItemClosed, and ActionItemRefused where it says nothing or is due too early.
    """
    row = action_items.lock_open(homework)
    source = Source(row.meeting, row.network, row.working_group)
    if not text.strip():
        raise NothingAsked
    if due_on != row.due_on:
        action_items.check_day(source, due_on, on=local_day(at))
    said = {"text": text.strip(), "details": details.strip(), "due_on": due_on}
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=list(said))
    row.answers.open().update(**said)
    return row
