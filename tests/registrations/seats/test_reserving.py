"""Seats that are reserved for a partner, whose contact names who comes."""

import re
from datetime import timedelta

import pytest

from registrations.models import Registration, Reservation, SeatInvitation
from registrations.seats.domain import (
    invited_seats,
    naming,
    registering,
    reserving,
    seat_invitations,
    seats,
    waitlist,
)
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import AlreadyRegistered, ReservationRefused, SeatInvitationOver
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_contact,
    a_coordinator,
    a_network,
    a_person,
    a_position,
    a_registration,
    an_organization,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)


def reserved(network, organization=None, *, number=2, until=None, **fields):
    given = {"number": number, "until": until, "by": a_coordinator(), "at": NOW, **fields}
    return reserving.reserve_seats(network, organization or an_organization(), **given)


def named(reservation, address="ana@example.org", *, at=NOW):
    who = {"address": address, "first_name": "Ana", "last_name": "Reis", "by": a_person(), "at": at}
    return naming.name_colleague(reservation, **who)


def token_of(invitation):
    text = Mail.objects.get(key=f"seat_invitation:{invitation.uid}").text
    return re.search(r"/invitation-to-seat/([^/\s]+)/", text)[1]


def taken(invitation, *, at=NOW):
    answers = Answers(address=invitation.address, first_name="Ana", last_name="Reis", job="teacher")
    return seat_invitations.accept(invitation, answers, at=at)


def test_reserved_seats_are_taken_for_everyone_else():
    network = a_network(seats=3)
    reserved(network, number=2)
    assert seats.free_seats(network, at=NOW) == 1
    a_registration(network)
    assert not a_registration(network).is_seated


def test_more_than_are_free_want_a_reason():
    network = a_network(seats=1)
    with pytest.raises(ReservationRefused, match=r"Only 1 seat is free"):
        reserved(network, number=2)
    assert reserved(network, number=2, reason="The host").over_reason == "The host"


def test_an_organization_has_one_reservation():
    network, partner = a_network(), an_organization()
    reserved(network, partner)
    with pytest.raises(ReservationRefused, match="already has reserved seats"):
        reserved(network, partner)


def test_the_contacts_are_told():
    network, partner = a_network(title="STE Leaders"), an_organization()
    contact = a_contact(partner)
    reserved(network, partner, until=LATER)
    text = Mail.objects.get(address=contact.primary_address).text
    assert f"2 seats in STE Leaders 2020-21 are reserved for {partner}." in text
    assert f"http://localhost:8000/partners/mine/{partner.slug}/seats/\n" in text
    assert "8000http" not in text


def test_the_person_named_takes_the_seat_by_the_link():
    network = a_network(seats=2)
    reservation = reserved(network)
    invitation = named(reservation)
    assert invited_seats.invitation_of(token_of(invitation)) == invitation
    registration = taken(invitation)
    assert (registration.status, registration.reservation) == ("seated", reservation)
    assert seats.occupied(network, at=NOW) == 2
    with pytest.raises(SeatInvitationOver, match="You've taken this seat"):
        taken(SeatInvitation.objects.get())


def test_the_mail_has_the_seat_and_the_way():
    mail = Mail.objects.get(object=f"seat_invitation:{named(reserved(a_network(title='STE'))).uid}")
    assert mail.subject == "A seat for you: STE 2020-21"
    assert "Dear Ana Reis" in mail.text
    assert "Take the seat" in mail.html
    assert mail.secret


def test_naming_the_same_address_again_changes_nothing():
    reservation = reserved(a_network())
    assert named(reservation) == named(reservation)
    assert Mail.objects.filter(template="mail/registrations/seat_for_you").count() == 1


def test_no_more_names_than_seats():
    reservation = reserved(a_network(), number=1)
    named(reservation)
    with pytest.raises(ReservationRefused, match="Every reserved seat"):
        named(reservation, "ben@example.org")


def test_a_name_that_was_taken_off_is_told_and_its_link_works_no_longer():
    reservation = reserved(a_network(), number=1)
    invitation = named(reservation)
    naming.take_name_off(invitation, by=SWEEP, at=NOW)
    naming.take_name_off(invitation, by=SWEEP, at=NOW)
    assert Mail.objects.filter(template="mail/registrations/seat_not_kept").count() == 1
    with pytest.raises(SeatInvitationOver, match="no longer kept"):
        taken(SeatInvitation.objects.get())
    assert named(reservation, "ben@example.org").address == "ben@example.org"


def test_a_seat_is_handed_to_somebody_else_before_the_first_meeting():
    network = a_network(seats=1)
    reservation = reserved(network, number=1)
    registration = taken(named(reservation))
    waits = a_registration(network)
    naming.take_seat_back(registration, by=SWEEP, at=NOW)
    registration.refresh_from_db()
    waits.refresh_from_db()
    assert (registration.status, waits.status) == ("removed", "waiting")
    assert taken(named(reservation, "ben@example.org")).is_seated


def test_once_the_first_meeting_started_only_staff_change_it():
    network = a_network()
    registration = taken(named(reserved(network)))
    starts_at = network.meetings.own().get().starts_at
    with pytest.raises(ReservationRefused, match="has started"):
        naming.take_seat_back(registration, by=SWEEP, at=starts_at)


def test_who_declines_gives_the_seat_to_the_organization():
    reservation = reserved(a_network(), number=1)
    invitation = named(reservation)
    seat_invitations.decline(invitation, at=NOW)
    seat_invitations.decline(SeatInvitation.objects.get(), at=NOW)
    assert named(reservation, "ben@example.org").ended_at is None


