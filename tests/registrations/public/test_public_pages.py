"""The public pages of networks: what they say, to whom, and how often they ask the database."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings.models import CommitmentVersion, Network
from partners.models import Standard
from tests.factories import (
    NOW,
    a_coordinator,
    a_group,
    a_meeting,
    a_network,
    a_partnership,
    a_position,
    a_registration,
    a_user,
    an_organization,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db
READY = {
    "pdp_topic": "STE standards",
    "pdp_category": "content",
    "objectives": "Lead the standards",
    "assessment": "An action plan",
    "signatory_name": "The director",
    "signatory_title": "Director",
}


@pytest.fixture(autouse=True)
def september():
    with time_machine.travel(NOW, tick=False):
        yield


def page(client, network):
    return client.get(network.get_absolute_url()).content.decode()


def a_provider():
    from partners.models import Provider

    return Provider.objects.create(name="The registered provider", number="2020-0417")


def test_network_page_says_seats_and_closing_time(client):
    network = a_network(seats=60)
    a_registration(network)
    html = page(client, network)
    assert "1 of 60 seats taken" in html
    assert "until Wed, Oct 14, 2020, 9:00 a.m. ET" in html
    assert "Registration open" in html


def test_network_page_says_day_hours_zone_and_place(client):
    network = a_network(meetings=0)
    a_meeting(network, title="Opening meeting", venue="Marlborough")
    html = page(client, network)
    assert "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET, Marlborough" in html
    assert "In person" in html
    assert "One meeting" in html


def test_network_page_never_shows_a_link_to_join(client):
    network = a_network(meetings=0)
    a_meeting(network, modality="online", join_url="https://meet.example.org/secret")
    assert "meet.example.org" not in page(client, network)


def test_network_page_says_why_too_few_hours_give_no_points(client):
    network = a_network(meetings=5, provider=a_provider(), **READY)
    html = page(client, network)
    assert "15 hours in five meetings." in html
    assert "One hour of attendance is one PDP, but only once you have 10 hours on one topic" in html
    assert "The state doesn&#x27;t give PDPs for less" in html


@pytest.mark.parametrize("missing", ["provider", *READY])
def test_network_page_speaks_of_attendance_while_something_lacks(client, missing):
    network = a_network(**{**READY, "provider": a_provider(), missing: None if missing == "provider" else ""})
    html = page(client, network)
    assert "as hours of attendance" in html
    assert "PDP" not in html


def test_network_page_adds_the_hours_of_one_group(client):
    network = a_network(meetings=1)
    for _ in range(2):
        a_meeting(network, start_time=time(12), end_time=time(15), working_group=a_group(network))
    html = page(client, network)
    assert "3 hours in one meeting, up to 3 more in a working group." in html
    assert "Working groups 12 noon to 3:00 p.m. ET, optional" in html


def test_network_page_lists_commitments_with_the_optional_one(client):
    network = a_network()
    for position, text in enumerate(["attend the sessions", "join a working group"], start=1):
        commitment = network.commitments.create(position=position, required=position == 1)
        CommitmentVersion.objects.create(commitment=commitment, text=text, written_at=NOW)
    html = tight(page(client, network))
    assert "<li>attend the sessions</li>" in html
    assert '<li>join a working group<span class="muted">(optional)</span></li>' in html


def test_full_network_offers_the_waitlist(client):
    network = a_network(seats=1)
    a_registration(network)
    a_registration(network)
    html = page(client, network)
    assert "1 of 1 seats taken, 1 waiting" in html
    assert "When a seat opens up, the next person in line gets it" in html


def test_full_network_near_its_first_meeting_says_that_staff_give_seats(client):
    network = a_network(seats=0)
    with time_machine.travel(network.closes_at() - timedelta(hours=47), tick=False):
        html = page(client, network)
    assert "the next person in line gets it" not in html
    assert "staff are giving out any seats that open up" in html


def test_network_without_a_waitlist_is_full(client):
    network = a_network(seats=1, waitlist=False)
    a_registration(network)
    assert "the waitlist is full" in page(client, network)


def test_started_network_is_closed(client):
    network = a_network()
    with time_machine.travel(datetime(2020, 10, 14, 13, 0, tzinfo=UTC), tick=False):
        assert "Registration is closed" in page(client, network)


def test_cancelled_network_says_so(client):
    assert "This network was cancelled" in page(client, a_network(status="cancelled"))


def test_draft_is_seen_by_those_who_work_on_it(client):
    network = a_network(status="draft")
    assert client.get(network.get_absolute_url()).status_code == 404
    client.force_login(a_coordinator().user)
    assert "This is a draft" in page(client, network)


def test_seated_person_sees_their_own_state(client):
    user = a_user()
    network = a_network()
    a_registration(network, user.person)
    client.force_login(user)
    html = page(client, network)
    assert "You're registered" in html
    assert "By registering, you commit to" not in html


def test_waiting_person_sees_their_place_in_line(client):
    user = a_user()
    network = a_network(seats=1)
    a_registration(network)
    a_registration(network)
    a_registration(network, user.person)
    client.force_login(user)
    assert "You're number 2 in line." in page(client, network)


def test_home_shows_open_networks_and_figures_with_their_lists(client):
    a_partnership()
    an_organization()
    network = a_network()
    a_registration(network)
    a_network(status="draft", title="Not yet")
    html = tight(client.get(reverse("home")).content.decode())
    assert network.title in html
    assert "Not yet" not in html
    assert '<a class="stat" href="/partners/"><b>1</b><span>partner organization</span></a>' in html
    assert '<a class="stat" href="/networks/?year=2020-21"><b>1</b><span>educator this year' in html
    assert '<a class="stat" href="/calendar/"><b>1</b><span>upcoming meeting</span></a>' in html


def test_home_shows_the_next_dates_of_public_networks_with_the_way_to_register(client):
    soon = NOW.date() + timedelta(days=3)
    network = a_network(meetings=0, title="Leaders")
    a_meeting(network, on=soon, title="Equity")
    a_meeting(a_network(meetings=0, status="draft"), on=soon, title="Not yet public")
    a_meeting(network, on=soon - timedelta(days=30), title="Long over")
    html = tight(client.get(reverse("home")).content.decode())
    dates = html[html.index('id="next-dates"') :].split("</section>")[0]
    assert ("Equity" in dates, network.get_absolute_url() in dates) == (True, True)
    assert ("Not yet public" in dates, "Long over" in dates) == (False, False)


def test_home_without_anything_says_what_comes(client):
    html = client.get(reverse("home")).content.decode()
    assert "No networks are open right now" in html


def test_home_draws_a_line_between_partners_that_share_a_network(client):
    network = a_network()
    for _ in range(2):
        position = a_position(a_user().person)
        a_registration(network, position.person, position=position)
    html = tight(client.get(reverse("home")).content.decode())
    assert html.count('<circle class="dot-') == 2
    assert html.count("<line ") == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Science", "Mathematics", "Closed"}),
        ("subject=mathematics", {"Mathematics"}),
        ("subject=literacy&audience=district_leaders", set()),
        ("audience=district_leaders", {"Science"}),
        ("audience=teachers", {"Science", "Mathematics", "Closed"}),
        ("registration=open", {"Science"}),
        ("registration=full", {"Mathematics"}),
        ("registration=closed", {"Closed"}),
        ("year=2020-21", {"Science", "Mathematics", "Closed"}),
        ("subject=nonsense", {"Science", "Mathematics", "Closed"}),
        ("standard=ps3-2", {"Science", "Closed"}),
        ("standard=hs-ps3-2&registration=open", {"Science"}),
        ("standard=XX-9", set()),
        ("standard=%3F", {"Science", "Mathematics", "Closed"}),
        ("subject=mathematics&registration=open", set()),
    ],
)
def test_networks_are_narrowed(client, query, shown):
    standard = Standard.objects.get(code="HS-PS3-2")
    a_network(title="Science", subjects=["science"]).standards.add(standard)
    subjects = ["mathematics", "literacy"]
    full = a_network(title="Mathematics", subjects=subjects, audiences=["teachers"], seats=1)
    a_registration(full)
    closed = a_network(title="Closed", subjects=["science"], audiences=["teachers"], closed_at=NOW)
    closed.meetings.first().standards.add(standard)
    response = client.get(f"{reverse('networks')}?{query}")
    assert {card.network.title for card in response.context["cards"]} == shown


@pytest.mark.parametrize("name", ["home", "networks"])
def test_lists_ask_the_database_equally_often(client, name):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse(name)).status_code == 200
        return len(captured)

    a_partnership()
    a_registration(a_network(meetings=2))
    one = queries()
    for _ in range(29):
        network = a_network(meetings=1)
        a_group(network)
        an_organization()
    assert Network.objects.count() == 30
    assert queries() == one
