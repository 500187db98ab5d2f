"""The partnership's own page, and the page that coordinators write it on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Alias, Partnership
from tests.factories import a_coordinator, a_partnership, an_organization

pytestmark = pytest.mark.django_db
PAGE = "/partnership/"


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def test_page_names_three_leads_host_region_sponsor_and_contact(client):
    one = a_partnership(
        host=an_organization(name="Educational Service District"),
        region="South King County",
        region_places="Auburn\nSeattle Public Schools (South Seattle)\n",
        sponsor="A foundation",
        contact_name="Pat Doe",
    )
    one.lead_organizations.set(an_organization(name=f"Lead {letter}") for letter in "ABC")
    page = client.get(PAGE).content.decode()
    words = ["Educational Service District", "Lead A", "Lead B", "Lead C", "South King County", "Auburn"]
    words += ["Seattle Public Schools (South Seattle)", "A foundation", "Pat Doe", "hello@example.org"]
    assert [word for word in words if word not in page] == []


def test_place_of_the_region_leads_to_the_partner_of_that_name_or_other_name(client):
    a_partnership(region_places="auburn\nThe South End\nNobody yet")
    auburn, south = an_organization(name="Auburn"), an_organization(name="Seattle (South Seattle)")
    Alias.objects.create(organization=south, name="the south end")
    found = [place.organization for place in client.get(PAGE).context["places"]]
    assert found == [auburn, south, None]


def test_page_of_a_portal_that_is_not_set_up_yet(client):
    assert client.get(PAGE).status_code == 200


def test_coordinator_writes_the_page(desk):
    a_partnership()
    for name in ("First", "Second", "Third"):
        an_organization(name=name)
    data = {"name": "South King County STEM Network", "short_name": "SKC STEM", "host": "First"}
    data |= {"lead_1": "First", "lead_2": "Second", "lead_3": "Third", "region": "South King County"}
    assert desk.post("/partnership/edit/", data)["Location"] == PAGE
    one = Partnership.objects.get()
    assert (one.name, one.host.name, one.region) == (data["name"], "First", "South King County")
    assert set(one.lead_organizations.values_list("name", flat=True)) == {"First", "Second", "Third"}


def test_lead_that_is_not_listed_is_refused_and_nothing_is_saved(desk):
    a_partnership(name="Before")
    page = desk.post("/partnership/edit/", {"name": "After", "short_name": "A", "lead_1": "Nowhere"})
    assert b"t on our list" in page.content
    assert Partnership.objects.get().name == "Before"


def test_page_asks_the_database_equally_often(client):
    one = a_partnership(region_places="District")

    def add():
        one.lead_organizations.add(an_organization())
        Alias.objects.create(organization=an_organization(), name="Another")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    add()
    first = queries()
    for _ in range(29):
        add()
    assert queries() == first
