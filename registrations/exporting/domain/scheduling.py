"""Sending exports by the clock: when the next time is, who gets a link, and what stops it.

A schedule says wall time at the partnership's own place; each day is built from that time, so that nine
o'clock stays nine o'clock when the clocks change. However late the clock runs, one time goes out, the newest.
A link opens the export for one person, signed in, for a week; its file is made when they press the button, of
the rows that they may see then.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person, is_night, local_day
from partners.models.people.local_time import zone_of_partnership
from registrations.exporting import emails
from registrations.exporting.domain.rows import networks_of
from registrations.exporting.exceptions import ExportRefused
from registrations.models import ExportDelivery, ExportReader, ExportSchedule, SavedExport
from stemnet import jobs
from stemnet.telling import tell

KEPT = timedelta(days=7)
MOST_READERS = 30
Every = ExportSchedule.Every


@dataclass(frozen=True, kw_only=True)
class Times:
    """How often and when, as it was chosen."""

    every: str
    weekday: int
    month_day: int
    hour: int

    def falls_on(self, day: date) -> bool:
        """Return whether an export goes out on this day."""
        if self.every == Every.WEEK:
            return day.weekday() == self.weekday
        return self.every == Every.DAY or day.day == min(self.month_day, monthrange(day.year, day.month)[1])


def next_time(times: Times, *, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment (UTC) after ``after`` at which ``times`` say so by the clock in ``zone``."""
    day = local_day(after, zone)
    while True:
        if times.falls_on(day):
            moment = datetime.combine(day, time(times.hour), tzinfo=zone).astimezone(UTC)
            if moment > after:
                return moment
        day += timedelta(days=1)


def times_of(schedule: ExportSchedule) -> Times:
    """Return when a schedule goes out."""
    return Times(
        every=schedule.every,
        weekday=schedule.weekday,
        month_day=schedule.month_day,
        hour=schedule.hour,
    )


def colleagues(export: SavedExport, owner: Person) -> QuerySet[Person]:
    """Return who else can get an export of ``owner``: staff of one of its networks."""
    networks = networks_of(export, owner).order_by().values("pk")
    appointed = Person.objects.filter(appointments__network__in=networks)
    everywhere = Person.objects.filter(user__groups__name__in=["staff", "coordinator"], user__is_active=True)
    keys = appointed.order_by().values("pk").union(everywhere.order_by().values("pk"))
    return (
        Person.objects.current().filter(pk__in=list(keys.values_list("pk", flat=True))).exclude(pk=owner.pk)
    )


@transaction.atomic
def schedule(
    export: SavedExport, times: Times, readers: Sequence[Person], *, by: Person, at: datetime
) -> ExportSchedule:
    """Send ``export`` by the clock from now on; again, it changes when. Raises ExportRefused."""
    if len(readers) > MOST_READERS:
        raise ExportRefused(sentence=_("Choose at most %(most)s people.") % {"most": MOST_READERS})
    if {one.pk for one in readers} - set(colleagues(export, by).values_list("pk", flat=True)):
        raise ExportRefused(sentence=_("Only staff of these networks can get it."))
    SavedExport.objects.select_for_update().get(pk=export.pk)
    values = {
        "every": times.every,
        "weekday": times.weekday,
        "month_day": times.month_day,
        "hour": times.hour,
        "next_at": next_time(times, after=at, zone=zone_of_partnership()),
        "stopped_at": None,
    }
    made, _new = ExportSchedule.objects.update_or_create(export=export, defaults=values)
    made.readers.exclude(person__in=readers).delete()
    rows = [ExportReader(schedule=made, person=one) for one in readers]
    ExportReader.objects.bulk_create(rows, ignore_conflicts=True)
    return made


def unschedule(export: SavedExport) -> None:
    """Send ``export`` on a schedule no more; links that went out open it until they end."""
    ExportSchedule.objects.filter(export=export).delete()


@transaction.atomic
def take_over(export: SavedExport, *, by: Person, at: datetime) -> None:
    """Make a coordinator the owner of an export whose owner is no longer staff; it goes out again."""
    locked = SavedExport.objects.select_for_update(of=("self",)).select_related("owner").get(pk=export.pk)
    if not by.is_coordinator or is_staff(locked.owner):
        raise ExportRefused(sentence=_("This export has an owner. Make a copy of your own instead."))
    SavedExport.objects.filter(pk=locked.pk).update(owner=by)
    for one in ExportSchedule.objects.filter(export=locked):
        one.readers.filter(person=by).delete()
        next_at = next_time(times_of(one), after=at, zone=zone_of_partnership())
        ExportSchedule.objects.filter(pk=one.pk).update(next_at=next_at, stopped_at=None)


def is_staff(person: Person) -> bool:
    """Return whether somebody who can sign in is staff of any network."""
    return person.removed_at is None and person.merged_into_id is None and _staffs(person)


def _staffs(person: Person) -> bool:
    return Network.objects.staffed_by(person).exists() or person.is_staff_for_all


def sweep_exports(*, at: datetime) -> int:
    """Send what is due; return how many went out. Nothing goes out at night."""
    if is_night(at):
        return 0
    keys = list(ExportSchedule.objects.due(at).values_list("pk", flat=True))
    return sum(_send(key, at=at) for key in keys)


@jobs.finishing()
@transaction.atomic
def _send(key: int, *, at: datetime) -> bool:
    """Send one export, or stop it where its owner is no longer staff; whoever moves it on first sends it."""
    found = ExportSchedule.objects.due(at).select_related("export__owner").filter(pk=key).first()
    if found is None:
        return False
    mine = ExportSchedule.objects.filter(pk=key, next_at=found.next_at, stopped_at=None)
    owner = found.export.owner
    if not is_staff(owner):
        if mine.update(stopped_at=at):
            tell(emails.stopped, found, at=at)
        return False
    next_at = next_time(times_of(found), after=at, zone=zone_of_partnership())
    if not mine.update(next_at=next_at):
        return False
    had = ExportDelivery.objects.filter(export=found.export, due_at=found.next_at)
    sent_to = set(had.values_list("person", flat=True))
    people = dict.fromkeys([owner, *(one.person for one in found.readers.select_related("person"))])
    getting = [
        one
        for one in people
        if one.pk not in sent_to and is_staff(one) and networks_of(found.export, one).exists()
    ]
    made = ExportDelivery.objects.bulk_create(
        ExportDelivery(export=found.export, person=one, due_at=found.next_at, until=at + KEPT)
        for one in getting
    )
    for one in made:
        tell(emails.sent, one, at=at)
    return True