def test_who_waits_gets_the_seat_they_were_named_for():
    network = a_network(seats=1)
    reservation = reserved(network, number=1)
    person = a_person(address="ana@example.org")
    a_registration(network, person)
    registration = taken(named(reservation))
    assert (registration.person, registration.status, registration.over_seats_reason) == (
        person,
        "seated",
        "",
    )
    assert seats.occupied(network, at=NOW) == 1


def test_who_has_a_seat_already_is_told_by_the_page_only():
    network = a_network()
    a_registration(network, a_person(address="ana@example.org"))
    invitation = named(reserved(network))
    with pytest.raises(AlreadyRegistered):
        taken(invitation)


def test_seats_given_back_go_to_those_in_line_right_away():
    network = a_network(seats=2)
    reservation = reserved(network, number=2)
    first, second = a_registration(network), a_registration(network)
    assert reserving.give_back(reservation, number=1, by=SWEEP, at=NOW) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.status, second.status] == ["seated", "waiting"]
    reserving.give_back(reservation, number=1, by=SWEEP, at=NOW)
    second.refresh_from_db()
    assert second.is_seated
    with pytest.raises(ReservationRefused, match="were given back"):
        reserving.give_back(reservation, number=1, by=SWEEP, at=NOW)


def test_seats_with_a_name_are_not_given_back():
    reservation = reserved(a_network(), number=2)
    named(reservation)
    with pytest.raises(ReservationRefused, match="1 seat has nobody on it"):
        reserving.give_back(reservation, number=2, by=SWEEP, at=NOW)


def test_fewer_than_are_used_are_refused():
    reservation = reserved(a_network(), number=2)
    taken(named(reservation))
    named(reservation, "ben@example.org")
    with pytest.raises(ReservationRefused, match="2 of these seats are used"):
        reserving.change_reservation(reservation, number=1, until=None, by=SWEEP, at=NOW)


def test_somebody_of_the_organization_who_registers_takes_a_reserved_seat_once_none_is_free():
    network, district = a_network(seats=2), an_organization()
    school = an_organization(part_of=district)
    reservation = reserved(network, district, number=1)
    person = a_person()
    free = a_registration(network, person, position=a_position(person, organization=school))
    other = a_person()
    mine = a_registration(network, other, position=a_position(other, organization=school))
    assert (free.reservation, mine.reservation, mine.status) == (None, reservation, "seated")


def test_a_reserved_seat_is_not_for_others_nor_held_twice():
    network, district = a_network(seats=1, waitlist=True), an_organization()
    reserved(network, district, number=1)
    assert not a_registration(network).is_seated
    typed = Answers(address="zoe@example.org", first_name="Zoe", last_name="Lima", organization=district.pk)
    hold = registering.start_registration(network=network, answers=typed, browser="b", client="c", at=NOW)
    assert not hold.keeps_seat
    assert registering.admit(hold, at=NOW).registration.is_seated
    assert seats.occupied(network, at=NOW) == 1


def test_at_the_last_moment_unused_seats_are_given_back_once():
    network = a_network(seats=2)
    reservation = reserved(network, number=2, until=LATER)
    seated = taken(named(reservation))
    named(reservation, "ben@example.org", at=LATER - timedelta(days=1))
    waits = a_registration(network)
    reserving.sweep_reservations(at=LATER)
    reserving.sweep_reservations(at=LATER + timedelta(hours=1))
    reservation.refresh_from_db()
    waits.refresh_from_db()
    seated.refresh_from_db()
    assert (reservation.given_back_at, waits.status, seated.status) == (LATER, "seated", "seated")
    assert not SeatInvitation.objects.filter(ended_at=None).exists()
    assert Registration.objects.seated().count() == 2


def test_the_contact_is_told_once_when_the_clock_gives_seats_back():
    network, partner = a_network(title="STE"), an_organization()
    contact = a_contact(partner)
    reservation = reserved(network, partner, number=2, until=LATER)
    taken(named(reservation))
    Mail.objects.all().delete()
    reserving.sweep_reservations(at=LATER)
    reserving.sweep_reservations(at=LATER + timedelta(hours=1))
    [mail] = Mail.objects.filter(address=contact.primary_address, key__startswith="seats_given_back")
    assert mail.subject == "Reserved seats were given back: STE 2020-21"
    assert f"1 seat in STE 2020-21 that was reserved for {partner} was given back." in mail.text
    assert mail.text.count("http://localhost:8000") == mail.text.count("http")  # one address in each link


def test_the_contact_is_reminded_once_a_week_before():
    network, partner = a_network(title="STE"), an_organization()
    contact = a_contact(partner)
    reserved(network, partner, number=2, until=LATER)
    Mail.objects.all().delete()
    for days in (8, 7, 6):
        reserving.sweep_reservations(at=LATER - timedelta(days=days))
    [mail] = Mail.objects.filter(address=contact.primary_address)
    assert mail.subject == "Reserved seats without a name: STE 2020-21"
    assert "2 of the seats reserved for" in mail.text


def test_nobody_is_reminded_when_every_seat_is_used():
    partner = an_organization()
    a_contact(partner)
    taken(named(reserved(a_network(), partner, number=1, until=LATER)))
    Mail.objects.all().delete()
    reserving.sweep_reservations(at=LATER - timedelta(days=3))
    assert not Mail.objects.filter(key__startswith="reservation_ends").exists()


def test_a_lapsed_reservation_counts_no_more_before_the_sweep_ran():
    network = a_network(seats=1)
    reserved(network, number=1, until=LATER)
    assert seats.free_seats(network, at=LATER) == 1
    assert waitlist.fill_seats(network, by=SWEEP, at=LATER) == []
    assert Reservation.objects.standing(LATER).count() == 0
