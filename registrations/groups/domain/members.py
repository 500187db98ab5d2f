"""Who is in a group: people registered for its network, or on a team of the partnership; and its leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from meetings.models import TeamMember, WorkingGroup
from partners.models import Person, Position, by_name, local_day
from registrations.models import GroupMembership, Registration


@dataclass(frozen=True, kw_only=True)
class Member:
    """One person in a group; ``since`` is None for a lead who is no member, ``until`` without a term."""

    person: Person
    place: str
    since: date | None = None
    until: date | None = None
    leads: bool = False
    registration: Registration | None = None

    @property
    def initials(self) -> str:
        """Return the first letters of their place, else of their name."""
        words = (self.place or str(self.person)).split()
        return "".join(word[0] for word in words[:2]).upper()


def members_of(group: WorkingGroup) -> list[Member]:
    """Return everyone in ``group`` now, its leads first, then by name; four queries at most."""
    leads = {row.person_id: row.person for row in group.leads.current().select_related("person")}
    rows = list(_of_team(group, leads) if group.is_team else _of_network(group, leads))
    known = {one.person.pk for one in rows}
    others = [Member(person=person, place="", leads=True) for pk, person in leads.items() if pk not in known]
    return sorted([*others, *rows], key=lambda one: not one.leads)


def former_of(group: WorkingGroup) -> list[tuple[Person, date, date]]:
    """Return who left ``group``, from when to when they were in it, the last to leave first."""
    if group.is_team:
        left = group.team_members.filter(left_on__isnull=False).select_related("person")
        found = [(row.person, row.joined_on, row.left_on or row.joined_on) for row in left]
    else:
        rows = group.memberships.filter(left_at__isnull=False).select_related("registration__person")
        found = [
            (row.registration.person, local_day(row.joined_at), local_day(row.left_at or row.joined_at))
            for row in rows
        ]
    return sorted(found, key=lambda one: one[2], reverse=True)


def people_in(group: WorkingGroup) -> QuerySet[Person]:
    """Return the people in ``group`` now and its leads, as a question that other ones can ask on."""
    inside: QuerySet[Any, Any] = memberships_of(group).values("registration__person")
    if group.is_team:
        inside = TeamMember.objects.current().filter(team=group).values("person")
    leads = group.leads.current().values("person")
    return Person.objects.filter(Q(pk__in=inside) | Q(pk__in=leads))


def memberships_of(group: WorkingGroup) -> QuerySet[GroupMembership]:
    """Return the memberships of people who are registered, or wait, and have not left the group."""
    return GroupMembership.objects.current().filter(
        working_group=group, registration__status__in=Registration.LIVE
    )


def _of_network(group: WorkingGroup, leads: dict[int, Person]) -> Iterable[Member]:
    rows = memberships_of(group).select_related(
        "registration__person", "registration__position__organization", "registration__network"
    )
    for row in rows.order_by(*by_name("registration__person__")):
        position = row.registration.position
        yield Member(
            person=row.registration.person,
            place=position.organization_name if position else "",
            since=local_day(row.joined_at),
            until=row.term_ends,
            leads=row.registration.person_id in leads,
            registration=row.registration,
        )


def _of_team(group: WorkingGroup, leads: dict[int, Person]) -> Iterable[Member]:
    rows = list(group.team_members.current().select_related("person"))
    works = Position.objects.filter(person__in=[row.person_id for row in rows], ended_on=None)
    places = {one.person_id: one.organization_name for one in works.select_related("organization")}
    for row in rows:
        yield Member(
            person=row.person,
            place=places.get(row.person_id, ""),
            since=row.joined_on,
            until=row.term_ends,
            leads=row.person_id in leads,
        )
