"""Which reminders are due: worked out each time from the meetings as they are planned now.

Seven days and one day before, at the same wall time, or in the morning where that is at night; and one hour
before, which alone may be at night (docs/rules.md 7.1).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from meetings.models import GroupLead, Meeting, MeetingChange, Network, TeamAttendance, TeamMember
from partners.models import MailTopic, Preference, is_night
from registrations.models import GroupMembership, MeetingGuest, PlannedAbsence, Registration, Reminder
from registrations.models.seats.reminder import Offset

DAYS = {Offset.WEEK: 7, Offset.DAY: 1}
GRACE = {Offset.WEEK: timedelta(hours=6), Offset.DAY: timedelta(hours=6), Offset.HOUR: timedelta(minutes=30)}
HORIZON = timedelta(days=9)
SAME_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Due:
    """One distance before one meeting: from when a reminder is due, and until when it is any use."""

    meeting: Meeting
    offset: Offset
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Item:
    """One reminder of one person that has no row yet; without a registration of a lead or of a team."""

    person: int
    registration: int | None
    due: Due


def due_at(meeting: Meeting, offset: Offset) -> datetime:
    """Return when the reminder is due: whole days before by day, or one hour before at any time."""
    if offset == Offset.HOUR:
        return meeting.starts_at - timedelta(hours=1)
    day, zone = meeting.on - timedelta(days=DAYS[offset]), ZoneInfo(meeting.zone)
    moment = datetime.combine(day, meeting.start_time, zone)
    if is_night(moment, zone):
        moment = datetime.combine(day, time(settings.DAY_BEGINS_AT), zone)
    return moment.astimezone(UTC)


def of_use_until(meeting: Meeting, offset: Offset) -> datetime:
    """Return when the reminder would come too late; the hours of a night in between do not count."""
    moment = due_at(meeting, offset)
    until = moment + GRACE[offset]
    if offset != Offset.HOUR and is_night(until, meeting.zone):
        until += timedelta(hours=24 - settings.DAY_ENDS_AT + settings.DAY_BEGINS_AT)
    return min(until, meeting.starts_at)


def near(at: datetime) -> Iterator[Due]:
    """Yield what is due at ``at``, and what is within a day of it, which may join the mail of its day.

    A distance that lay behind already when the meeting got its date is left out: people were told then.
    """
    moved = models.Q(changes__what__in=[MeetingChange.What.RESCHEDULED, MeetingChange.What.ADDED])
    meetings = (
        Meeting.objects.standing()
        .filter(starts_at__gt=at, starts_at__lte=at + HORIZON)
        .filter(
            models.Q(network__status=Network.Status.PUBLISHED)
            | models.Q(network__isnull=True, working_group__network__status=Network.Status.PUBLISHED)
            | models.Q(network__isnull=True, working_group__network__isnull=True)
        )
        .annotate(moved_at=models.Max("changes__at", filter=moved))
        .select_related("network", "working_group__network")
    )
    for meeting in meetings:
        for offset in Offset:
            moment = due_at(meeting, offset)
            if offset != Offset.HOUR and is_night(at, meeting.zone):
                continue
            if moment <= at + SAME_DAY and (meeting.moved_at is None or meeting.moved_at < moment):
                yield Due(meeting, offset, moment, of_use_until(meeting, offset))


def items(dues: list[Due]) -> list[Item]:
    """Return the reminders without a row, of everyone seated, coming, and not unsubscribed."""
    meetings = {due.meeting.pk for due in dues}
    known = set(
        Reminder.objects.filter(meeting__in=meetings).values_list(
            "meeting_id", "registration_id", "person_id", "offset", "starts_at"
        )
    )
    absent = set(
        PlannedAbsence.objects.filter(meeting__in=meetings).values_list("meeting_id", "registration_id")
    )
    of_teams = {due.meeting.pk for due in dues if due.meeting.network_id is None}
    absent_from_team = set(
        TeamAttendance.objects.absent().filter(meeting__in=of_teams).values_list("meeting_id", "person_id")
    )
    people = comers([due.meeting for due in dues])
    muted = muted_among({person for found in people.values() for _pk, person, _since in found})
    return [
        Item(person, registration, due)
        for due in dues
        for registration, person, since in people[due.meeting.pk]
        if (since is None or since <= due.due_at)
        and person not in muted
        and (due.meeting.pk, registration) not in absent
        and (due.meeting.pk, person) not in absent_from_team
        and (due.meeting.pk, *_whose(person, registration), due.offset.value, due.meeting.starts_at)
        not in known
    ]


def _whose(person: int, registration: int | None) -> tuple[int | None, int | None]:
    """Return the registration, or else the person, as a row names one of the two."""
    return registration, person if registration is None else None


def muted_among(people: set[int]) -> set[int]:
    """Return those of ``people`` who want no reminders."""
    muted = Preference.objects.filter(topic=MailTopic.REMINDERS, person__in=people)
    return set(muted.values_list("person_id", flat=True))


Comer = tuple[int | None, int, datetime | None]


def comers(meetings: Iterable[Meeting]) -> dict[int, list[Comer]]:
    """Return for each meeting its people: registration, person, and since when they belong to it.

    Those are whoever has a seat, of a group its members; and without a registration its leads and its team.
    """
    of_network: dict[int, list[Comer]] = defaultdict(list)
    of_group: dict[int, list[Comer]] = defaultdict(list)
    networks = {meeting.network_id for meeting in meetings if meeting.working_group_id is None}
    groups = {meeting.working_group_id for meeting in meetings if meeting.working_group_id}
    seated = Registration.objects.seated().filter(network__in=networks)
    for network, pk, person, seated_at in seated.values_list("network_id", "pk", "person_id", "seated_at"):
        of_network[network].append((pk, person, seated_at))
    for member in (
        GroupMembership.objects.current()
        .filter(working_group__in=groups, registration__in=Registration.objects.seated())
        .select_related("registration")
    ):
        registration, joined = member.registration, member.joined_at
        since = max(registration.seated_at or joined, joined)
        of_group[member.working_group_id].append((registration.pk, registration.person_id, since))
    for group, others in without_seat(groups).items():
        known_there = {person for _pk, person, _since in of_group[group]}
        of_group[group] += [(None, person, since) for person, since in others if person not in known_there]
    guests = guests_of(meetings)
    found: dict[int, list[Comer]] = {}
    for meeting in meetings:
        own = of_network[meeting.network_id or 0]
        if meeting.working_group_id:
            own = of_group[meeting.working_group_id]
        found[meeting.pk] = [*own, *guests[meeting.pk]]
    return found


def guests_of(meetings: Iterable[Meeting]) -> dict[int, list[Comer]]:
    """Return by meeting who comes to it without a seat: guests, and substitutes."""
    found: dict[int, list[Comer]] = defaultdict(list)
    rows = MeetingGuest.objects.standing().filter(meeting__in=meetings)
    for meeting, registration, person, since in rows.values_list(
        "meeting_id", "registration_id", "registration__person_id", "said_at"
    ):
        found[meeting].append((registration, person, since))
    return found


def without_seat(groups: set[int]) -> dict[int, list[tuple[int, datetime | None]]]:
    """Return by group who comes to its meetings without a registration: its team, and its leads."""
    found: dict[int, dict[int, datetime | None]] = defaultdict(dict)
    members = TeamMember.objects.current().filter(team__in=groups)
    for team, person in members.values_list("team_id", "person_id"):
        found[team][person] = None
    leads = GroupLead.objects.current().filter(working_group__in=groups)
    for group, person in leads.values_list("working_group_id", "person_id"):
        found[group][person] = None
    return {group: list(people.items()) for group, people in found.items()}


def grouped(found: list[Item], *, at: datetime) -> list[list[Item]]:
    """Return the items of each mail: those of one person, distance and day; the hour's as they fall due.

    What is not due yet goes with what is; what came too late goes by itself.
    """
    together: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in found:
        due = item.due
        if due.offset == Offset.HOUR and due.due_at > at:
            continue
        day = None if due.offset == Offset.HOUR else due.meeting.on
        alone = item.registration is None
        together[item.person, alone, due.offset, day, due.expires_at <= at].append(item)
    return [
        sorted(group, key=lambda item: (item.due.meeting.starts_at, item.due.meeting.pk))
        for group in together.values()
        if any(item.due.due_at <= at for item in group)
    ]
