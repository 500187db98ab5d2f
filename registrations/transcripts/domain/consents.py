"""Letting the contacts of an organization see one's hours: for each organization, until it is taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from partners.models import Organization, Person, local_day
from registrations.models import HoursConsent


@dataclass(frozen=True)
class Choice:
    """An organization that somebody can let see their hours, and since when it may."""

    organization: Organization
    consent: HoursConsent | None


def organizations_of(person: Person, *, at: datetime) -> list[Organization]:
    """Return where somebody works, as was confirmed, and what that is a part of; by name, one query."""
    works = person.positions.confirmed().staying(local_day(at))
    here, above = works.values("organization"), works.values("organization__part_of")
    mine = Organization.objects.current().filter(Q(pk__in=here) | Q(pk__in=above))
    return list(mine.order_by("plain_name", "pk"))


def choices_of(person: Person, *, at: datetime) -> list[Choice]:
    """Return every organization that is asked about, and those that still see the hours; two queries."""
    standing = {
        one.organization_id: one for one in person.hours_consents.standing().select_related("organization")
    }
    mine = organizations_of(person, at=at)
    known = {one.pk for one in mine}
    others = [one.organization for key, one in standing.items() if key not in known]
    return [Choice(one, standing.get(one.pk)) for one in [*mine, *others]]


@transaction.atomic
def agree(person: Person, organization: Organization, *, at: datetime) -> None:
    """Let the contacts of ``organization`` see the hours of ``person``; agreed twice is agreed once."""
    Person.objects.select_for_update().get(pk=person.pk)
    HoursConsent.objects.get_or_create(
        person=person, organization=organization, ended_at=None, defaults={"given_at": at}
    )


def take_back(person: Person, organization: Organization, *, at: datetime) -> None:
    """Let them see nothing from now on; taken back twice, it was once."""
    person.hours_consents.standing().filter(organization=organization).update(ended_at=at)
