from datetime import timedelta

import pytest
from model_bakery import baker

from meetings.planning.domain import publishing
from meetings.planning.exceptions import PublishRefused
from registrations.models import Hold
from registrations.seats.domain import network_setup
from stemnet.models import Mail
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
COMPLETE = {
    "summary": "Five meetings",
    "description": "Share strategies",
    "who_should_attend": "District leaders",
    "contact_email": "coordinator@example.org",
}


@pytest.fixture
def by():
    return factories.a_coordinator()


def test_publish_makes_a_draft_public(by):
    network = publishing.publish_network(factories.a_network(status="draft", **COMPLETE), by=by, at=NOW)
    assert (network.status, network.published_at) == ("published", NOW)


def test_publish_lists_everything_that_is_missing(by):
    network = factories.a_network(status="draft", meetings=0, seats=0)
    with pytest.raises(PublishRefused) as refusal:
        publishing.publish_network(network, by=by, at=NOW)
    assert set(refusal.value.missing) == {
        *("summary", "description", "who_should_attend", "dates", "seats", "contact_email"),
    }


def test_publish_twice_is_refused(by):
    with pytest.raises(PublishRefused, match="Only a draft can be published"):
        publishing.publish_network(factories.a_network(**COMPLETE), by=by, at=NOW)


def test_unpublish_while_nobody_is_registered(by):
    network = network_setup.unpublish_network(factories.a_network(), by=by, at=NOW)
    assert network.status == "draft"


def test_unpublish_is_refused_once_somebody_registered(by):
    network = factories.a_network()
    factories.a_registration(network)
    with pytest.raises(PublishRefused, match="move the network back to draft"):
        network_setup.unpublish_network(network, by=by, at=NOW)


def test_unpublish_is_refused_while_a_seat_is_held(by):
    network = factories.a_network()
    baker.make(
        Hold,
        network=network,
        address="a@example.org",
        answers={},
        used_at=None,
        expires_at=NOW + timedelta(1),
    )
    with pytest.raises(PublishRefused, match="move the network back to draft"):
        network_setup.unpublish_network(network, by=by, at=NOW)


def test_cancel_calls_off_what_is_ahead_and_tells_everyone_once(by):
    network = factories.a_network(meetings=2, seats=1)
    seated, waiting = factories.a_registration(network), factories.a_registration(network)
    Mail.objects.all().delete()
    network = network_setup.cancel_network(network, reason="No funds", by=by, at=NOW)
    assert network.status == "cancelled"
    assert {meeting.status for meeting in network.meetings.all()} == {"cancelled"}
    told = dict(Mail.objects.values_list("address", "template"))
    assert told == {
        seated.person.primary_address: "mail/registrations/meetings_changed",
        waiting.person.primary_address: "mail/registrations/network_cancelled",
    }
    assert Mail.objects.count() == 2


def test_cancel_after_the_last_meeting_still_tells_those_registered(by):
    network = factories.a_network()
    seated = factories.a_registration(network)
    Mail.objects.all().delete()
    after = network.meetings.own().get().ends_at
    network_setup.cancel_network(network, reason="No funds", by=by, at=after)
    assert [mail.address for mail in Mail.objects.all()] == [seated.person.primary_address]
    assert network.meetings.own().get().status == "scheduled"


def test_cancel_wants_a_reason(by):
    with pytest.raises(PublishRefused, match="Say why you're cancelling it"):
        network_setup.cancel_network(factories.a_network(), reason=" ", by=by, at=NOW)


def test_cancel_keeps_its_history_with_the_reason(by):
    network = network_setup.cancel_network(factories.a_network(), reason="No funds", by=by, at=NOW)
    assert network.history.first().history_change_reason == "No funds"
