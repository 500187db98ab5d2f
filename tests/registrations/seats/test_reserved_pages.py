"""The pages of reserved seats: staff's, the contact's, and that of the person who was named."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.models import Registration, Reservation, SeatInvitation
from registrations.seats.domain import naming, reserving
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_contact,
    a_coordinator,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    an_organization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW)


def reserved(network, partner, number=2):
    given = {"number": number, "until": NOW + timedelta(days=20), "by": SWEEP, "at": NOW}
    return reserving.reserve_seats(network, partner, **given)


def form(**fields):
    plain = {"first_name": "Ana", "last_name": "Reis", "job": "coordinator", "attending": "self"}
    return {**plain, "organization": "A district of its own", "organization_choice": "-", **fields}


def link():
    text = Mail.objects.filter(template="mail/registrations/seat_for_you").latest("pk").text
    return re.search(r"(/invitation-to-seat/[^/\s]+/)", text)[1]


def test_a_coordinator_reserves_seats_and_reads_where_they_are(client):
    network, _partner = a_network(seats=10), an_organization(name="Sea Lab")
    a_registration(network)
    client.force_login(a_coordinator().user)
    address = reverse("staff_seats", args=[network.slug])
    typed = {"act": "reserve", "organization": "Sea Lab", "number": "3", "until": "2020-09-20T17:00"}
    page = client.post(address, typed, follow=True).content.decode()
    assert Reservation.objects.get().until.isoformat() == "2020-09-20T21:00:00+00:00"
    figures = dict(client.get(address).context["figures"])
    assert (figures["Seats"], figures["Registered"], figures["Free"]) == (10, 1, 6)
    assert figures["Reserved for organizations, and not used yet"] == 3
    assert "3 reserved, 0 used, 0 with a name" in page


def test_more_than_are_free_are_refused_at_the_form_which_keeps_what_was_typed(client):
    network = a_network(seats=2)
    an_organization(name="Sea Lab")
    client.force_login(a_coordinator().user)
    address = reverse("staff_seats", args=[network.slug])
    typed = {"act": "reserve", "organization": "Sea Lab", "number": "3"}
    page = client.post(address, typed).content.decode()
    assert "Only 2 seats are free." in page
    assert 'value="3"' in page
    client.post(address, {**typed, "reason": "They host us"})
    assert Reservation.objects.get().over_reason == "They host us"


def test_a_reservation_is_changed_and_ended(client):
    network, partner = a_network(seats=10), an_organization()
    one = reserved(network, partner)
    client.force_login(a_coordinator().user)
    address = reverse("staff_seats", args=[network.slug])
    typed = {"reservation": one.uid, f"r{one.pk}-number": "5", "act": "change"}
    client.post(address, typed)
    one.refresh_from_db()
    assert (one.seats, one.until) == (5, None)
    for _twice in range(2):
        client.post(address, {"reservation": one.uid, "act": "end"})
    one.refresh_from_db()
    assert one.given_back_at is not None


def test_places_below_what_is_taken_are_refused_on_the_page(client):
    network = a_network(meetings=0)
    meeting = a_meeting(network, modality="hybrid", room_seats=3)
    registration = a_registration(network)
    registration.chosen_ways.create(meeting=meeting, way="room", chosen_at=NOW)
    client.force_login(a_coordinator().user)
    address = reverse("staff_seats", args=[network.slug])
    typed = {"act": "places", "meeting": meeting.uid, f"m{meeting.pk}-room": "0"}
    assert "1 person is coming to the room" in client.post(address, typed).content.decode()
    client.post(address, {**typed, f"m{meeting.pk}-room": "1", f"m{meeting.pk}-online": "7"})
    meeting.refresh_from_db()
    assert (meeting.room_seats, meeting.online_seats) == (1, 7)


def test_a_sector_is_limited_and_set_free(client):
    network = a_network()
    client.force_login(a_coordinator().user)
    address = reverse("staff_seats", args=[network.slug])
    client.post(address, {"act": "sector", "sector": "business", "at_most": "4"})
    assert "0 of 4" in client.get(address).content.decode()
    client.post(address, {"act": "sector", "sector": "business", "at_most": ""})
    assert not network.sector_limits.exists()


@pytest.mark.parametrize(
    "typed", [{}, {"act": "fly"}, {"act": "places", "meeting": "x"}, {"act": "change", "reservation": "x"}]
)
def test_what_is_no_form_of_the_page_is_not_found(client, typed):
    client.force_login(a_coordinator().user)
    assert client.post(reverse("staff_seats", args=[a_network().slug]), typed).status_code == 404


def test_staff_read_the_page_and_set_nothing(client):
    address = reverse("staff_seats", args=[a_network().slug])
    client.force_login(a_staff_member().user)
    assert client.get(address).status_code == 200
    assert client.post(address, {"act": "sector", "sector": "business"}).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_equally_often_for_any_number_of_rows(client, number):
    network = a_network(seats=500, meetings=0)
    for _each in range(number):
        reserved(network, an_organization(), 1)
        a_meeting(network, modality="hybrid", room_seats=3)
    client.force_login(a_coordinator().user)
    client.get(reverse("staff_seats", args=[network.slug]))  # what a process asks once
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("staff_seats", args=[network.slug]))
    assert len(asked) <= 16


def test_the_contact_names_somebody_who_takes_the_seat(client):
    network, partner = a_network(seats=2), an_organization()
    contact = a_contact(partner)
    one = reserved(network, partner)
    client.force_login(contact.user)
    assert "Seats reserved for us" in client.get(reverse("mine_of", args=[partner.slug])).content.decode()
    address = reverse("reserved_seats", args=[partner.slug])
    typed = {"act": "name", "reservation": one.uid, "first_name": "Ana", "last_name": "Reis"}
    page = client.post(address, {**typed, "address": "ana"}).content.decode()
    assert 'value="Reis"' in page
    page = client.post(address, {**typed, "address": "ana@example.org"}, follow=True).content.decode()
    assert "Hasn't answered yet" in page
    client.logout()
    shown = client.get(link()).content.decode()
    assert "A seat for you" in shown
    assert 'value="Ana"' in shown
    done = client.post(link(), form(), follow=True).content.decode()
    assert "You're registered" in done
    again = client.post(link(), form(), follow=True).content.decode()
    assert "You're registered" in again
    registration = Registration.objects.get()
    assert (registration.status, registration.reservation) == ("seated", one)
    assert "_auth_user_id" not in client.session
    client.force_login(contact.user)
    assert "Has taken the seat" in client.get(address).content.decode()


def test_the_person_gives_the_seat_up(client):
    naming.name_colleague(
        reserved(a_network(), an_organization()),
        address="ana@example.org",
        first_name="Ana",
        last_name="Reis",
        by=SWEEP,
        at=NOW,
    )
    page = client.post(link(), {"decline": "1"}, follow=True).content.decode()
    assert "You&#x27;ve given this seat up" in page
    assert SeatInvitation.objects.get().outcome == "declined"


def test_a_foreign_link_says_that_it_does_not_work(client):
    answer = client.get(reverse("seat_invitation", args=["x" * 43]))
    assert (answer.status_code, "This link doesn't work" in answer.content.decode()) == (404, True)


def test_a_link_that_ran_out_says_so(client, time_machine):
    network = a_network()
    one = reserved(network, an_organization())
    who = {"address": "ana@example.org", "first_name": "Ana", "last_name": "Reis", "by": SWEEP, "at": NOW}
    naming.name_colleague(one, **who)
    time_machine.move_to(NOW + timedelta(days=15))
    page = client.get(link())
    assert "no longer kept for you" in page.content.decode()
    assert client.post(link(), form()).status_code == 200
    assert not Registration.objects.exists()


def test_the_contact_frees_a_seat_after_a_question(client):
    network, partner = a_network(), an_organization()
    one = reserved(network, partner)
    who = {"address": "ana@example.org", "first_name": "Ana", "last_name": "Reis", "by": SWEEP, "at": NOW}
    invitation = naming.name_colleague(one, **who)
    client.force_login(a_contact(partner).user)
    address = reverse("reserved_seat", args=[partner.slug, invitation.uid])
    assert "The link we sent stops working" in client.get(address).content.decode()
    assert SeatInvitation.objects.get().ended_at is None
    for _twice in range(2):
        client.post(address)
    assert SeatInvitation.objects.get().outcome == "taken_back"


def test_the_contact_gives_seats_back(client):
    network, partner = a_network(seats=2), an_organization()
    one = reserved(network, partner)
    waits = a_registration(network)
    client.force_login(a_contact(partner).user)
    address = reverse("reserved_seats", args=[partner.slug])
    for number in ("", "x", "9", "1"):
        client.post(address, {"act": "give-back", "reservation": one.uid, "number": number})
    waits.refresh_from_db()
    one.refresh_from_db()
    assert (waits.status, one.seats) == ("seated", 1)


def test_nobody_else_sees_or_changes_them(client):
    network, partner = a_network(), an_organization()
    one = reserved(network, partner)
    stranger = a_contact(an_organization())
    client.force_login(stranger.user)
    assert client.get(reverse("reserved_seats", args=[partner.slug])).status_code == 404
    own = reverse("reserved_seats", args=[stranger.leads_roles.get().organization.slug])
    assert client.post(own, {"act": "give-back", "reservation": one.uid, "number": 1}).status_code == 404
    assert client.post(own, {"act": "name", "reservation": "x"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_contacts_page_and_panel_ask_equally_often(client, number):
    network, partner = a_network(seats=100), an_organization()
    one = reserved(network, partner, 60)
    for step in range(number):
        who = {"first_name": "Ana", "last_name": "Reis", "by": SWEEP, "at": NOW}
        naming.name_colleague(one, address=f"ana{step}@example.org", **who)
        a_registration(network, a_person(), over_seats_reason="test")
    Registration.objects.update(reservation=one)
    client.force_login(a_contact(partner).user)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("reserved_seats", args=[partner.slug]))
    assert len(asked) <= 12
