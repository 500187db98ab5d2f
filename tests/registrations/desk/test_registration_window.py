"""When registration opens and closes: typed on the network's page, or by a button of a coordinator."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Network
from meetings.planning.domain import doubts, registration_window
from meetings.planning.exceptions import PublishRefused
from tests.factories import a_coordinator, a_network, a_person, a_registration
from tests.registrations.desk.setup_page import typed
from tests.registrations.desk.test_network_setup import NEW, errors

pytestmark = pytest.mark.django_db
AUGUST = datetime(2020, 8, 20, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AUGUST, tick=False) as clock:
        yield clock


@pytest.fixture
def coordinator(client):
    person = a_coordinator()
    client.force_login(person.user)
    return person


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_typed_moments_are_those_of_the_networks_zone(client, coordinator):
    client.post(NEW, typed(opens_at="2020-09-01T09:00", closed_at="2020-10-01T17:00"))
    network = Network.objects.get()
    assert network.opens_at == datetime(2020, 9, 1, 13, tzinfo=UTC)
    assert network.closed_at == datetime(2020, 10, 1, 21, tzinfo=UTC)
    page = text_of(client.get(reverse("network_edit", args=[network.slug])))
    assert 'value="2020-09-01T09:00"' in page


@pytest.mark.parametrize(
    ("opens", "closes", "found"),
    [
        ("2020-09-01T09:00", "2020-08-31T09:00", {"closed_at": "Registration can't close before it opens."}),
        (
            "2021-03-14T02:30",
            "",
            {"opens_at": "The clocks change on 2021-03-14, and 02:30 doesn't exist that day."},
        ),
        ("soon", "", {"opens_at": "Type a date with a time, such as 2026-09-01 9:00 AM."}),
    ],
)
def test_moments_that_make_no_sense_are_refused_at_their_field(client, coordinator, opens, closes, found):
    assert errors(client.post(NEW, typed(opens_at=opens, closed_at=closes))) == found


def test_the_public_sees_when_registration_opens(client, now):
    network = a_network(opens_at=datetime(2020, 9, 1, 13, tzinfo=UTC))
    page = text_of(client.get(network.get_absolute_url()))
    assert "Registration opens Tue, Sep 1, 2020, 9:00 a.m. ET" in page
    assert reverse("register", args=[network.slug]) not in page
    asked = text_of(client.get(reverse("register", args=[network.slug])))
    assert "<h1> Not open yet </h1>" in asked
    assert "Registration opens Tue, Sep 1, 2020, 9:00 a.m. ET." in asked
    assert network.title in text_of(client.get(reverse("networks"), {"registration": "soon"}))
    now.move_to(network.opens_at)
    assert reverse("register", args=[network.slug]) in text_of(client.get(network.get_absolute_url()))


def test_a_coordinator_closes_and_opens_registration_by_a_button(client, coordinator):
    network = a_network()
    registration = a_registration(network, a_person(), at=AUGUST)
    edit, before = reverse("network_edit", args=[network.slug]), network.edition
    assert "Close registration now" in text_of(client.get(edit))
    close, reopen = (reverse("network_registration", args=[network.slug, act]) for act in ("close", "open"))
    client.post(close)
    network.refresh_from_db()
    registration.refresh_from_db()
    assert (network.closed_at, network.edition, registration.status) == (AUGUST, before + 1, "seated")
    assert network.history.first().history_change_reason == "Registration closed by hand"
    assert "Registration isn&#x27;t open." in text_of(client.post(close, follow=True))
    page = text_of(client.get(edit))
    assert ("Open registration now" in page, "Close registration now" in page) == (True, False)
    client.post(reopen)
    network.refresh_from_db()
    assert network.closed_at is None


def test_registration_opens_by_a_button_before_its_moment(client, coordinator):
    network = a_network(opens_at=datetime(2020, 9, 1, 13, tzinfo=UTC))
    client.post(reverse("network_registration", args=[network.slug, "open"]))
    network.refresh_from_db()
    assert network.opens_at == AUGUST


def test_registration_does_not_open_again_once_the_first_meeting_started(coordinator):
    network = a_network(closed_at=AUGUST)
    with pytest.raises(PublishRefused):
        registration_window.open_registration(network, by=coordinator, at=network.meetings.get().starts_at)
    network.refresh_from_db()
    assert network.closed_at == AUGUST


def test_opening_after_the_first_meeting_is_listed_before_publishing(coordinator):
    network = a_network(status="draft", opens_at=datetime(2020, 10, 14, 14, tzinfo=UTC))
    sentence = "Registration opens after the first meeting starts, so nobody can register."
    assert sentence in doubts.doubts(network, at=AUGUST)


def test_registration_that_opens_later_is_not_closed_by_hand(coordinator):
    network = a_network(opens_at=datetime(2020, 9, 1, 13, tzinfo=UTC))
    with pytest.raises(PublishRefused):
        registration_window.close_registration(network, by=coordinator, at=AUGUST)
