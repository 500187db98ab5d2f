"""Who waits at the door: asked on a phone, let in or not by one press at the desk; nothing counts before."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from registrations.attendance.domain import at_the_door, room_codes
from registrations.attendance.domain.passes import Pass
from registrations.attendance.exceptions import AttendanceRefused, NewCodeWanted
from registrations.models import Attendance, DoorRequest, Registration
from stemnet.models import Mail
from tests.factories import a_meeting, a_network, a_person, a_registration, a_staff_member, a_user

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 10, 14, 12, 52, tzinfo=UTC)
HERE, ASK = reverse("check_in_here"), reverse("check_in_ask")
TEACHER = {"first_name": "Science teacher", "last_name": "Acushnet", "address": "teacher@example.org"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


@pytest.fixture
def phone(meeting):
    return a_phone(meeting)


@pytest.fixture
def desk(meeting):
    client = Client()
    client.force_login(a_staff_member().user)
    return client


def a_phone(meeting):
    phone = Client()
    phone.get(reverse("check_in"), {"code": room_codes.codes_ahead(meeting, at=NOW)[0].code})
    return phone


def ask(meeting, **fields):
    return at_the_door.ask(admitted=Pass(meeting.uid, NOW), at=NOW, **{**TEACHER, **fields})


def answered(desk, meeting, asked, **fields):
    return desk.post(reverse("staff_door_answer", args=[meeting.uid, asked.uid]), fields)


def test_who_asks_waits_and_is_in_by_one_press(meeting, phone, desk, clock):
    phone.post(ASK, TEACHER)
    assert "The desk knows you" in phone.get(HERE).content.decode()
    assert not Registration.objects.exists()
    assert (
        "Science teacher Acushnet" in desk.get(reverse("staff_meeting", args=[meeting.uid])).content.decode()
    )
    clock.move_to(NOW + timedelta(minutes=20))
    answered(desk, meeting, DoorRequest.objects.get())
    counted = Attendance.objects.get()
    assert (counted.arrived_at, counted.source, counted.minutes_counted) == (NOW, "walk_in", 180)
    assert "You&#x27;re in" in phone.get(HERE).content.decode().replace("You're in", "You&#x27;re in")
    assert Mail.objects.filter(address="teacher@example.org").count() == 1


def test_who_is_not_let_in_hears_so_and_nothing_is_written(meeting, phone, desk):
    phone.post(ASK, TEACHER)
    answered(desk, meeting, DoorRequest.objects.get(), refuse=1)
    assert "let you in" in phone.get(HERE).content.decode()
    assert not Registration.objects.exists()


def test_whoever_is_signed_in_asks_as_who_they_are(meeting, desk):
    person, phone = a_user().person, a_phone(meeting)
    phone.force_login(person.user)
    phone.get(reverse("check_in"), {"code": room_codes.codes_ahead(meeting, at=NOW)[0].code})
    assert "not on the list of this meeting" in phone.get(HERE).content.decode()
    phone.post(ASK, {"first_name": "Mallory", "address": "other@example.org"})
    asked = DoorRequest.objects.get()
    assert (asked.address, asked.last_name) == (person.primary_address, person.last_name)
    answered(desk, meeting, asked)
    assert Attendance.objects.get().registration.person == person


def test_whoever_asked_and_then_signs_in_with_the_address_of_their_seat_checks_in(meeting, phone):
    phone.post(ASK, TEACHER)
    person = a_user().person
    a_registration(meeting.network, person)
    phone.force_login(person.user)
    assert "I am here" in phone.get(HERE).content.decode()


def test_who_asks_twice_waits_once(meeting):
    assert ask(meeting) == ask(meeting, address="Teacher@Example.org")


def test_a_name_that_is_another_s_address_is_asked_about_on_the_form(meeting, desk):
    a_person(address="teacher@example.org", first_name="Ana", last_name="Reis")
    answer = answered(desk, meeting, ask(meeting))
    assert f"door={DoorRequest.objects.get().uid}" in answer["Location"]
    form = desk.get(answer["Location"]).content.decode()
    assert "This is the e-mail address of Ana Reis" in form
    assert 'value="teacher@example.org"' in form
    assert DoorRequest.objects.get().state == "waiting"


def test_two_at_the_desk_let_somebody_in_once(meeting, desk):
    asked = ask(meeting)
    assert [answered(desk, meeting, asked).status_code for _ in range(2)] == [302, 302]
    assert (Registration.objects.count(), Attendance.objects.count()) == (1, 1)


def test_a_walk_in_that_the_desk_typed_waits_no_more(meeting, desk):
    ask(meeting)
    fields = {**TEACHER, "workplace": "A school", "workplace_choice": "-"}
    desk.post(reverse("staff_walk_in", args=[meeting.uid]), fields)
    assert DoorRequest.objects.get().state == "let_in"


def test_missing_names_are_said_at_their_fields_and_what_was_typed_stays(phone):
    answer = phone.post(ASK, {**TEACHER, "last_name": " ", "address": "no address"})
    assert answer.status_code == 422
    assert 'value="Science teacher"' in answer.content.decode()
    assert "<details open>" in answer.content.decode()
    assert not DoorRequest.objects.exists()


def test_nobody_asks_without_a_code_or_when_it_is_over(meeting):
    assert Client().post(ASK, TEACHER)["Location"] == reverse("check_in")
    with pytest.raises(NewCodeWanted):
        at_the_door.ask(
            admitted=Pass(meeting.uid, NOW), **TEACHER, at=meeting.ends_at + timedelta(minutes=31)
        )


def test_the_desk_is_not_buried_under_names(meeting, monkeypatch):
    monkeypatch.setattr(at_the_door, "MOST_WAITING", 2)
    ask(meeting)
    ask(meeting, address="two@example.org")
    with pytest.raises(AttendanceRefused, match="Too many people"):
        ask(meeting, address="three@example.org")


def test_who_asked_is_forgotten_after_two_weeks(meeting):
    ask(meeting)
    assert at_the_door.forget_requests(at=meeting.ends_at + timedelta(days=13)) == 0
    assert at_the_door.forget_requests(at=meeting.ends_at + timedelta(days=15)) == 1


def test_the_desk_asks_as_often_for_thirty_at_the_door_as_for_one(meeting, desk, django_assert_num_queries):
    url = reverse("staff_door", args=[meeting.uid])
    ask(meeting)
    desk.get(url)
    with django_assert_num_queries(7) as told:
        desk.get(url)
    for number in range(29):
        ask(meeting, address=f"t{number}@example.org")
    with django_assert_num_queries(len(told)):
        desk.get(url)
