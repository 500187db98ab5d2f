"""The queue of a device: each act once by its key, at the moment when it was pressed, or a question."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from partners.people.domain.kept_forms import account_of
from registrations.attendance.domain import attendance, completing
from registrations.attendance.domain.queued import LONGEST, pressed_at
from registrations.models import Attendance, DeskAct, Evidence, Registration, Seen
from tests.factories import a_meeting, a_network, a_person, a_registration, a_staff_member

pytestmark = pytest.mark.django_db
SENT = datetime(2020, 10, 14, 13, 30, tzinfo=UTC)
MINUTE = 60_000
MADE_AT = 1_000_000_000  # on the clock of a device that is years off


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(SENT, tick=False):
        yield


@pytest.fixture
def network():
    return a_network(meetings=0)


@pytest.fixture
def meeting(network):
    return a_meeting(network)


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


@pytest.fixture
def registration(network):
    return a_registration(network)


def act(registration, seen="present", *, ago=30, **more):
    fields = {"seen": seen, **more.pop("fields", {})}
    row = str(registration.uid) if registration else None
    return {"key": str(uuid.uuid4()), "row": row, "pressed": MADE_AT - ago * MINUTE, "fields": fields, **more}


def send(client, meeting, staff, *acts, **more):
    body = {"account": account_of(staff), "now": MADE_AT, "acts": list(acts), **more}
    url = reverse("staff_queue", args=[meeting.uid])
    return client.post(url, json.dumps(body), content_type="application/json")


def answers(response):
    assert response.status_code == 200
    return [one["done"] for one in response.json()["answers"]]


def question(response):
    return " ".join(response.json()["answers"][0]["question"].split())


def test_a_tick_counts_from_the_moment_when_it_was_pressed(client, staff, meeting, registration):
    sent = act(registration, ago=25)
    response = send(client, meeting, staff, sent)
    assert [one["key"] for one in response.json()["answers"]] == [sent["key"]]
    assert Evidence.objects.get().at == SENT - timedelta(minutes=25)
    assert "1 of 1 here" in response.json()["progress"]
    assert 'data-state="present"' in response.json()["rows"][str(registration.uid)]


@pytest.mark.parametrize(
    ("pressed", "sent", "waited"),
    [
        (0, 5 * MINUTE, timedelta(minutes=5)),
        (5 * MINUTE, 0, timedelta(0)),
        (0, 10**11, LONGEST),
        (-(10**15), 10**15, LONGEST),
    ],
)
def test_a_clock_that_is_wrong_makes_no_mark_of_the_future_or_of_long_ago(pressed, sent, waited):
    assert pressed_at(pressed=pressed, sent=sent, at=SENT) == SENT - waited


def test_an_act_that_comes_twice_is_done_once(client, staff, meeting, registration):
    tick, undo = act(registration), act(registration, "undo", ago=29)
    assert answers(send(client, meeting, staff, tick)) == [True]
    assert answers(send(client, meeting, staff, tick, undo)) == [True, True]
    assert answers(send(client, meeting, staff, tick, undo)) == [True, True]
    assert (Evidence.objects.count(), Attendance.objects.count(), DeskAct.objects.count()) == (1, 0, 2)


def test_acts_are_done_in_their_order(client, staff, meeting, registration):
    left = act(registration, ago=28, fields={"left": "10:45"})
    assert answers(send(client, meeting, staff, act(registration, "absent"), left)) == [True, True]
    assert Attendance.objects.get().minutes_counted == 105


def test_of_two_devices_the_second_is_told_and_chooses(client, staff, meeting, registration):
    other = a_staff_member()
    common = {"registration": registration, "meeting": meeting, "by": other}
    attendance.mark_attendance(seen=Seen.ABSENT, at=SENT - timedelta(minutes=5), **common)
    sent = act(registration)
    response = send(client, meeting, staff, sent)
    assert answers(response) == [False]
    asked = question(response)
    assert f"{other} marked this person at 9:25 a.m.: <strong>absent</strong>" in asked
    assert "You pressed at 9:00 a.m.: <strong>here</strong>" in asked
    assert (Attendance.objects.get().status, DeskAct.objects.count()) == ("absent", 0)
    sent["fields"]["reason"] = "came late"
    assert answers(send(client, meeting, staff, sent)) == [True]
    assert (Attendance.objects.get().status, Evidence.objects.count()) == ("present", 2)


def test_two_devices_that_say_the_same_are_told_nothing(client, staff, meeting, registration):
    common = {"registration": registration, "meeting": meeting, "by": a_staff_member()}
    attendance.mark_attendance(seen=Seen.PRESENT, at=SENT, **common)
    assert answers(send(client, meeting, staff, act(registration))) == [True]
    assert Evidence.objects.count() == 1


def test_what_comes_after_attendance_is_complete_is_asked_about(client, staff, meeting, registration):
    completing.complete_attendance(meeting, by=a_staff_member(), at=SENT - timedelta(minutes=1))
    sent = act(registration)
    response = send(client, meeting, staff, sent)
    assert answers(response) == [False]
    assert "marked attendance complete at 9:29 a.m., before this was sent." in question(response)
    assert not Evidence.objects.exists()
    assert answers(send(client, meeting, staff, {**sent, "knows_complete": True})) == [True]
    assert Evidence.objects.get().at == SENT - timedelta(minutes=30)


def test_one_act_that_is_asked_about_keeps_no_other_back(client, staff, meeting, network):
    people = [a_registration(network) for _ in range(3)]
    sent = [act(people[0]), act(people[1], fields={"left": "quarter past"}), act(people[2])]
    response = send(client, meeting, staff, *sent)
    assert answers(response) == [True, False, True]
    asked = response.json()["answers"][1]["question"]
    assert ("Type a time like" in asked, 'value="quarter past"' in asked) == (True, True)


def test_nobody_marks_themselves_or_a_stranger_by_a_queue(client, staff, meeting, network):
    me, stranger = a_registration(network, staff), a_registration(a_network())
    response = send(client, meeting, staff, act(me), act(stranger))
    assert answers(response) == [False, False]
    assert "can&#x27;t mark yourself" in question(response)
    assert "no longer on this meeting" in response.json()["answers"][1]["question"]
    assert not Evidence.objects.exists()


def test_what_was_pressed_before_the_day_of_the_meeting_is_not_done(client, staff, meeting, registration):
    response = send(client, meeting, staff, act(registration, ago=24 * 60))
    assert (answers(response), Evidence.objects.count()) == ([False], 0)
    assert "You can take attendance from that day on" in question(response)


def a_walk_in(**typed):
    fields = {
        "first_name": "Ana",
        "last_name": "São",
        "address": "ana@example.org",
        "workplace": "Somewhere",
        "workplace_choice": "-",
    }
    one = act(None)
    return {**one, "fields": {**fields, **typed}}


def test_a_walk_in_waits_and_is_taken_in_once(client, staff, meeting):
    sent = a_walk_in()
    assert answers(send(client, meeting, staff, sent)) == [True]
    assert answers(send(client, meeting, staff, sent)) == [True]
    assert (Registration.objects.count(), Evidence.objects.get().at) == (1, SENT - timedelta(minutes=30))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"address": "ana.example.org"}, "ana.example.org"),
        ({"address": "nora@example.org"}, "This is the e-mail address of Nora Lead"),
    ],
)
def test_a_walk_in_whose_form_lacks_something_is_asked(client, staff, meeting, typed, words):
    a_person(address="nora@example.org", first_name="Nora", last_name="Lead")
    response = send(client, meeting, staff, a_walk_in(**typed))
    assert (answers(response), words in question(response)) == ([False], True)
    assert not Registration.objects.exists()


def test_a_walk_in_after_attendance_is_complete_is_asked_about(client, staff, meeting):
    completing.complete_attendance(meeting, by=a_staff_member(), at=SENT - timedelta(minutes=1))
    response = send(client, meeting, staff, a_walk_in())
    assert (answers(response), "Ana São walked in" in question(response)) == ([False], True)


def test_a_queue_is_never_sent_on_to_sign_in(staff, meeting, registration):
    response = send(Client(), meeting, staff, act(registration))
    assert (response.status_code, response["Content-Type"]) == (401, "application/json")
    assert not Evidence.objects.exists()


def test_another_account_sends_nothing(client, staff, meeting, registration):
    other = a_staff_member()
    response = send(client, meeting, other, act(registration))
    assert (response.status_code, response.json()) == (409, {"name": str(staff)})
    assert not Evidence.objects.exists()


def test_a_queue_without_a_token_is_refused_in_json(staff, meeting, registration):
    strict = Client(enforce_csrf_checks=True, headers={"accept": "application/json"})
    strict.force_login(staff.user)
    response = send(strict, meeting, staff, act(registration))
    assert (response.status_code, response["Content-Type"]) == (403, "application/json")


def test_staff_who_lack_a_second_factor_are_told_in_json(client, staff, meeting, registration, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    client.defaults["HTTP_ACCEPT"] = "application/json"
    response = send(client, meeting, staff, act(registration))
    assert (response.status_code, response["Content-Type"]) == (403, "application/json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"account": "a"}',
        b'{"account": "a", "now": 1.5, "acts": []}',
        b'{"account": "a", "now": 1, "acts": [{"key": "x", "fields": {}}]}',
        b'{"account": "a", "now": 1, "acts": [{"fields": {"seen": 1}}]}',
    ],
)
def test_what_is_no_queue_is_refused(client, staff, meeting, body):
    url = reverse("staff_queue", args=[meeting.uid])
    assert client.post(url, body, content_type="application/json").status_code == 400


def test_rows_are_looked_at_without_doing_anything(client, staff, meeting, registration):
    response = send(client, meeting, staff, look=[str(registration.uid)])
    assert list(response.json()["rows"]) == [str(registration.uid)]
    assert not Evidence.objects.exists()


def queries(client, meeting, staff, people, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as captured:
        send(client, meeting, staff, look=[str(one.uid) for one in people])
    return len(captured)


def test_thirty_rows_ask_as_much_as_one(client, staff, meeting, network, django_assert_max_num_queries):
    people = [a_registration(network) for _ in range(30)]
    send(client, meeting, staff)  # which notes that the session was seen
    one = queries(client, meeting, staff, people[:1], django_assert_max_num_queries)
    assert queries(client, meeting, staff, people, django_assert_max_num_queries) == one


def test_undoing_a_correction_lets_the_first_mark_stand_again(client, staff, meeting, registration):
    send(client, meeting, staff, act(registration, fields={"left": "10:45"}))
    late = act(registration, "absent", ago=10, fields={"reason": "other row"})
    assert answers(send(client, meeting, staff, late, act(registration, "undo", ago=9))) == [True, True]
    assert Attendance.objects.get().minutes_counted == 105
    assert [one.replaced_at is None for one in Evidence.objects.all()] == [True, False]
