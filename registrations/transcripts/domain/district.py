"""The hours of an organization's own people who agreed, by school and year, for its contacts.

Shown are hours of registrations through it, of people who work there now and agreed to that; of answers to an
evaluation nothing, and not whether there are any.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from itertools import groupby

from partners.models import Organization, Person, Position, local_day
from registrations.credit.domain.credits import NOTHING, Rule
from registrations.learning.pages.learning_rows import OwnNetwork, studies_among
from registrations.models import HoursConsent, Registration
from registrations.transcripts.domain.figures import Line, documents_of, lines_of, units_by_rule


@dataclass(frozen=True)
class OwnHours:
    """One person in one year at one school: the lines, of which there is one at least."""

    person: Person
    lines: list[Line] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """Return the minutes that count."""
        return sum(one.minutes for one in self.lines)

    @property
    def hours(self) -> Fraction:
        """Return the exact hours."""
        return Fraction(self.minutes, 60)

    @property
    def networks(self) -> list[str]:
        """Return the titles of the networks."""
        return list(dict.fromkeys(one.network for one in self.lines))

    @property
    def units(self) -> list[tuple[Rule, Fraction]]:
        """Return the units of each kind that certificates give."""
        return [(rule, units) for rule, units in units_by_rule(self.lines) if units != NOTHING]


@dataclass(frozen=True)
class SchoolYear:
    """The hours at one school, or at the organization itself, in one year."""

    school: str
    year: str
    people: list[OwnHours]

    @property
    def minutes(self) -> int:
        """Return the minutes of everyone."""
        return sum(one.minutes for one in self.people)


def agreed(organization: Organization, *, at: datetime) -> list[int]:
    """Return the keys of who agreed and works there, or at a part of it, as was confirmed; one query."""
    held = Position.objects.confirmed().staying(local_day(at)).at(organization)
    consents = HoursConsent.objects.standing().filter(organization=organization)
    people = Person.objects.current().filter(pk__in=consents.values("person"))
    return list(people.filter(pk__in=held.values("person")).values_list("pk", flat=True))


def hours_at(organization: Organization, *, at: datetime) -> list[SchoolYear]:
    """Return the hours by school and year, the newest year first; a constant number of queries."""
    people = agreed(organization, at=at)
    through = Position.objects.at(organization)
    mine = Registration.objects.filter(person__in=people, position__in=through)
    theirs = mine.select_related("position__organization").order_by("person_id", "network_id", "pk")
    studies = studies_among(theirs, at=at)
    documents = documents_of([one.network.pk for one in studies], people)
    others = Registration.objects.filter(person__in=people).exclude(position__in=through)
    elsewhere = set(
        others.values_list("person_id", "network_id")
    )  # whose certificate is not this one's alone
    found = [
        (line.year, _school(study, organization), study.registration.person, line)
        for study in studies
        for key in [(study.registration.person_id, study.network.pk)]
        for line in lines_of(study, {} if key in elsewhere else documents.get(key, {}))
    ]
    return list(_grouped(found))


def _school(study: OwnNetwork, organization: Organization) -> str:
    """Return at which part of it somebody worked when they registered; its own name where at none."""
    position = study.registration.position
    return position.organization_name if position else organization.name


def _grouped(found: Iterable[tuple[str, str, Person, Line]]) -> Iterable[SchoolYear]:
    """Give the hours by year, newest first, then by school and by name."""
    ordered = sorted(found, key=lambda one: (one[1].casefold(), one[2].sort_key))
    ordered.sort(key=lambda one: one[0], reverse=True)
    for (year, school), group in groupby(ordered, key=lambda one: one[:2]):
        people = [
            OwnHours(person, [line for _year, _school, _person, line in theirs])
            for person, theirs in ((key, list(rows)) for key, rows in groupby(group, key=lambda one: one[2]))
        ]
        yield SchoolYear(school, year, people)
