"""A freed seat is offered until a deadline: accepted, declined, expired, reminded of, each exactly once."""

from datetime import timedelta

import pytest

from partners.merging.domain.merging import merge_people, undo
from registrations.models import Offer, Registration
from registrations.seats.domain import network_setup, offering, seats, staffing, waitlist, withdrawing
from registrations.seats.exceptions import OfferAnswered, OfferOver
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_registration, a_staff_member

pytestmark = pytest.mark.django_db
SESSION = {"kind": "information_session", "credit_code": "", "asks_evaluation": False}
HOUR = timedelta(hours=1)


def an_offer(**fields):
    """Return the offer of a network's only seat, which somebody left, and who waits behind."""
    network = a_network(seats=1, **{"offer_hours": 48, **fields})
    first, second, third = (a_registration(network) for _each in range(3))
    withdrawing.leave_network(first, by=first.person, at=NOW)
    return Offer.objects.get(registration=second), third


def status_of(registration):
    return Registration.objects.get(pk=registration.pk).status


def mails_to(registration):
    mails = Mail.objects.filter(address=registration.person.primary_address).order_by("pk")
    return [mail.template.rpartition("/")[2] for mail in mails]


def test_a_freed_seat_is_offered_to_the_next_for_48_hours_and_counts_as_taken():
    offer, third = an_offer()
    assert (status_of(offer.registration), status_of(third)) == ("offered", "waiting")
    assert offer.until == NOW + 48 * HOUR
    assert seats.free_seats(offer.registration.network, at=NOW) == 0
    mail = Mail.objects.get(template__endswith="seat_offered")
    assert "Wed, Sep 9, 2020, 10:00 a.m. ET" in mail.text
    assert mail.secret


def test_an_offer_ends_with_registration_at_the_latest():
    network = a_network(seats=1, offer_hours=720)
    first, second = a_registration(network), a_registration(network)
    at = network.closes_at() - 60 * HOUR
    withdrawing.leave_network(first, by=SWEEP, at=at)
    assert second.offers.get().until == network.closes_at()


def test_accepting_gives_the_seat_once_however_often_it_is_pressed():
    offer, third = an_offer()
    for _each in range(2):
        offering.accept(offer, by=offer.registration.person, at=NOW + HOUR)
    offer.refresh_from_db()
    assert (status_of(offer.registration), offer.outcome, status_of(third)) == (
        "seated",
        "accepted",
        "waiting",
    )
    assert mails_to(offer.registration) == ["seat_offered", "seat_given"]


def test_declining_leaves_the_line_and_offers_the_seat_to_the_next():
    offer, third = an_offer()
    for _each in range(2):
        offering.decline(offer, by=offer.registration.person, at=NOW + HOUR)
    assert (status_of(offer.registration), status_of(third)) == ("withdrawn", "offered")
    assert mails_to(offer.registration) == ["seat_offered", "withdrawn"]
    assert mails_to(third) == ["seat_offered"]


def test_a_seat_that_was_accepted_is_not_lost_by_declining_in_another_tab():
    offer, _third = an_offer()
    offering.accept(offer, by=SWEEP, at=NOW)
    with pytest.raises(OfferAnswered, match="give it up in My learning"):
        offering.decline(offer, by=SWEEP, at=NOW)
    assert status_of(offer.registration) == "seated"


def test_a_declined_offer_cannot_be_accepted():
    offer, _third = an_offer()
    offering.decline(offer, by=SWEEP, at=NOW)
    with pytest.raises(OfferAnswered, match="You declined"):
        offering.accept(offer, by=SWEEP, at=NOW)


def test_the_last_moment_counts_and_the_second_of_the_end_does_not():
    offer, _third = an_offer()
    waitlist.sweep_waitlists(at=offer.until)
    assert status_of(offer.registration) == "offered"
    with pytest.raises(OfferOver, match="until Wed, Sep 9, 2020, 10:00"):
        offering.accept(offer, by=SWEEP, at=offer.until)
    offering.accept(offer, by=SWEEP, at=offer.until - timedelta(microseconds=1))
    assert status_of(offer.registration) == "seated"


def test_an_expired_offer_goes_to_the_next_and_its_owner_to_the_end_and_the_second_time_out():
    offer, third = an_offer()
    waitlist.sweep_waitlists(at=offer.until + HOUR)
    assert (status_of(offer.registration), status_of(third)) == ("waiting", "offered")
    assert Registration.objects.get(pk=offer.registration.pk).line == 3
    waitlist.sweep_waitlists(at=offer.until + 50 * HOUR)
    assert (status_of(offer.registration), status_of(third)) == ("offered", "waiting")
    waitlist.sweep_waitlists(at=offer.until + 100 * HOUR)
    assert (status_of(offer.registration), status_of(third)) == ("withdrawn", "offered")
    assert mails_to(offer.registration) == ["seat_offered", "offer_expired", "seat_offered", "offer_expired"]


