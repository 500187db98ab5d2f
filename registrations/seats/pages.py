"""What registrations add to a partner's own page: its people in the networks, and a beginner's last step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.home.domain.own_place import Step
from partners.models import Organization, Person, Position, local_day
from partners.people.permissions import may_see_people_of
from registrations.models import Registration
from registrations.seats.domain import invited


@dataclass(frozen=True)
class Colleague:
    """Somebody of the organization who agreed that its lead contact sees their registrations."""

    person: Person
    registrations: list[Registration]


def our_people(organization: Organization, *, person: Person, at: datetime) -> dict[str, Any]:
    """Return who agreed to be seen, for those who may see it, and how many there are; six queries at most."""
    staff = staff_of(organization, today=local_day(at))
    sees = may_see_people_of(person, organization)
    people = colleagues(organization, staff.filter(shares_registrations=True)) if sees else []
    return {
        "organization": organization,
        "sees_people": sees,
        "colleagues": people,
        "others": staff.count() - len(people),
        "registrations": registered(organization).count(),
    }


def no_session(form: Any, *, person: Person, at: datetime) -> dict[str, Any] | None:
    """Return something where no information session is planned, to which letters would invite; one query."""
    return None if invited.session_words("", at=at) else {}


def first_registration(organization: Organization) -> Step:
    """Return the step of somebody's first registration."""
    done = registered(organization).exists()
    return Step(done, _("Register somebody from your organization"), reverse("networks"))


def registered(organization: Organization) -> QuerySet[Registration]:
    """Return the live registrations through this organization or a part of it."""
    through = Q(position__organization=organization) | Q(position__organization__part_of=organization)
    return Registration.objects.live().filter(through)


def staff_of(organization: Organization, *, today: date) -> QuerySet[Person]:
    """Return the people who work at the organization or a part of it on ``today``."""
    held = Position.objects.staying(today).at(organization)
    return Person.objects.current().filter(pk__in=held.values("person"))


def colleagues(organization: Organization, people: Iterable[Person]) -> list[Colleague]:
    """Return ``people`` with their registrations through the organization; two queries."""
    known = {person.pk: Colleague(person, []) for person in people}
    rows = registered(organization).filter(person__in=known).select_related("network").order_by("-pk")
    for row in rows:
        known[row.person_id].registrations.append(row)
    return list(known.values())
