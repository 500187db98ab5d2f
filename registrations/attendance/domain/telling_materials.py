"""Telling people that materials of a meeting are up: once for each material, when staff press the button.

The press writes which materials are told of, and a job; the job renders the mail, outside any transaction.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Material, Meeting, SeenBy
from meetings.models.gathering.material import MaterialQuerySet
from partners.models import MailTopic, Person, Preference
from registrations.attendance.emails import materials_up
from registrations.attendance.exceptions import NothingToTell
from registrations.models import Attendance, Registration, Seen
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet import jobs
from stemnet.jobs import Run

KIND = "registrations.tell_materials"
AT_ONCE, PART = 100, 25


@dataclass(frozen=True)
class Reader:
    """Somebody who is told, and of which materials."""

    registration: Registration
    materials: list[Material]


@dataclass
class Plan:
    """Who would be told of what: ``muted`` want no such mail, ``unaddressed`` have no address."""

    materials: list[Material]
    readers: list[Reader] = field(default_factory=list)
    muted: int = 0
    unaddressed: int = 0


def untold(meeting: Meeting, *, at: datetime) -> MaterialQuerySet:
    """Return the materials of ``meeting`` that others see by now, and nobody was told of."""
    seen = Material.objects.standing().released(at).filter(meeting=meeting, told_at__isnull=True)
    return seen.exclude(seen_by=SeenBy.STAFF)


def still_hidden(meeting: Meeting, *, at: datetime) -> int:
    """Return how many materials nobody is told of yet, since their time has not come."""
    waiting = Material.objects.standing().filter(meeting=meeting, told_at__isnull=True)
    hidden = waiting.exclude(pk__in=untold(meeting, at=at).values("pk"))
    return hidden.exclude(seen_by=SeenBy.STAFF).count()


def plan(meeting: Meeting, materials: list[Material]) -> Plan:
    """Return who is told of ``materials``: who belongs to the meeting or came, each of what they see."""
    found = Plan(materials)
    came = people_who_came(meeting)
    muted = set(Preference.objects.filter(topic=MailTopic.NEWS).values_list("person_id", flat=True))
    told: set[int] = set()
    for registration in people_of(meeting):
        person = registration.person
        mine = [one for one in materials if sees(registration, one, came=person.pk in came)]
        if person.pk in told or not mine:
            continue
        told.add(person.pk)
        if not person.primary_address:
            found.unaddressed += 1
        elif person.pk in muted:
            found.muted += 1
        else:
            found.readers.append(Reader(registration, mine))
    return found


def people_of(meeting: Meeting) -> RegistrationQuerySet:
    """Return those who belong to the meeting, and those who came and were not removed since, by name."""
    came = Attendance.objects.filter(meeting=meeting, status=Seen.PRESENT)
    belongs = Registration.objects.expected_at(meeting)
    people = Registration.objects.filter(
        Q(pk__in=belongs.values("pk")) | Q(pk__in=came.values("registration"))
    ).exclude(status=Registration.Status.REMOVED)
    return people.select_related("network", "person").prefetch_related("person__emails").by_name()


def people_who_came(meeting: Meeting) -> set[int]:
    """Return the keys of those who were seen at ``meeting``."""
    came = Attendance.objects.filter(meeting=meeting, status=Seen.PRESENT)
    return set(came.values_list("registration__person", flat=True))


def sees(registration: Registration, material: Material, *, came: bool) -> bool:
    """Return whether somebody sees a material; without a login only what everyone does."""
    if material.seen_by == SeenBy.PUBLIC:
        return True
    if registration.network.is_information_session:
        return False
    return material.seen_by == SeenBy.REGISTERED or (material.seen_by == SeenBy.ATTENDED and came)


@jobs.finishing()
@transaction.atomic
def tell(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Tell people of what is new; return how many are told.

    Raises NothingToTell where everybody knows already, also by somebody who pressed just now, or nobody sees
    any of it.
    """
    materials = list(untold(meeting, at=at).select_for_update(of=("self",)))
    if not materials:
        raise NothingToTell(sentence=_("There's nothing new to tell people about."))
    readers = plan(meeting, materials).readers
    if not readers:
        raise NothingToTell(sentence=_("Nobody would get this e-mail."))
    keys = [one.pk for one in materials]
    Material.objects.filter(pk__in=keys).update(told_at=at)
    params = {"meeting": meeting.pk, "materials": keys, "at": at.isoformat()}
    total = len(readers)
    jobs.start_job(kind=KIND, params=params, by=str(by.uid), at=at, total=total, soon=total <= AT_ONCE)
    return total


def run_telling(run: Run) -> None:
    """Do the job, a few people at a time; safe to be run again, as each mail has its key."""
    meeting = Meeting.objects.select_related("network", "working_group").get(pk=run.params["meeting"])
    materials = list(Material.objects.filter(pk__in=run.params["materials"]))
    readers, at = plan(meeting, materials).readers, datetime.fromisoformat(run.params["at"])
    run.expect(len(readers))
    for start in range(0, len(readers), PART):
        part = readers[start : start + PART]
        materials_up(meeting, [(one.registration, one.materials) for one in part], at=at)
        run.reach(start + len(part))
