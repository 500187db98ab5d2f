"""Who hears of meetings that changed: those with a seat, the members of a group, and whoever leads it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch

from meetings.models import GroupLead, MeetingChange, Network, TeamMember, WorkingGroup
from partners.models import Person
from registrations.models import GroupMembership, MeetingGuest, Registration
from registrations.models.seats.registration import RegistrationQuerySet
from registrations.seats.emails.changes import Hearer

Audience = list[tuple[Hearer, list[MeetingChange]]]


def audience(changes: Sequence[MeetingChange], *, at: datetime) -> Audience:
    """Return who is told of which changes: seated and offered people, of a group's meetings its people.

    Nobody is told of a meeting that was over before and after the change.
    """
    told = [change for change in changes if not is_over(change, at=at)]
    networks = {change.meeting.network_id for change in told}
    led = groups_led(told)
    people: Audience = []
    for registration in expected(networks):
        groups = {one.working_group_id for one in registration.group_memberships.all()}
        groups |= led.get(registration.person, set())
        mine = [change for change in told if concerns(change, registration, groups)]
        if mine:
            people.append((Hearer(registration.person, registration.network, registration), mine))
    people += guests_of(told)
    return [*people, *only_leads(led, told, people), *of_teams(led, told)]


def expected(networks: set[int | None]) -> RegistrationQuerySet:
    """Return everyone with a seat, or offered one, in these networks, by name."""
    return (
        Registration.objects.occupying()
        .filter(network__in=[pk for pk in networks if pk])
        .select_related("network", "person")
        .prefetch_related("person__emails", Prefetch("group_memberships", GroupMembership.objects.current()))
        .by_name()
    )


def guests_of(told: Sequence[MeetingChange]) -> Audience:
    """Return who comes to these meetings without a seat: guests, and substitutes."""
    changes: dict[int, list[MeetingChange]] = defaultdict(list)
    for change in told:
        changes[change.meeting_id].append(change)
    rows = MeetingGuest.objects.standing().filter(meeting__in=changes)
    about = rows.select_related("registration__network", "registration__person")
    found: dict[Registration, list[MeetingChange]] = defaultdict(list)
    for guest in about.prefetch_related("registration__person__emails").order_by("pk"):
        found[guest.registration] += changes[guest.meeting_id]
    return [(Hearer(one.person, one.network, one), mine) for one, mine in found.items()]


def groups_led(told: Sequence[MeetingChange]) -> dict[Person, set[int]]:
    """Return who leads the groups of these meetings, with the keys of the groups."""
    keys = {change.meeting.working_group_id for change in told if change.meeting.working_group_id}
    led: dict[Person, set[int]] = defaultdict(set)
    leads = GroupLead.objects.current().filter(working_group__in=keys)
    for lead in (
        leads.select_related("person").prefetch_related("person__emails").order_by("working_group_id")
    ):
        led[lead.person].add(lead.working_group_id)
    return led


def only_leads(led: dict[Person, set[int]], told: Sequence[MeetingChange], people: Audience) -> Audience:
    """Return those who lead a group of a network and hear nothing as registered there, one row a network."""
    known = {(hearer.person.pk, hearer.home.pk) for hearer, _mine in people}
    found: dict[tuple[Person, Network], list[MeetingChange]] = defaultdict(list)
    for person, groups in led.items():
        for change in told:
            network = change.meeting.network
            if change.meeting.working_group_id in groups and network and (person.pk, network.pk) not in known:
                found[person, network].append(change)
    return [(Hearer(person, network), mine) for (person, network), mine in found.items()]


def of_teams(led: dict[Person, set[int]], told: Sequence[MeetingChange]) -> Audience:
    """Return who sits on the teams of the partnership whose meetings changed, and who leads them."""
    changes: dict[WorkingGroup, list[MeetingChange]] = defaultdict(list)
    for change in told:
        if change.meeting.network_id is None and change.meeting.working_group:
            changes[change.meeting.working_group].append(change)
    members = TeamMember.objects.current().filter(team__in=changes)
    people: dict[tuple[int, Person], None] = {
        (row.team_id, row.person): None
        for row in members.select_related("person").prefetch_related("person__emails")
    }
    people |= {(team.pk, person): None for person, keys in led.items() for team in changes if team.pk in keys}
    by_key = {team.pk: (team, mine) for team, mine in changes.items()}
    return [(Hearer(person, by_key[key][0]), by_key[key][1]) for key, person in people]


def concerns(change: MeetingChange, registration: Registration, groups: set[int]) -> bool:
    """Return whether this person is to come to the meeting that changed."""
    meeting = change.meeting
    if meeting.network_id != registration.network_id:
        return False
    return meeting.working_group_id is None or meeting.working_group_id in groups


def is_over(change: MeetingChange, *, at: datetime) -> bool:
    """Return whether the meeting had ended before the change and has ended after it."""
    return datetime.fromisoformat(change.before["ends_at"]) <= at and change.meeting.ends_at <= at
