"""Staff correct a misspelled name, an organization or a group, and the history says what stood there."""

import pytest
from django.urls import reverse
from model_bakery import baker

from partners.people.domain.organizations import Workplace
from registrations.models import Document, Registration
from registrations.seats.domain import correcting
from registrations.seats.domain.correcting import Corrections
from registrations.seats.exceptions import RegistrationRefused
from tests.factories import (
    NOW,
    a_group,
    a_network,
    a_person,
    a_position,
    a_registration,
    a_staff_member,
    an_organization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


@pytest.fixture
def registration():
    person = a_person(first_name="Jon", last_name="Smyth")
    position = a_position(person, organization=None, organization_words="Fal River", confirmed_at=None)
    return a_registration(a_network(), person, position=position)


def address(registration, name="staff_person_correct"):
    return reverse(name, args=[registration.network.slug, registration.uid])


def typed(registration, **fields):
    """What the form sends: as it stands there, but for ``fields``."""
    now = correcting.standing_in(registration)
    plain = {name: getattr(now, name) for name in (*correcting.NAMES, "job")}
    place = now.workplace.organization
    plain |= {"organization": str(now.workplace), "organization_choice": place.slug if place else "-"}
    return {**plain, "seen": correcting.fingerprint(registration), **fields}


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_name_is_corrected_and_the_history_says_what_stood_there(client, staff, registration):
    client.post(address(registration), typed(registration, first_name="John", last_name="Smith"))
    registration.person.refresh_from_db()
    assert str(registration.person) == "John Smith"
    change = registration.changes.latest("pk")
    assert (change.reason, change.by) == ("name “Jon Smyth” to “John Smith”", staff)
    history = registration.person.history.first()
    assert (history.history_user, history.history_change_reason) == (staff.user, "Corrected by staff")
    page = text_of(client.get(address(registration, "staff_person")))
    assert "name “Jon Smyth” to “John Smith”" in page


def test_a_misspelled_organization_becomes_the_listed_one(client, staff, registration):
    organization = an_organization(name="Fall River Public Schools", city="Fall River")
    sent = typed(
        registration, organization="Fall River Public Schools", organization_choice=organization.slug
    )
    client.post(address(registration), sent)
    position = registration.person.positions.get()
    assert (position.organization, position.organization_words) == (organization, "")
    assert registration.changes.latest("pk").reason.startswith(
        "organization “Fal River” to “Fall River Public"
    )


def test_a_confirmed_position_stays_and_another_is_taken(staff):
    wrong, right = an_organization(), an_organization()
    person = a_person()
    held = a_position(person, organization=wrong, is_contact=True)
    registration = a_registration(a_network(), person, position=held)
    now = correcting.standing_in(registration)
    names = {name: getattr(now, name) for name in correcting.NAMES}
    wanted = Corrections(**names, workplace=Workplace(right), job="teacher")
    correcting.correct(registration, wanted, by=staff, at=NOW)
    held.refresh_from_db()
    registration.refresh_from_db()
    assert (held.organization, held.is_contact) == (wrong, True)
    position = registration.position
    assert (position.organization, position.job, position.confirmed_at) == (right, "teacher", None)


def test_the_group_is_changed_within_its_places(client, staff, registration):
    group = a_group(registration.network, title="Remote learning")
    full = a_group(registration.network, title="Full", places=0)
    page = client.post(address(registration), typed(registration, group=full.pk))
    assert (page.status_code, "This working group is full." in text_of(page)) == (422, True)
    client.post(address(registration), typed(registration, group=group.pk))
    assert [one.working_group for one in registration.group_memberships.current()] == [group]
    assert registration.changes.latest("pk").reason == "group “none” to “Remote learning”"


def test_what_somebody_else_corrected_meanwhile_is_not_written_over(staff, registration):
    seen = correcting.fingerprint(registration)
    names = {"first_name": "John", "last_name": "Smith"}
    place = correcting.standing_in(registration).workplace
    job = registration.position.job
    correcting.correct(registration, Corrections(**names, workplace=place, job=job), by=staff, at=NOW)
    stale = Corrections(first_name="Jon", last_name="Smithe", workplace=place, job=job, seen=seen)
    with pytest.raises(RegistrationRefused, match="Somebody else changed this"):
        correcting.correct(Registration.objects.get(), stale, by=staff, at=NOW)


def test_nothing_is_written_where_nothing_differs(client, staff, registration):
    before = registration.changes.count()
    page = client.post(address(registration), typed(registration), follow=True)
    assert "Nothing was different" in text_of(page)
    assert (registration.changes.count(), registration.person.history.count()) == (before, 1)


def test_an_empty_name_is_refused_and_what_was_typed_stays(client, staff, registration):
    page = client.post(address(registration), typed(registration, first_name="", last_name="Smith"))
    assert (page.status_code, 'value="Smith"' in text_of(page)) == (422, True)


def test_a_document_with_the_old_name_is_pointed_out(client, staff, registration):
    document = baker.make(
        Document,
        registration=registration,
        person=registration.person,
        network=registration.network,
        number="2021-0001",
        code="ABCDEFGHJKLMNPQR",
        snapshot={"name": "Jon Smyth"},
        issued_at=NOW,
        status="valid",
        kind="attendance",
    )
    assert "says “Jon Smyth”" not in text_of(client.get(address(registration, "staff_person")))
    client.post(address(registration), typed(registration, last_name="Smith"))
    page = text_of(client.get(address(registration, "staff_person")))
    assert f"{document} says “Jon Smyth”." in page
