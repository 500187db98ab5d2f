"""The one search of the staff pages: who finds what, and that it asks no more for many than for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Appointment
from partners.models import Alias
from registrations.credit.domain import issuing
from registrations.models import Document
from tests import factories
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db
URL = "/staff/search/"


@pytest.fixture
def staff(client):
    person = factories.a_staff_member(first_name="Staff", last_name="Member")
    client.force_login(person.user)
    return person


def found(client, words):
    """Return the names of what is found, by kind."""
    context = client.get(URL, {"q": words}).context
    kinds = ("people", "organizations", "networks", "documents")
    return {kind: [str(row) for row in context[kind].rows] for kind in kinds if context[kind].rows}


@pytest.mark.parametrize(
    "words", ["avila", "Ávila", "AVILA eva", "Ávila, Eva", "eva@example", "vila", "EVA@EXAMPLE.ORG"]
)
def test_a_person_is_found_by_any_part_in_any_order_without_accents(client, staff, words):
    factories.a_person(first_name="Eva", last_name="Ávila", address="eva@example.org")
    factories.a_person(first_name="Ana", last_name="Reis", address="ana@example.org")
    assert found(client, words) == {"people": ["Eva Ávila"]}


@pytest.mark.parametrize(("name", "words"), [("Łukasz", "lukasz"), ("Ольга", "ольга"), ("美咲", "美")])
def test_any_script_is_found(client, staff, name, words):
    factories.a_person(first_name=name, last_name="Nowak")
    assert found(client, words) == {"people": [f"{name} Nowak"]}


def test_a_person_leads_to_their_networks_and_documents(client, staff):
    registration = a_participant(an_awarding_network())
    document = issuing.issue(registration=registration, kind="attendance", by=registration.person, at=JUNE)
    html = client.get(URL, {"q": str(registration.person)}).content.decode()
    person_url = reverse("staff_person", args=[registration.network.slug, registration.uid])
    assert reverse("staff_record", args=[registration.person.uid]) in html
    assert (person_url in html, reverse("staff_document", args=[document.uid]) in html) == (True, True)


def test_a_document_is_found_by_its_number_and_by_its_code(client, staff):
    registration = a_participant(an_awarding_network())
    document = issuing.issue(registration=registration, kind="attendance", by=registration.person, at=JUNE)
    for words in (document.number, document.number.lower(), document.code, document.printed_code.lower()):
        assert found(client, words) == {"documents": [str(document)]}
    assert Document.objects.count() == 1


def test_organizations_and_networks_are_found_by_any_name(client, staff):
    organization = factories.an_organization(name="Escuela Peña", stage="partner")
    Alias.objects.create(organization=organization, name="Old Mill School")
    factories.a_network(title="Mathématiques Network", school_year="2026-27")
    assert found(client, "pena") == {"organizations": ["Escuela Peña"]}
    assert found(client, "old mill") == {"organizations": ["Escuela Peña"]}
    assert found(client, "mathematiques 2026-27") == {"networks": ["Mathématiques Network 2026-27"]}


def test_staff_of_one_network_find_its_people_only(client):
    mine, other, person = factories.a_network(), factories.a_network(), factories.a_user().person
    Appointment.objects.create(network=mine, person=person)
    factories.a_registration(mine, factories.a_person(first_name="Ana", last_name="Reis"))
    factories.a_registration(other, factories.a_person(first_name="Ana", last_name="Other"))
    client.force_login(person.user)
    assert found(client, "ana")["people"] == ["Ana Reis"]
    assert "networks" not in found(client, str(other.title) + " no such")


def test_who_only_leads_a_group_or_learns_may_not_search(client):
    lead = factories.a_user()
    factories.a_group(factories.a_network(), lead=lead.person)
    client.force_login(lead)
    assert client.get(URL, {"q": "a"}).status_code == 404
    assert URL not in client.get(reverse("staff")).content.decode()


def test_the_search_is_one_press_away_on_every_page_of_staff(client, staff):
    assert f'href="{URL}"' in client.get("/calendar/").content.decode()
    assert f'action="{URL}"' in client.get("/staff/").content.decode()


@pytest.mark.parametrize("words", ["", "  ", "\x00", ", -", "%", "zzz", "x" * 300])
def test_anything_typed_is_answered(client, staff, words):
    factories.a_person(first_name="Ana", last_name="Reis")
    answer = client.get(URL, {"q": words})
    assert (answer.status_code, "Ana Reis" in answer.content.decode()) == (200, False)


def test_more_than_fit_is_said(client, staff):
    for _each in range(11):
        factories.a_person(first_name="Ana", last_name="Reis")
    html = client.get(URL, {"q": "reis"}).content.decode()
    assert (html.count("Ana Reis"), "There are more" in html) == (10, True)


def test_searching_asks_as_much_for_thirty_as_for_one(client, staff, django_assert_num_queries):
    def one_more():
        registration = a_participant(an_awarding_network())
        registration.person.last_name = "Reis"
        registration.person.save()
        factories.an_organization(name=f"Reis School {registration.pk}", stage="partner")
        issuing.issue(registration=registration, kind="attendance", by=registration.person, at=JUNE)

    one_more()
    client.get(URL, {"q": "reis"})
    with CaptureQueriesContext(connection) as one:
        client.get(URL, {"q": "reis"})
    for _each in range(29):
        one_more()
    with django_assert_num_queries(len(one)):
        client.get(URL, {"q": "reis"})