def test_sweeping_twice_releases_once():
    offer, _third = an_offer()
    at = offer.until + HOUR
    assert (waitlist.sweep_waitlists(at=at), waitlist.sweep_waitlists(at=at)) == (1, 0)
    assert Offer.objects.open().count() == 1


def test_more_seats_are_offered():
    offer, third = an_offer()
    network = offer.registration.network
    type(network).objects.filter(pk=network.pk).update(seats=2)
    waitlist.fill_seats(network, by=SWEEP, at=NOW)
    assert status_of(third) == "offered"


def test_removing_somebody_takes_their_offer_back_and_offers_it_on():
    offer, third = an_offer()
    withdrawing.remove_from_network(offer.registration, by=a_staff_member(), at=NOW, reason="Twice")
    offer.refresh_from_db()
    assert (offer.outcome, status_of(third)) == ("taken_back", "offered")
    with pytest.raises(OfferOver, match="isn't offered"):
        offering.accept(offer, by=SWEEP, at=NOW)


def test_staff_give_an_offered_seat_without_going_over():
    offer, _third = an_offer()
    staffing.give_seat(registration=offer.registration, by=a_staff_member(), at=NOW, reason="Called")
    offer.refresh_from_db()
    registration = Registration.objects.get(pk=offer.registration.pk)
    assert (offer.outcome, registration.status, registration.over_seats_reason) == ("given", "seated", "")


def test_cancelling_the_network_ends_offers_and_tells_everyone():
    offer, third = an_offer()
    network_setup.cancel_network(offer.registration.network, reason="Snow", by=a_coordinator(), at=NOW)
    with pytest.raises(OfferOver):
        offering.accept(offer, by=SWEEP, at=NOW)
    assert "network_cancelled" in mails_to(offer.registration)
    assert "network_cancelled" in mails_to(third)


def test_a_merge_that_frees_a_seat_offers_it_and_undoing_says_why_there_is_one_more():
    network = a_network(seats=2, offer_hours=48)
    one, two, third = (a_registration(network) for _each in range(3))
    merge = merge_people(kept=one.person, gone=two.person, take=set(), by=a_coordinator(), at=NOW)
    assert status_of(third) == "offered"
    undo(merge, at=NOW + HOUR)
    assert seats.occupied(network, at=NOW) == 3
    assert network.registrations.exclude(over_seats_reason="").count() == 2


def test_a_merge_ends_the_offer_of_somebody_who_has_a_seat():
    network = a_network(seats=2, offer_hours=48)
    one, two, three, four = (a_registration(network) for _each in range(4))
    withdrawing.leave_network(two, by=SWEEP, at=NOW)
    merge_people(kept=one.person, gone=three.person, take=set(), by=a_coordinator(), at=NOW)
    assert (three.offers.get().outcome, status_of(four)) == ("taken_back", "offered")


def test_reopening_registration_offers_what_came_free_meanwhile():
    network = a_network(seats=1, offer_hours=48, closed_at=NOW - HOUR)
    first = a_registration(network, at=NOW - 3 * HOUR)
    second = a_registration(network, at=NOW - 2 * HOUR)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    assert status_of(second) == "waiting"
    network_setup.open_registration(network, by=a_coordinator(), at=NOW)
    assert status_of(second) == "offered"


def test_the_reminder_comes_once_12_hours_before_by_day_and_never_after():
    offer, _third = an_offer()  # until 10 a.m. on Wednesday
    night, morning = offer.until - 11 * HOUR, offer.until - 2 * HOUR
    numbers = [offering.sweep_offers(at=at) for at in (offer.until - 13 * HOUR, night, morning, morning)]
    assert numbers == [0, 0, 1, 0]
    mail = Mail.objects.get(template__endswith="offer_reminder")
    assert mail.expires_at == offer.until
    assert offering.sweep_offers(at=offer.until) == 0


def test_an_offer_of_a_day_or_less_is_not_reminded_of():
    offer, _third = an_offer(offer_hours=24)
    assert offering.sweep_offers(at=offer.until - HOUR) == 0


def test_within_48_hours_of_the_start_only_staff_give_seats():
    network = a_network(seats=1, offer_hours=48)
    first, second = a_registration(network), a_registration(network)
    withdrawing.leave_network(first, by=SWEEP, at=network.closes_at() - 48 * HOUR)
    assert status_of(second) == "waiting"


def test_a_large_party_is_passed_by_those_who_fit():
    network = a_network(seats=3, offer_hours=48, **SESSION)
    gone = a_registration(network, party_size=2)
    a_registration(network)
    large, small = a_registration(network, party_size=3), a_registration(network)
    withdrawing.leave_network(gone, by=SWEEP, at=NOW)
    assert (status_of(large), status_of(small)) == ("waiting", "offered")
    assert seats.free_seats(network, at=NOW) == 1


def test_the_link_dies_with_the_persons_number():
    offer, _third = an_offer()
    token = offering.emails.offer_token(offer)
    assert offering.offer_of(token) == offer
    assert offering.offer_of(token + "x") is None
    person = offer.registration.person
    person.link_number += 1
    person.save()
    assert offering.offer_of(token) is None
