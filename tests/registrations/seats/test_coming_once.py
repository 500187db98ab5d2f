"""Coming to one meeting as a guest: where it is allowed, how many, the code, the room, and the pages."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetings.models import Appointment
from partners.models import Person
from partners.people.domain.organizations import Workplace
from registrations.attendance.domain import attendance, roster, sheet
from registrations.credit.domain.readiness import readiness_of
from registrations.models import ChosenWay, MeetingGuest, Registration
from registrations.seats.domain import coming_once, guests, seats, ways, withdrawing
from registrations.seats.exceptions import GuestRefused, WayRefused
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
)

pytestmark = pytest.mark.django_db
ADDRESS = "coach@example.org"
WHO = {"first_name": "Science coach", "last_name": "Bourne", "workplace": Workplace(words="Bourne schools")}


def come(meeting, *, address=ADDRESS, at=NOW, **fields):
    return coming_once.come(meeting, **{**WHO, **fields}, address=address, at=at)


@pytest.fixture
def network():
    return a_network(seats=1, meetings=2, takes_guests=True, guest_places=2)


@pytest.fixture
def meeting(network):
    return network.meetings.order_by("starts_at").first()


def test_a_guest_comes_to_that_meeting_and_takes_no_seat(network, meeting):
    seated = a_registration(network)
    guest = come(meeting)
    assert come(meeting) == guest
    assert set(Registration.objects.expected_at(meeting)) == {seated, guest.registration}
    other = network.meetings.exclude(pk=meeting.pk).get()
    assert list(Registration.objects.expected_at(other)) == [seated]
    assert (seats.occupied(network, at=NOW), guest.registration.status) == (1, "guest")
    mail = Mail.objects.get(address=ADDRESS)
    assert (mail.template.rpartition("/")[2], "as a guest" in mail.text) == ("guest_coming", True)
    assert come(other).registration == guest.registration


def told_staff():
    """Whom of the staff a mail tells that a guest is coming."""
    return list(Mail.objects.filter(key__startswith="guest_joined:").order_by("pk"))


def test_staff_are_told_once_a_day_that_a_guest_is_coming(network, meeting):
    a_staff_member()
    staff = a_user(address="here@example.org").person
    Appointment.objects.create(network=network, person=staff)
    come(meeting)
    come(meeting, address="two@example.org")
    come(network.meetings.exclude(pk=meeting.pk).get(), at=NOW + timedelta(hours=1))
    [mail] = told_staff()
    assert mail.address == "here@example.org"
    assert mail.subject == f"A guest is coming: {meeting.title}, {network}"
    assert "Science coach Bourne is coming" in mail.text
    assert "Bourne schools" in mail.text
    assert "Places for guests at this meeting: 1 of 2 taken." in mail.text
    assert f"/staff/networks/{network.slug}/people/?show=guests" in mail.text
    guests.cannot_come(meeting, a_person_of("two@example.org"), at=NOW + timedelta(days=1))
    come(meeting, address="three@example.org", at=NOW + timedelta(days=1))
    assert len(told_staff()) == 2


def test_where_nobody_is_appointed_coordinators_are_told(meeting):
    a_staff_member()
    coordinator = a_coordinator()
    come(meeting)
    assert [mail.address for mail in told_staff()] == [coordinator.primary_address]


def a_person_of(address):
    return Person.objects.holding(address).get()


def test_there_are_so_many_places_for_guests_and_one_comes_free(network, meeting):
    come(meeting)
    second = come(meeting, address="two@example.org")
    with pytest.raises(GuestRefused, match="All 2 places for guests"):
        come(meeting, address="three@example.org")
    guests.cannot_come(meeting, second.registration.person, at=NOW)
    assert come(meeting, address="three@example.org")


def test_not_where_the_network_takes_none_nor_late_nor_in_a_group(network, meeting):
    for refusing in (a_network().meetings.get(), a_meeting(network, working_group=a_group(network))):
        with pytest.raises(GuestRefused, match="doesn't take guests"):
            come(refusing)
    with pytest.raises(GuestRefused, match="has already started"):
        come(meeting, at=meeting.starts_at)
    seated = a_registration(network)
    with pytest.raises(GuestRefused, match="seat of your own"):
        come(meeting, address=seated.person.primary_address)


def test_the_room_is_full_for_a_guest_as_for_anybody(network):
    meeting = a_meeting(network, modality="hybrid", room_seats=1, online_seats=5)
    ways.choose_way(a_registration(network), meeting, "room", at=NOW)
    with pytest.raises(WayRefused, match="Choose how"):
        come(meeting)
    with pytest.raises(WayRefused, match="The room is full"):
        come(meeting, way="room")
    guest = come(meeting, way="online")
    assert sorted(ChosenWay.objects.counted().values_list("way", flat=True)) == ["online", "room"]
    assert roster.notes_of(sheet.on_sheet(meeting).get(pk=guest.registration_id)) == ["guest", "online"]


def test_hours_are_of_that_meeting_and_a_seat_ends_it(network, meeting):
    guest = come(meeting)
    attendance.mark_all_present(meeting=meeting, by=a_staff_member(), at=meeting.ends_at)
    (row,) = readiness_of(network, at=meeting.ends_at)
    assert (row.person, row.minutes_counted) == (guest.registration.person, 180)
    later = network.meetings.exclude(pk=meeting.pk).get()
    come(later)
    taken = a_registration(network, guest.registration.person)
    guests.has_a_seat_now(taken, at=meeting.ends_at)
    assert not MeetingGuest.objects.standing().filter(meeting=later).exists()
    withdrawing.leave_network(taken, by=SWEEP, at=meeting.ends_at)
    assert not Registration.objects.expected_at(later).exists()


# Pages

TYPED = {
    "first_name": "Science coach",
    "last_name": "Bourne",
    "address": "Coach@Example.org",
    "organization": "Bourne schools",
    "organization_choice": "-",
}


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def urls(network, meeting):
    return [reverse(name, args=[network.slug, meeting.uid]) for name in ("come_as_guest", "guest_code")]


@pytest.mark.usefixtures("now")
def test_by_a_code_from_the_page_of_the_network(network, meeting, client):
    form, code_page = urls(network, meeting)
    assert form in client.get(reverse("network", args=[network.slug])).content.decode()
    assert client.get(code_page).url == form
    bad = client.post(form, {**TYPED, "address": "nonsense"}).content.decode()
    assert "Science coach" in bad and not Mail.objects.exists()
    assert client.post(form, TYPED).url == code_page
    code = re.search(r"\b\d{6}\b", Mail.objects.get().text).group()
    wrong = "000000" if code != "000000" else "111111"
    assert "not the code we sent" in client.post(code_page, {"code": wrong}).content.decode()
    assert not MeetingGuest.objects.exists()
    for _twice in range(2):
        page = client.post(code_page, {"code": code}, follow=True).content.decode()
        assert "You&#x27;re coming" in page or "You're coming" in page
    assert MeetingGuest.objects.get().registration.person.primary_address == ADDRESS
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("now")
def test_signed_in_at_once_and_the_page_says_when_it_is_full(network, meeting, client):
    form, _code = urls(network, meeting)
    mine = Client()
    mine.force_login(a_user().person.user)
    page = mine.post(form, TYPED, follow=True).content.decode()
    assert "coming as a guest, to this meeting only" in page
    come(meeting)
    assert "All 2 places for guests at this meeting are taken" in client.get(form).content.decode()
    closed = a_network()
    (none, _code) = urls(closed, closed.meetings.get())
    assert "take guests" in client.get(none).content.decode()
    assert none not in client.get(reverse("network", args=[closed.slug])).content.decode()
    assert a_person().registrations.count() == 0
