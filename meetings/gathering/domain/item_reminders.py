"""Reminding of action items: 7 days and 1 day before they are due, the day after, and 3 weeks more.

A person gets one mail a day at most, about all their items that are to be reminded of. Of several days that
were missed only the latest counts, and not where it is a week ago, so that a clock that stood still does not
mail everyone. After the last one staff see the item among those overdue (docs/rules.md 7.2).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from meetings.gathering.domain.owners import readers_of, readers_of_each
from meetings.gathering.emails import action_items as letters
from meetings.models import ActionItem, Network
from partners.models import Person, is_night, local_day, zone_of_partnership
from stemnet.outbox.queueing import Letter, prepare_many, put

DAYS = (-7, -1, 1, 8, 15, 22)  # from the day on which an item is due
WEEK = timedelta(weeks=1)


def sweep_action_items(*, at: datetime) -> int:
    """Queue every reminder that is due at ``at``; return how many mails."""
    if is_night(at):
        return 0
    today = local_day(at)
    due = [item for item in waited_for(today) if is_item_due(item, today=today)]
    mails = prepare_many([*letters_about(due, today=today)], at=at)
    with transaction.atomic():
        put(mails, at=at)
        ActionItem.objects.open().filter(pk__in=[item.pk for item in due]).update(reminded_on=today)
    return len(mails)


def waited_for(today: date) -> list[ActionItem]:
    """Return the open items whose days to remind are near; not those of what was called off."""
    near = today - timedelta(days=max(DAYS)) - WEEK, today - timedelta(days=min(DAYS))
    rows = ActionItem.objects.single().open().filter(due_on__range=near)
    rows = rows.exclude(network__status=Network.Status.CANCELLED)
    found = rows.select_related("person", "organization", "meeting", "network", "working_group")
    return list(found.prefetch_related("person__emails").order_by("due_on", "pk"))


def is_item_due(item: ActionItem, *, today: date) -> bool:
    """Return whether a day to remind came since the item was given, or was reminded of last."""
    days = (item.due_on + timedelta(days=days) for days in DAYS)
    day = max((day for day in days if today - WEEK < day <= today), default=None)
    return day is not None and day > max(local_day(item.made_at), item.reminded_on or date.min)


def letters_about(due: list[ActionItem], *, today: date) -> Iterable[Letter]:
    """Yield one letter for each person about all that they do; nobody needs it the next morning."""
    known = readers_of_each([item.owner for item in due if item.owner], on=today)
    found: dict[int, tuple[Person, list[ActionItem]]] = {}
    for item in due:
        for person in readers_of(item, known):
            found.setdefault(person.pk, (person, []))[1].append(item)
    morning = time(settings.DAY_BEGINS_AT)
    expires_at = datetime.combine(today + timedelta(days=1), morning, tzinfo=zone_of_partnership())
    for person, items in found.values():
        yield letters.reminder(person, items, today=today, expires_at=expires_at)
