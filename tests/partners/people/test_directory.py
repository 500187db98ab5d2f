"""The directory of partners."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.models import Alias, Organization, Person
from tests.factories import (
    NOW,
    a_category,
    a_coordinator,
    a_person,
    a_position,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db


def listed(client, query=""):
    response = client.get(f"{reverse('partners')}?{query}")
    return {organization.name for organization in response.context["object_list"]}


def test_directory_lists_partners_only(client):
    an_organization(name="Wareham")
    an_organization(name="Not yet", stage="invited")
    assert listed(client) == {"Wareham"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=diman", {"Greater Fall River Regional Vocational Technical"}),
        ("q=fall river", {"Greater Fall River Regional Vocational Technical"}),
        ("sector=higher_ed_4yr", {"University"}),
        ("level=state", {"University"}),
        ("q=nowhere", set()),
        ("sector=nonsense", {"Greater Fall River Regional Vocational Technical", "University"}),
    ],
)
def test_directory_is_narrowed(client, query, names):
    school = an_organization(name="Greater Fall River Regional Vocational Technical", sector="cte_regional")
    Alias.objects.create(organization=school, name="Diman")
    an_organization(name="University", sector="higher_ed_4yr", level="state")
    assert listed(client, query) == names


def test_directory_asks_the_database_equally_often(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("partners"))
        return len(captured)

    Alias.objects.create(organization=an_organization(), name="One")
    one = queries()
    for _ in range(29):
        part = an_organization(part_of=an_organization(stage="none"))
        Alias.objects.create(organization=part, name="Another")
    assert queries() == one


def test_page_of_a_partner_shows_listed_people_without_addresses(client):
    organization = an_organization(name="Wareham")
    a_position(a_person(last_name="Listed"), organization=organization, public=True, title="Director")
    a_position(a_person(last_name="Hidden"), organization=organization)
    html = client.get(organization.get_absolute_url()).content.decode()
    assert "Listed" in html
    assert "Director" in html
    assert "Hidden" not in html
    assert "@" not in html.split("<main")[1].split("</main>")[0]


def test_organization_that_is_no_partner_is_seen_by_coordinators(client):
    organization = an_organization(stage="invited")
    assert client.get(organization.get_absolute_url()).status_code == 404
    client.force_login(a_coordinator().user)
    assert client.get(organization.get_absolute_url()).status_code == 200


def test_the_page_shows_what_it_gives_to_everyone_and_nothing_else(client):
    organization = an_organization()
    for detail, public in (("Tours of the laboratory", True), ("For partners only", False)):
        exchange.write_contribution(
            organization=organization, category=a_category(), detail=detail, public=public, at=NOW
        )
    page = client.get(organization.get_absolute_url()).content.decode()
    assert ("Tours of the laboratory" in page, "For partners only" in page) == (True, False)


def test_whoever_is_signed_in_finds_where_to_suggest_an_organization(client):
    way = f'href="{reverse("suggest_organization")}"'
    assert way not in client.get(reverse("partners")).content.decode()
    client.force_login(a_user())
    assert way in client.get(reverse("partners")).content.decode()


def test_words_with_a_nul_are_searched_without_it():
    home = an_organization(name="Wareham")
    lead = a_person(last_name="Wareham")
    found = Organization.objects.found_by("Ware\x00ham"), Person.objects.found_by("Ware\x00ham")
    assert [list(rows) for rows in found] == [[home], [lead]]


def test_a_category_with_a_nul_in_the_address_is_no_fault(client):
    home, category = an_organization(), a_category()
    page = reverse("needs_of", args=[home.slug])
    assert client.get(page, {"category": f"\x00{category.code}"}).context["category"] == category
