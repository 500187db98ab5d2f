import pytest
from django.urls import reverse

from meetings.models import Appointment, Network
from tests import factories
from tests.registrations.desk.setup_page import as_shown

pytestmark = pytest.mark.django_db
PAGES = ["network_edit", "network_preview", "network_clone", "network_cancel"]
ACTS = ["network_publish", "network_unpublish"]


def the_coordinator_of(network):
    user = factories.a_user()
    Appointment.objects.create(network=network, person=user.person, role="coordinator")
    return user


def the_staff_of(network):
    user = factories.a_user()
    Appointment.objects.create(network=network, person=user.person, role="staff")
    return user


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "published", "draft"),
    [
        (lambda network: factories.a_coordinator().user, 200, 200),
        (the_coordinator_of, 200, 200),
        (the_staff_of, 403, 403),
        (lambda network: factories.a_staff_member().user, 403, 403),
        (lambda network: the_coordinator_of(factories.a_network()), 403, 404),
        (lambda network: factories.a_user(), 403, 404),
    ],
)
def test_pages_of_a_network_open_for_those_who_coordinate_it(client, name, who, published, draft):
    for status, expected in (("published", published), ("draft", draft)):
        network = factories.a_network(status=status)
        client.force_login(who(network))
        assert client.get(reverse(name, args=[network.slug])).status_code == expected


@pytest.mark.parametrize("name", [*PAGES, *ACTS, "staff_networks", "network_new"])
def test_pages_ask_nobody_in_without_a_login(client, name):
    args = [] if name in ("staff_networks", "network_new") else [factories.a_network().slug]
    response = client.get(reverse(name, args=args))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", ACTS)
def test_acts_want_a_post_by_who_may(client, name):
    network = factories.a_network()
    address = reverse(name, args=[network.slug])
    client.force_login(factories.a_staff_member().user)
    assert client.post(address).status_code == 403
    client.force_login(factories.a_coordinator().user)
    assert client.get(address).status_code == 405


@pytest.mark.parametrize(
    ("who", "lists", "begins"),
    [
        (lambda network: factories.a_coordinator().user, 200, 200),
        (the_coordinator_of, 200, 403),
        (the_staff_of, 403, 403),
        (lambda network: factories.a_user(), 403, 403),
    ],
)
def test_list_and_new_page_by_role(client, who, lists, begins):
    client.force_login(who(factories.a_network()))
    assert client.get(reverse("staff_networks")).status_code == lists
    assert client.get(reverse("network_new")).status_code == begins


def test_list_shows_the_coordinator_of_one_network_only_that(client):
    mine = factories.a_network(status="draft")
    factories.a_network()
    client.force_login(the_coordinator_of(mine))
    assert list(client.get(reverse("staff_networks")).context["object_list"]) == [mine]


def test_list_is_narrowed_by_year_and_status(client):
    factories.a_network()
    wanted = factories.a_network(school_year="2021-22", status="draft")
    factories.a_network(school_year="2021-22")
    client.force_login(factories.a_coordinator().user)
    address = reverse("staff_networks")
    assert list(client.get(address, {"year": "2021-22", "status": "draft"}).context["object_list"]) == [
        wanted
    ]
    assert len(client.get(address, {"year": "nonsense"}).context["object_list"]) == 3


def test_list_asks_as_many_queries_for_thirty_rows_as_for_one(client, django_assert_max_num_queries):
    client.force_login(factories.a_coordinator().user)
    address = reverse("staff_networks")
    factories.a_network(meetings=2)
    client.get(address)
    with django_assert_max_num_queries(17) as captured:
        client.get(address)
    one = len(captured)
    for _number in range(29):
        factories.a_registration(factories.a_network(meetings=2))
    with django_assert_max_num_queries(one):
        assert len(client.get(address).context["object_list"]) == 30


def test_edit_asks_as_many_queries_for_thirty_meetings_as_for_one(client, django_assert_max_num_queries):
    client.force_login(factories.a_coordinator().user)
    small, big = factories.a_network(meetings=1), factories.a_network(meetings=30)
    for network, groups in ((small, 1), (big, 12)):
        for _number in range(groups):
            factories.a_group(network, lead=factories.a_person())
    client.get(reverse("network_edit", args=[small.slug]))
    with django_assert_max_num_queries(43) as captured:
        client.get(reverse("network_edit", args=[small.slug]))
    with django_assert_max_num_queries(len(captured)):
        client.get(reverse("network_edit", args=[big.slug]))


def test_preview_is_the_public_page_with_what_is_missing(client):
    network = factories.a_network(status="draft", summary="", meetings=1)
    client.force_login(factories.a_coordinator().user)
    response = client.get(reverse("network_preview", args=[network.slug]))
    assert "preview-banner" in response.content.decode()
    assert "Meeting 1" in response.content.decode()
    assert "Add a one-sentence summary of the network." in response.context["missing"]


def test_publish_from_the_preview_says_what_is_missing(client):
    network = factories.a_network(status="draft", summary="")
    client.force_login(factories.a_coordinator().user)
    response = client.post(reverse("network_publish", args=[network.slug]), follow=True)
    assert "Add a one-sentence summary of the network." in response.content.decode()
    assert Network.objects.get().status == "draft"


def test_cancel_tells_the_public_page(client):
    network = factories.a_network()
    client.force_login(factories.a_coordinator().user)
    client.post(reverse("network_cancel", args=[network.slug]), {"reason": "No funds"})
    client.logout()
    assert "This network was cancelled." in client.get(network.get_absolute_url()).content.decode()


def test_clone_page_makes_the_draft_of_the_next_year(client):
    network = factories.a_network(title="Leaders")
    client.force_login(factories.a_coordinator().user)
    address = reverse("network_clone", args=[network.slug])
    response = client.post(address, {"year": "2021-22", "dates": "Oct 13, Dec 7"})
    assert response.url == reverse("network_edit", args=["leaders-2021-22"])


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"year": "2021-22", "dates": ""}, "dates", "Add at least one date."),
        ({"year": "next", "dates": "Oct 13"}, "year", "Write the school year like 2020-21."),
        ({"year": "2020-21", "dates": "Oct 13"}, "year", "This network is already the one for 2020-21."),
        (
            {"year": "2021-22", "dates": "Oct 13, 2020"},
            "dates",
            "Tue, Oct 13, 2020 is not in the school year 2021-22.",
        ),
    ],
)
def test_clone_page_says_what_is_wrong(client, typed, field, sentence):
    network = factories.a_network()
    client.force_login(factories.a_coordinator().user)
    response = client.post(reverse("network_clone", args=[network.slug]), typed)
    assert response.context["form"].errors[field] == [sentence]


def test_coordinator_of_one_network_saves_its_page(client):
    network = factories.a_network(contact_email="hello@example.org")
    client.force_login(the_coordinator_of(network))
    address = reverse("network_edit", args=[network.slug])
    sent = as_shown(client.get(address).context["page"], summary="New words")
    assert client.post(address, sent).status_code == 302
    network.refresh_from_db()
    assert network.summary == "New words"


def test_staff_cannot_save_the_page(client):
    network = factories.a_network()
    client.force_login(the_staff_of(network))
    assert client.post(reverse("network_edit", args=[network.slug]), {"title": "Mine"}).status_code == 403
