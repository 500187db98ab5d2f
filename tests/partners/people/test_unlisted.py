"""The coordinator's queue of organizations that are not listed."""

import pytest

from partners.models import Alias, Organization, Position
from tests.factories import a_coordinator, a_person, a_position, a_staff_member, a_user, an_organization

pytestmark = pytest.mark.django_db
QUEUE, LINK = "/staff/organizations/unlisted/", "/staff/organizations/unlisted/link/?words=Old+Colony"


@pytest.fixture
def typed():
    return [a_position(a_person(), organization_words=words) for words in ("Old Colony", "old colony")]


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


@pytest.mark.parametrize("path", [QUEUE, LINK])
def test_only_coordinators_open_it(client, typed, path):
    assert client.get(path).status_code == 302
    for who, status in ((a_user(), 403), (a_staff_member().user, 403), (a_coordinator().user, 200)):
        client.force_login(who)
        assert client.get(path).status_code == status


def test_linking_links_everyone_who_typed_it_and_remembers_the_words(desk, typed):
    organization = an_organization(name="Old Colony Regional", slug="old-colony")
    data = {"link-workplace": "Old Colony Regional", "link-remember": "on", "link": "1"}
    assert desk.post(LINK, data)["Location"] == QUEUE
    assert Position.objects.filter(organization=organization).count() == 2
    assert Alias.objects.get().name.lower() == "old colony"


def test_what_is_not_listed_can_not_be_linked(desk, typed):
    page = desk.post(LINK, {"link-workplace": "Nowhere", "link": "1"}).content
    assert b"t on our list" in page
    assert Position.objects.unlinked().count() == 2


def test_adding_makes_the_organization_and_links_it(desk, typed):
    data = {"add-name": "Old Colony", "add-sector": "school", "add-level": "local", "add-state": "ma"}
    desk.post(LINK, {**data, "add": "1"})
    organization = Organization.objects.get()
    assert (organization.slug, organization.state, organization.positions.count()) == ("old-colony", "MA", 2)
    assert Organization.history.get().history_user is not None


def test_adding_the_same_again_is_said_where_it_happened(desk, typed):
    an_organization(name="Old Colony", city="", state="")
    data = {"add-name": "old colony", "add-sector": "school", "add-level": "local", "add": "1"}
    page = desk.post(LINK, data)
    assert (page.status_code, b"already an organization with this name in this town." in page.content) == (
        200,
        True,
    )


@pytest.mark.parametrize("words", ["", "Nobody+typed+this", "%00", "x" * 300])
def test_words_that_do_not_wait_are_not_found(desk, typed, words):
    assert desk.get(f"{QUEUE}link/?words={words}").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_asks_the_database_equally_often(desk, rows, django_assert_max_num_queries):
    for number in range(rows):
        a_position(a_person(), organization_words=f"School {number}")
    with django_assert_max_num_queries(13):
        assert desk.get(QUEUE).content.count(b"Link or add") == rows
