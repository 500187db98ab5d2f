"""Long lists of the admin: words are found in any column, and choices are counted for whoever asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Alias, Organization, Person, PersonEmail
from stemnet.admin import facets, searching
from tests.factories import NOW, a_coordinator, a_person, a_position, an_organization

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/partners/person/"


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def found(desk, words, address=PEOPLE):
    return [str(row) for row in desk.get(address, {"q": words}).context["cl"].result_list]


@pytest.mark.parametrize("few", [1000, 0])
@pytest.mark.parametrize(
    "words", ["avila", "ÁVILA eva", "eva-àvila", "LAKE@example", "ila lake@", "second@", "va vil,"]
)
def test_a_person_is_found_once_by_any_part_of_names_and_addresses(desk, monkeypatch, few, words):
    monkeypatch.setattr(searching, "FEW", few)
    eva = Person.objects.create(first_name="Eva", last_name="Ávila")
    for address in ("lake@example.com", "lake@example.net", "second@example.com"):
        PersonEmail.objects.create(person=eva, address=address)
    Person.objects.create(first_name="Eva", last_name="Silva")
    assert found(desk, words) == ["Eva Ávila"]


def test_organizations_are_found_by_other_names_and_codes(desk):
    home = an_organization(name="Lake School", city="Salem", state_org_code="AB-0042")
    for name in ("Laguna North", "Laguna South"):
        Alias.objects.create(organization=home, name=name)
    an_organization(name="Salem School")
    address = "/admin/partners/organization/"
    for words in ("laguna", "ab-00", "salem laguna", "lake"):
        assert found(desk, words, address) == ["Lake School"]
    assert found(desk, ",", address) == found(desk, "nobody", address) == []


def test_choices_of_a_long_list_are_counted_on_asking_by_one_query(desk, monkeypatch):
    for name in ("One", "Two", "Two"):
        a_position(a_person(last_name=name), organization=an_organization(), confirmed_at=NOW)
    address = "/admin/partners/organization/"
    monkeypatch.setattr(facets, "COUNTED", 2)  # rows
    uncounted = desk.get(address)
    assert b"Show counts" in uncounted.content
    assert {one["count"] for one in quick(uncounted)} == {None}
    with CaptureQueriesContext(connection) as queries:
        counted = desk.get(address, {"_facets": "True", "sector__exact": Organization.objects.first().sector})
    assert b"Show counts" not in counted.content
    assert quick(counted)[0]["count"] == Organization.objects.count() == 3
    assert sum("JSON" in one["sql"].upper() and "COUNT" in one["sql"] for one in queries) == 1


def quick(response):
    cl = response.context["cl"]
    return list(next(one for one in cl.filter_specs if getattr(one, "is_quick", False)).choices(cl))
