"""Rows for tests: three-line functions around model_bakery."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from model_bakery import baker

from meetings.models import AgendaItem, Meeting, Network, WorkingGroup
from meetings.planning.domain import leads, planning
from partners.memorandum.domain import mous, part_contacts
from partners.models import (
    COORDINATOR,
    STAFF,
    Audience,
    Category,
    Invitation,
    Mou,
    MouRole,
    NewsPost,
    Organization,
    Partnership,
    Person,
    PersonEmail,
    Position,
    Subject,
    Suggestion,
    Sweep,
    User,
)
from partners.news.domain import posts
from partners.people.domain.appointing import appoint
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import inviting, prospects
from registrations.evaluation.domain import evaluating
from registrations.models import Attendance, Evaluation, Registration
from registrations.seats.domain import seats
from registrations.seats.domain.answers import Answers

NOW = datetime(2020, 9, 7, 14, 0, tzinfo=UTC)
SWEEP = Sweep("test")
numbers = count(1)


def a_category(**fields: Any) -> Category:
    number = next(numbers)
    return baker.make(Category, **{"code": f"category-{number}", "name": f"Category {number}", **fields})


def a_contact(organization: Organization, person: Person | None = None) -> Person:
    """Whoever writes for a partner: the lead contact of its part of a memorandum."""
    person, mou = person or a_user().person, Mou.objects.first() or a_mou()
    baker.make(MouRole, mou=mou, organization=organization, lead_contact=person, status="draft")
    return person


def a_coordinator(**fields: Any) -> Person:
    person = a_user(**fields).person
    appoint(person, group=COORDINATOR)
    return person


def a_group(network: Network | None, **fields: Any) -> WorkingGroup:
    lead = fields.pop("lead", None)
    group = baker.make(
        WorkingGroup, network=network, **{"title": f"Group {next(numbers)}", "description": "", **fields}
    )
    leads.set_leads(group, [lead] if lead else [], on=NOW.date())
    return group


def a_meeting(network: Network | None = None, *, on: date = date(2020, 10, 14), **fields: Any) -> Meeting:
    start, end = fields.pop("start_time", time(9)), fields.pop("end_time", time(12))
    zone = fields.pop("zone", network.zone if network else "America/New_York")
    in_slot = network is not None and fields.get("working_group") is not None
    meeting = Meeting(network=network, **{"title": "Opening meeting", "in_slot": in_slot, **fields})
    planning.set_time(meeting, on=on, start_time=start, end_time=end, zone=zone)
    meeting.save()
    return meeting


def a_mou(*, by: Person | None = None, at: datetime = NOW, **fields: Any) -> Mou:
    return mous.begin_mou(
        **{"title": f"Agreement {next(numbers)}", **fields}, by=by or a_coordinator(), at=at
    )


def a_network(
    *, meetings: int = 1, subjects: Sequence[str] = (), audiences: Sequence[str] = (), **fields: Any
) -> Network:
    number = next(numbers)
    plain = {"title": f"Network {number}", "slug": f"network-{number}-2020-21", "school_year": "2020-21"}
    network = baker.make(
        Network,
        **{
            **plain,
            "status": "published",
            "seats": 60,
            "offer_hours": 0,
            "credit_code": "MA-PDP",
            "closed_at": None,
            "opens_at": None,
            **fields,
        },
    )
    network.subjects.set(Subject.objects.filter(code__in=subjects))
    network.audiences.set(Audience.objects.filter(code__in=audiences))
    for step in range(meetings):
        a_meeting(network, on=date(2020, 10, 14) + timedelta(weeks=4 * step), title=f"Meeting {step + 1}")
    return network


def a_news_post(by: Person, *, at: datetime = NOW, published: bool = True, **fields: Any) -> NewsPost:
    post = NewsPost(**{"title": "Dates are set", "summary": "Five meetings again.", **fields})
    posts.save_post(post, by=by, at=at)
    if published:
        posts.publish(post, at=at)
    return NewsPost.objects.get(pk=post.pk)


def a_part(mou: Mou | None = None, *, at: datetime = NOW, **fields: Any) -> MouRole:
    fields = {"organization": fields.pop("organization", None) or an_organization(), **fields}
    fields = {"drafter": fields.pop("drafter", None) or a_user().person, **fields}
    mou = mou or a_mou()
    return part_contacts.ask_for_part(mou, by=mou.texts.first().by, at=at, **fields)


def a_partnership(**fields: Any) -> Partnership:
    plain = {"name": "SouthCoast STEM Network", "short_name": "SouthCoast STEM"}
    return baker.make(Partnership, **{**plain, "contact_email": "hello@example.org", **fields})


def a_person(*, address: str = "", verified: bool = True, **fields: Any) -> Person:
    number = next(numbers)
    person = baker.make(Person, **{"first_name": "Science lead", "last_name": f"District {number}", **fields})
    PersonEmail.objects.create(
        person=person,
        address=(address or f"person{number}@example.org").lower(),
        primary=True,
        verified_at=NOW if verified else None,
    )
    return person


def a_position(person: Person, **fields: Any) -> Position:
    if "organization" not in fields and "organization_words" not in fields:
        fields["organization"] = an_organization()
    plain = {"job": "coordinator", "asked_at": None, "confirmed_at": NOW, "confirmed_by": None}
    return baker.make(Position, person=person, **{**plain, **fields})


def a_registration(
    network: Network, person: Person | None = None, *, at: datetime = NOW, **fields: Any
) -> Registration:
    typed = {name: fields.pop(name) for name in list(fields) if name in Answers.__dataclass_fields__}
    answers, person = Answers(**typed), person or a_person()
    with transaction.atomic():
        locked = seats.lock_network(network)
        return seats.register(network=locked, person=person, answers=answers, by=SWEEP, at=at, **fields)


def a_staff_member(**fields: Any) -> Person:
    person = a_user(**fields).person
    appoint(person, group=STAFF)
    return person


def a_suggestion(organization: Organization | None = None, **fields: Any) -> Suggestion:
    number = next(numbers)
    plain = {
        "why": "They train teachers.",
        "contact_name": "Dean",
        "contact_email": f"dean{number}@example.org",
    }
    by = fields.pop("by", None) or a_person()
    place = organization or an_organization(stage="none")
    return prospects.suggest(workplace=Workplace(place), by=by, **{"at": NOW, **plain, **fields})


def a_user(**fields: Any) -> User:
    person = a_person(**fields)
    return User.objects.create_user(person.primary_address, "network-demo", person=person)


def an_agenda_item(meeting: Meeting, **fields: Any) -> AgendaItem:
    number = next(numbers)
    plain = {"title": f"Item {number}", "minutes": 15, "place": number, "presenter": None}
    return baker.make(AgendaItem, meeting=meeting, **{**plain, **fields})


def an_attendance(registration: Registration, meeting: Meeting, **fields: Any) -> Attendance:
    plain = {"status": "present", "minutes_scheduled": 180, "minutes_attended": 180, "minutes_counted": 180}
    return baker.make(Attendance, registration=registration, meeting=meeting, **{**plain, **fields})


def an_evaluation(network: Network, *, at: datetime = NOW) -> Evaluation:
    return evaluating.open_evaluation(network, by=SWEEP, at=at)


def an_invitation(
    organization: Organization | None = None, *, at: datetime = NOW, **fields: Any
) -> Invitation:
    if not Partnership.objects.exists():
        a_partnership(postal_address="285 Old Westport Road, Dartmouth, MA 02747")
    suggestion = a_suggestion(organization, at=at, **fields)
    letter = {"subject": "For {organization}", "body": "Dear {name},\n\n{link}\n\n{sender}"}
    return inviting.send_invitation(suggestion, by=SWEEP, at=at, **letter)


def an_organization(**fields: Any) -> Organization:
    number = next(numbers)
    plain = {
        "name": f"District {number}",
        "slug": f"district-{number}",
        "sector": "k12_district",
        "stage": "partner",
    }
    return baker.make(Organization, **{**plain, **fields})
