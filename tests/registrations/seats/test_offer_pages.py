"""The page of an offer: signed in and by the link, and a clear page for every link that is of no use."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine

from registrations.models import Offer, Registration
from registrations.seats.domain import waitlist, withdrawing
from registrations.seats.emails.offering import offer_token
from tests.factories import NOW, SWEEP, a_network, a_registration, a_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def offer():
    network = a_network(seats=1, offer_hours=48)
    first = a_registration(network)
    registration = a_registration(network, a_user().person)
    a_registration(network)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    return Offer.objects.get(registration=registration)


def link(offer):
    return f"/offer/{offer_token(offer)}/"


def own(offer):
    return f"/networks/{offer.registration.network.slug}/offer/{offer.uid}/"


def status_of(offer):
    return Registration.objects.get(pk=offer.registration_id).status


def opened(client, address, *, at=NOW):
    with time_machine.travel(at, tick=False):
        return client.get(address).content.decode()


def answered(client, address, answer, *, at=NOW):
    with time_machine.travel(at, tick=False):
        return client.post(address, {"answer": answer}, follow=True).content.decode()


def test_opening_the_link_changes_nothing_and_says_until_when(client, offer):
    html = opened(client, link(offer))
    client.head(link(offer))
    assert "Wed, Sep 9, 2020, 10:00 a.m. ET" in html
    assert status_of(offer) == "offered"


def test_the_link_works_without_signing_in(client, offer):
    assert "You have a seat" in answered(client, link(offer), "accept")
    assert status_of(offer) == "seated"


def test_declining_by_the_link_says_so(client, offer):
    assert "You declined this seat" in answered(client, link(offer), "decline")
    assert status_of(offer) == "withdrawn"


def test_the_own_page_works_signed_in_and_is_not_found_for_others(client, offer):
    client.force_login(a_user())
    assert client.get(own(offer)).status_code == 404
    assert client.post(own(offer), {"answer": "decline"}).status_code == 404
    client.force_login(offer.registration.person.user)
    assert "You have a seat" in answered(client, own(offer), "accept")


def test_pressing_twice_in_two_tabs_keeps_the_seat_and_says_why(client, offer):
    answered(client, link(offer), "accept")
    answered(client, link(offer), "accept")
    html = answered(client, link(offer), "decline")
    assert "You already have this seat. You can give it up in My learning." in html
    assert status_of(offer) == "seated"


def test_an_expired_link_says_until_when_and_which_place_one_has_now(client, offer):
    late = offer.until + 2 * HOUR
    waitlist.sweep_waitlists(at=late)
    for html in (opened(client, link(offer), at=late), answered(client, link(offer), "accept", at=late)):
        assert "You could accept it until Wed, Sep 9, 2020, 10:00 a.m. ET." in html
        assert "number 1 in line" in html
    assert status_of(offer) == "waiting"


def test_in_the_second_of_the_end_the_page_says_that_it_is_over(client, offer):
    html = answered(client, link(offer), "accept", at=offer.until)
    assert "This offer has ended" in html
    assert status_of(offer) == "offered"


@pytest.mark.parametrize("token", ["nonsense", "WyJhIiwgMF0:1abc:def"])
def test_a_cut_off_or_made_up_link_says_so(client, token):
    response = client.get(f"/offer/{token}/")
    assert (response.status_code, "This link doesn't work" in unescape(response.content.decode())) == (
        404,
        True,
    )


def test_an_answer_that_nobody_knows_changes_nothing(client, offer):
    with time_machine.travel(NOW, tick=False):
        client.post(link(offer), {"answer": "maybe"})
    assert status_of(offer) == "offered"


def test_pages_lead_to_the_offer(client, offer):
    client.force_login(offer.registration.person.user)
    slug = offer.registration.network.slug
    for address in ("/learning/", f"/learning/{slug}/", f"/networks/{slug}/"):
        assert own(offer) in opened(client, address)
    with time_machine.travel(NOW, tick=False):
        assert client.get(f"/networks/{slug}/register/").url == own(offer)
