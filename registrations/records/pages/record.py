"""Everything about one person that somebody may see, for the page, the PDF and whoever looks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.models import Registration
from registrations.records.pages import (
    answers,
    history,
    mail_sections,
    network_sections,
    role_sections,
    shared_sections,
)
from registrations.records.pages.lines import Look, Section, day_of
from stemnet import wording

Fact = tuple[str, str]


@dataclass(frozen=True)
class Record:
    """One person: facts about them, and sections of lines."""

    person: Person
    facts: list[Fact]
    sections: list[Section]


def people_seen_by(person: Person) -> QuerySet[Person]:
    """Return whose page somebody may open: everyone for staff for all, else who is in networks they staff."""
    people = Person.objects.current()
    if person.is_staff_for_all:
        return people
    mine = Registration.objects.filter(person=OuterRef("pk"), network__in=Network.objects.staffed_by(person))
    return people.filter(Exists(mine))


def look_at(people: QuerySet[Person], *, by: Person, at: datetime) -> Look | None:
    """Return a look at the one of ``people``, with addresses and numbers; None where there is nobody."""
    theirs = Q(pk__in=people.values("pk")) | Q(merged_into__in=people.values("pk"))
    found = list(Person.objects.filter(theirs).prefetch_related("emails", "educator_numbers"))
    gone = [one for one in found if one.merged_into_id is not None]
    person = next((one for one in found if one.merged_into_id is None), None)
    return Look(person, by, at, gone) if person else None


def look_at_other(uid: UUID, *, by: Person, at: datetime) -> Look | None:
    """Return a look at the person whose page ``by`` asks for, or None."""
    return look_at(people_seen_by(by).filter(uid=uid), by=by, at=at)


def record_of(look: Look) -> Record:
    """Return what is seen of a person; the number of statements doesn't grow with the rows."""
    person = look.person
    studies = network_sections.studies_of(look)
    sections = [
        network_sections.networks(look, studies),
        network_sections.documents(look),
        answers.answers(look),
        role_sections.positions(look),
        role_sections.groups(look),
        role_sections.items(look),
        role_sections.memorandum(look),
        shared_sections.shared(look),
        mail_sections.messages(look),
        mail_sections.mails(look, studies),
        history.history(look),
    ]
    return Record(person, facts_of(person), [one for one in sections if one is not None])


def facts_of(person: Person) -> list[Fact]:
    """Return names, addresses and numbers, each with its label."""
    facts: list[Fact] = [(_("Name for the certificate"), person.printed_name)]
    for email in person.emails.all():
        states = [
            _("primary") if email.primary else "",
            _("confirmed") if email.verified_at else _("not confirmed"),
            _("mail came back") if email.refused_at else "",
        ]
        facts.append((_("E-mail"), f"{email.address} ({', '.join(filter(None, states))})"))
    facts += [(one.label, one.number) for one in person.educator_numbers.all()]
    known = day_of(person.created_at)
    return [*facts, (_("Known since"), wording.day(known) if known else "")]
