"""Sending the reminders that are due, each once.

A reminder has a row only once it is due; the row is unique, so that two sweeps send one. A reminder that
comes too late is kept as missed and never sent (docs/rules.md 13.1, 13.2).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from meetings.models import Meeting
from partners.models import Person
from registrations.models import Registration, Reminder
from registrations.models.seats.reminder import Offset
from registrations.seats.domain.reminders_due import Item, grouped, items, near
from registrations.seats.emails import reminding as letters
from stemnet.models import Mail, MailClass
from stemnet.outbox import queueing

WITH_LINK = (Offset.DAY, Offset.HOUR)
BATCH = 200
Way = Callable[[Sequence[Meeting]], str]  # in the language of the mail, for the meetings that it is about


class WaySource(Protocol):
    """Says of registrations (keys) how far they are with the meetings of a mail."""

    def __call__(self, registrations: Collection[int], *, at: datetime) -> dict[int, Way]:
        """Return those of which there is something to say."""


_sources: list[WaySource] = []


def sweep_reminders(*, at: datetime) -> int:
    """Queue every reminder that is due at ``at`` and was not queued; return how many mails."""
    queued = 0
    pending = iter(grouped(items(list(near(at))), at=at))
    while batch := list(islice(pending, BATCH)):
        queued += write_reminders(batch, at=at)
    return queued


def write_reminders(groups: list[list[Item]], *, at: datetime) -> int:
    """Render the mails of ``groups``, then write them and their rows in one short transaction."""
    pks = {group[0].registration for group in groups if group[0].registration}
    people = Person.objects.prefetch_related("emails").in_bulk({group[0].person for group in groups})
    registrations = Registration.objects.select_related("network").in_bulk(pks)
    groups = [group for group in groups if people[group[0].person].primary_address]
    ways = ways_of(groups, at=at)
    texts = [
        letter_of(group, people[group[0].person], registrations.get(group[0].registration or 0), ways, at=at)
        for group in groups
    ]
    mails = queueing.prepare_many(texts, at=at)
    rows = [
        row_of(item, key=letter.key, at=at)
        for group, letter in zip(groups, mails, strict=True)
        for item in group
    ]
    return len(mails) if put(rows, mails, at=at) else 0


def say_way(source: WaySource) -> None:
    """Let an upper area say in ``ready()`` how far people are with the meetings that they are reminded of."""
    if source not in _sources:
        _sources.append(source)


def ways_of(groups: list[list[Item]], *, at: datetime) -> dict[int, Way]:
    """Ask how far the registrations are that the mails of ``groups`` are about."""
    registrations = {item.registration for group in groups for item in group if item.registration}
    found: dict[int, Way] = {}
    for source in _sources:
        found |= source(registrations, at=at)
    return found


def own_ways(group: list[Item], ways: dict[int, Way]) -> list[tuple[Meeting, Callable[[], str]]]:
    """Return what one mail says of each of its registrations, beside its first meeting."""
    meetings: dict[int, list[Meeting]] = {}
    for item in group:
        if item.registration in ways:
            meetings.setdefault(item.registration, []).append(item.due.meeting)
    return [(here[0], partial(ways[registration], here)) for registration, here in meetings.items()]


def letter_of(
    group: list[Item],
    person: Person,
    registration: Registration | None,
    ways: dict[int, Way],
    *,
    at: datetime,
) -> queueing.Letter:
    """Return the mail of one group; its key names the reader, the distance and each occurrence."""
    meetings = [item.due.meeting for item in group]
    occurrences = ",".join(f"{meeting.pk}.{meeting.sequence}" for meeting in meetings)
    return letters.reminder(
        person=person,
        registration=registration,
        meetings=meetings,
        ways=own_ways(group, ways),
        with_link=group[0].due.offset in WITH_LINK,
        key=f"reminder:{group[0].due.offset}:{(registration or person).uid}:{occurrences}"[:250],
        expires_at=min(item.due.expires_at for item in group if item.due.due_at <= at),
    )


def row_of(item: Item, *, key: str, at: datetime) -> Reminder:
    """Return the row that says this reminder was dealt with."""
    return Reminder(
        registration_id=item.registration,
        person_id=None if item.registration else item.person,
        meeting=item.due.meeting,
        offset=item.due.offset,
        starts_at=item.due.meeting.starts_at,
        mail_key=key,
        at=at,
    )


def put(rows: list[Reminder], mails: list[Mail], *, at: datetime) -> bool:
    """Write rows and mails together; False where a meeting changed meanwhile or another sweep was faster."""
    planned = {(row.meeting_id, row.starts_at) for row in rows}
    meetings = Meeting.objects.standing().filter(pk__in={pk for pk, _start in planned}).order_by("pk")
    try:
        with transaction.atomic():
            if planned != set(meetings.select_for_update().values_list("pk", "starts_at")):
                return False
            Reminder.objects.bulk_create(rows)
            queueing.put(mails, at=at)
    except IntegrityError:
        return False
    return True


def follow_instants(meeting: Meeting, *, before: datetime) -> None:
    """Let what was sent stand for a meeting that kept its wall time, though its start was ``before``."""
    Reminder.objects.filter(meeting=meeting, starts_at=before).update(starts_at=meeting.starts_at)


def take_back_reminders(meetings: Iterable[Meeting]) -> int:
    """Cancel reminders of ``meetings`` that are queued and not sent, because the meetings changed."""
    return cancel_reminders(Reminder.objects.filter(meeting__in=list(meetings)))


def take_back_from(registration: Registration, *, of: Meeting | None = None) -> int:
    """Cancel one person's reminders that are queued and not sent, because they leave, or miss ``of``."""
    reminders = Reminder.objects.filter(registration=registration)
    return cancel_reminders(reminders.filter(meeting=of) if of else reminders)


@transaction.atomic
def cancel_reminders(reminders: QuerySet[Reminder]) -> int:
    """Cancel the queued mails of ``reminders`` and return how many.

    The rows of all that these mails spoke of go too, so that the next sweep reminds of what stands.
    """
    keys = reminders.values("mail_key")
    waiting = Mail.objects.queued().filter(mail_class=MailClass.REMINDER, key__in=keys)
    cancelled = list(waiting.select_for_update().values_list("key", flat=True))
    queueing.call_off(Mail.objects.queued().filter(key__in=cancelled))
    Reminder.objects.filter(mail_key__in=cancelled).delete()
    return len(cancelled)
