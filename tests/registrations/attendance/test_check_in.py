"""Checking in on one's own phone: what is pressed, what it counts, and everything that can be in the way."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Meeting
from partners.people.domain.kept_forms import account_of
from registrations.attendance.domain import (
    attendance,
    checking_in,
    completing,
    counting_check_ins,
    room_codes,
    roster,
)
from registrations.attendance.domain.checking_in import Press
from registrations.attendance.domain.passes import Pass
from registrations.attendance.exceptions import AttendanceRefused, NewCodeWanted, NotOnTheList
from registrations.models import Attendance, DoorRequest, Evidence, Seen, Source
from tests.factories import (
    SWEEP,
    a_meeting,
    a_network,
    a_person,
    a_position,
    a_registration,
    a_staff_member,
    a_user,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 10, 14, 12, 52, tzinfo=UTC)  # 8:52 a.m.; the meeting is from 9:00 to 12 noon
HERE = reverse("check_in_here")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


@pytest.fixture
def person(meeting):
    person = a_user().person
    a_registration(meeting.network, person)
    return person


def at(hour, minute=0):
    return datetime(2020, 10, 14, hour + 4, minute, tzinfo=UTC)


def passed(meeting, moment=NOW):
    return Pass(meeting.uid, moment)


def press(meeting, person, moment=NOW, act=checking_in.check_in, code=None, **more):
    pressed = Press(moment, more.pop("now", moment), more.pop("key", None))
    mark = act(admitted=passed(meeting, code or moment), person=person, pressed=pressed)
    counting_check_ins.count_check_ins(at=pressed.now)
    return mark


def leave(meeting, person, moment):
    return press(meeting, person, moment, act=checking_in.leave_early)


def minutes(meeting, person):
    return Attendance.objects.get(meeting=meeting, registration__person=person).minutes_counted


def a_phone(meeting, person=None, moment=NOW):
    """A browser that has scanned the code of the room, signed in as ``person``."""
    phone = Client()
    if person:
        phone.force_login(person.user)
    code = room_codes.codes_ahead(meeting, at=moment)[0].code
    phone.get(reverse("check_in"), {"code": code})
    return phone


def page(phone, **query):
    return " ".join(phone.get(HERE, query).content.decode().split())


def token(phone, **query):
    return page(phone, **query).partition('name="token" value="')[2].partition('"')[0]


def sent(phone, person, act="here", *, ago=0, signed=None, key=None, account=None):
    """Send what waited on a phone whose clock is years off; return the answer."""
    made = 1_000_000_000
    one = {"key": str(key or uuid.uuid4()), "row": None, "pressed": made - int(ago * 60_000)}
    fields = {"act": act, "token": signed or token(phone)}
    body = {"account": account or account_of(person), "now": made, "acts": [{**one, "fields": fields}]}
    return phone.post(HERE, json.dumps(body), content_type="application/json")


def done(answer):
    assert answer.status_code == 200
    return answer.json()["answers"][0]["done"]


def test_whoever_presses_before_it_begins_is_here_from_then_and_counts_from_the_start(meeting, person):
    mark = press(meeting, person)
    assert (mark.source, mark.arrived_at, mark.left_at) == (Source.SELF, NOW, meeting.ends_at)
    assert minutes(meeting, person) == 180


def test_pressed_twice_it_is_one_mark(meeting, person):
    assert press(meeting, person) == press(meeting, person, NOW + MINUTE)
    assert Evidence.objects.count() == 1


def test_leaving_early_counts_by_the_rule_and_coming_back_takes_out_what_is_between(meeting, person):
    press(meeting, person)
    leave(meeting, person, at(10, 45))
    assert minutes(meeting, person) == 105
    mark = press(meeting, person, at(11, 15))
    assert mark.away == [[at(10, 45).isoformat(), at(11, 15).isoformat()]]
    assert minutes(meeting, person) == 150
    assert Evidence.objects.standing().count() == 1


def test_whoever_left_needs_a_code_of_now_to_be_back(meeting, person):
    press(meeting, person)
    leave(meeting, person, at(10))
    with pytest.raises(NewCodeWanted):
        press(meeting, person, at(11), code=at(9, 30))
    assert minutes(meeting, person) == 0  # less than half of the meeting


def test_leaving_before_the_start_is_not_having_been_there(meeting, person):
    press(meeting, person)
    assert leave(meeting, person, NOW + MINUTE) is None
    assert not Attendance.objects.exists()


def test_leaving_at_the_end_changes_nothing(meeting, person):
    mark = press(meeting, person)
    assert leave(meeting, person, at(12, 5)) == mark


def test_a_mistake_is_undone_for_five_minutes(meeting, person):
    press(meeting, person)
    assert checking_in.undo(admitted=passed(meeting), person=person, at=NOW + 5 * MINUTE) is None
    counting_check_ins.count_check_ins(at=NOW)
    assert not Attendance.objects.exists()
    press(meeting, person)
    with pytest.raises(AttendanceRefused, match="more than five minutes"):
        checking_in.undo(admitted=passed(meeting), person=person, at=NOW + 6 * MINUTE)


def test_undoing_that_one_left_stands_one_in_the_room_again(meeting, person):
    press(meeting, person)
    leave(meeting, person, at(10, 45))
    checking_in.undo(admitted=passed(meeting), person=person, at=at(10, 47))
    counting_check_ins.count_check_ins(at=at(10, 47))
    assert minutes(meeting, person) == 180


@pytest.mark.parametrize(
    ("moment", "said"), [(at(12, 10), "This meeting ended at 12 noon ET"), (at(12, 31), "Scan the code")]
)
def test_nobody_arrives_after_the_end(meeting, person, moment, said):
    with pytest.raises(AttendanceRefused, match=said):
        press(meeting, person, moment)


def test_what_arrives_on_another_day_does_not_count(meeting, person):
    with pytest.raises(AttendanceRefused, match="another day"):
        press(meeting, person, NOW, now=NOW + timedelta(days=1))


def test_whoever_has_no_seat_is_not_on_the_list(meeting, person):
    with pytest.raises(NotOnTheList):
        press(meeting, a_person())


def test_once_attendance_is_complete_nobody_checks_in(meeting, person):
    completing.complete_attendance(meeting, by="staff", at=at(9))
    with pytest.raises(AttendanceRefused, match="Attendance for this meeting is complete"):
        press(meeting, person, at(9, 1))


def test_saying_that_it_is_complete_counts_first_what_was_just_pressed(meeting, person):
    checking_in.check_in(admitted=passed(meeting), person=person, pressed=Press(at(9), at(9)))
    completing.complete_attendance(meeting, by="staff", at=at(9))
    assert minutes(meeting, person) == 180


def test_a_mark_by_hand_decides_and_is_not_left_early_on_the_phone(meeting, person):
    press(meeting, person)
    registration = person.registrations.get()
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen=Seen.PRESENT, arrived=at(10), by=SWEEP, at=at(10)
    )
    assert minutes(meeting, person) == 120
    with pytest.raises(AttendanceRefused, match="The desk has marked you"):
        leave(meeting, person, at(11))


def test_a_press_is_written_in_eight_statements_with_those_of_the_transaction(meeting, person):
    phone = a_phone(meeting, person)
    signed = token(phone)
    with CaptureQueriesContext(connection) as told:
        assert done(sent(phone, person, signed=signed))
    assert len(told) <= 8, [one["sql"][:90] for one in told]


def test_the_row_says_so_and_the_counter_counts_it_before_a_worker_did(meeting, person):
    checking_in.check_in(admitted=passed(meeting), person=person, pressed=Press(NOW, NOW))
    assert roster.progress(meeting).here == 1
    words = "checked in on their own phone at 8:52 a.m."
    assert row(meeting).words == words
    counting_check_ins.count_check_ins(at=NOW)
    assert (row(meeting).words, roster.progress(meeting).here) == (words, 1)
    assert not Evidence.objects.filter(uncounted=True).exists()


def row(meeting):
    viewer = a_staff_member()
    people = roster.with_marks(roster.on_desk(meeting, viewer=viewer), meeting)
    return roster.row_of(people.get(), meeting, viewer=viewer)


def test_the_code_goes_through_signing_in(meeting, person):
    phone = a_phone(meeting)
    assert "Sign in and check in" in page(phone)
    sign_in = {"login": person.primary_address, "password": "network-demo", "next": HERE}
    person.user.set_password("network-demo")
    person.user.save()
    answer = phone.post(reverse("account_login"), sign_in)
    assert answer["Location"] == HERE
    assert "I am here" in page(phone)


def test_after_the_scan_one_sees_who_one_is(meeting, person):
    registration = person.registrations.get()
    registration.position = a_position(person, organization=None, organization_words="Wareham Public Schools")
    registration.save()
    shown = page(a_phone(meeting, person))
    assert "Today, 9:00 a.m. to 12 noon ET" in shown
    assert str(person) in shown
    assert "Wareham Public Schools" in shown


def test_somebody_else_signs_in_on_the_phone_with_the_same_code(meeting, person):
    phone = a_phone(meeting, a_user().person)
    answer = phone.post(reverse("check_in_switch"))
    assert answer["Location"].endswith(f"?next={HERE.replace('/', '%2F')}")
    phone.force_login(person.user)
    assert "I am here" in page(phone)


def test_without_a_script_the_buttons_send_forms(meeting, person, clock):
    phone = a_phone(meeting, person)
    assert phone.post(HERE, {"act": "here", "token": token(phone)}).status_code == 302
    counting_check_ins.count_check_ins(at=NOW)
    assert "8:52 a.m." in page(phone)
    clock.move_to(at(10, 45))
    shown = page(phone, leave=1)
    assert "1.75 of 3 hours" in shown
    assert "you get all 3 hours." in shown
    phone.post(HERE, {"act": "leave", "token": token(phone, leave=1)})
    assert "saved that you left" in page(phone)


@pytest.mark.parametrize("signed", ["", "x", "W10:1abc:xyz"])
def test_a_made_up_token_is_refused_in_words(meeting, person, signed):
    answer = a_phone(meeting, person).post(HERE, {"act": "here", "token": signed})
    assert (answer.status_code, "Scan the code on the wall again" in answer.content.decode()) == (422, True)
    assert not Evidence.objects.exists()


def test_a_token_is_of_one_person(meeting, person):
    other = a_user().person
    a_registration(meeting.network, other)
    stolen = token(a_phone(meeting, person))
    assert not done(sent(a_phone(meeting, other), other, signed=stolen))


def test_what_waited_on_a_phone_counts_from_when_it_was_pressed_by_the_server_s_clock(meeting, person, clock):
    phone = a_phone(meeting, person)
    signed, key = token(phone), uuid.uuid4()
    clock.move_to(at(11, 52))
    answers = [done(sent(phone, person, ago=180, signed=signed, key=key)) for _ in range(2)]
    assert answers == [True, True]
    assert Evidence.objects.get().arrived_at == NOW
    assert Evidence.objects.get().device_key == key


def test_a_key_that_comes_again_after_leaving_brings_nobody_back(meeting, person, clock):
    phone = a_phone(meeting, person)
    signed, key = token(phone), uuid.uuid4()
    sent(phone, person, signed=signed, key=key)
    clock.move_to(at(10, 45))
    sent(phone, person, "leave", signed=signed)
    assert done(sent(phone, person, ago=113, signed=signed, key=key))
    assert Evidence.objects.standing().get().left_at == at(10, 45)


def test_the_key_of_somebody_else_s_press_is_refused_in_words(meeting, person):
    other, key = a_registration(meeting.network, a_user().person).person, uuid.uuid4()
    assert done(sent(a_phone(meeting, other), other, key=key))
    assert not done(sent(a_phone(meeting, person), person, key=key))
    assert Evidence.objects.get().registration.person == other


def test_a_phone_at_a_meeting_that_was_cancelled_offers_nothing_to_press(meeting, person):
    phones = [a_phone(meeting, person), a_phone(meeting, a_user().person), a_phone(meeting)]
    Meeting.objects.filter(pk=meeting.pk).update(status=Meeting.Status.CANCELLED)
    for phone in phones:
        shown = page(phone)
        assert "This meeting was cancelled, so nobody checks in." in shown
        assert "Ask to be let in" not in shown and 'value="here"' not in shown


@pytest.mark.parametrize("act", ["", "undo", "else"])
def test_what_no_button_says_checks_nobody_in(meeting, person, act):
    phone = a_phone(meeting, person)
    assert not done(sent(phone, person, act))
    assert phone.post(HERE, {"act": "else", "token": token(phone)}).status_code == 422
    assert not Evidence.objects.exists()


def test_the_phone_s_clock_takes_nobody_back_before_they_had_the_code(meeting, person, clock):
    clock.move_to(at(9, 40))
    phone = a_phone(meeting, person, at(9, 40))
    assert done(sent(phone, person, ago=60))
    assert Evidence.objects.get().arrived_at == at(9, 40)


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("another", 409)])
def test_what_waited_is_sent_by_whoever_pressed_it_only(meeting, person, who, status):
    signed = token(a_phone(meeting, person))
    phone = a_phone(meeting, a_user().person if who == "another" else None)
    assert sent(phone, person, signed=signed).status_code == status


@pytest.mark.parametrize("body", ["[]", "{", '{"account": 1}', '{"account": "x", "acts": [{}]}'])
def test_a_broken_queue_is_refused(meeting, person, body):
    phone = a_phone(meeting, person)
    assert phone.post(HERE, body, content_type="application/json").status_code in (400, 409)


def test_one_phone_checks_in_one_person_and_the_desk_sees_the_other(meeting, person, client):
    other = a_user().person
    a_registration(meeting.network, other)
    phone = a_phone(meeting, person)
    sent(phone, person)
    phone.force_login(other.user)
    phone.get(reverse("check_in"), {"code": room_codes.codes_ahead(meeting, at=NOW)[0].code})
    answer = sent(phone, other)
    assert "already checked in somebody else" in answer.json()["answers"][0]["question"]
    asked = DoorRequest.objects.get()
    assert (asked.why, asked.address) == ("same_phone", other.primary_address)
    client.force_login(a_staff_member().user)
    desk = client.get(reverse("staff_door", args=[meeting.uid])).content.decode()
    assert "the phone has checked in somebody else" in desk
    client.post(reverse("staff_door_answer", args=[meeting.uid, asked.uid]))
    assert Attendance.objects.filter(registration__person=other, source=Source.WALK_IN).exists()


def test_a_mistake_that_was_undone_frees_the_phone(meeting, person):
    other = a_user().person
    a_registration(meeting.network, other)
    phone = a_phone(meeting, person)
    phone.post(HERE, {"act": "here", "token": token(phone)})
    phone.post(HERE, {"act": "undo", "token": token(phone)})
    phone.post(reverse("check_in_switch"))
    phone.force_login(other.user)
    assert done(sent(phone, other))


def test_the_code_of_the_next_room_says_where_one_belongs(meeting, person):
    next_door = a_meeting(a_network(meetings=0), title="Next door")
    shown = page(a_phone(next_door, person))
    assert "This is the code of another room." in shown
    assert meeting.title in shown


def test_the_desk_was_faster(meeting, person):
    attendance.mark_attendance(
        registration=person.registrations.get(), meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=NOW
    )
    assert "The desk has marked you as here" in page(a_phone(meeting, person))


def test_without_a_code_there_is_nothing_to_see(person, client):
    client.force_login(person.user)
    assert client.get(HERE)["Location"] == reverse("check_in")


def test_the_page_of_the_meeting_leads_to_the_code_while_it_is_taken(meeting, person, client, clock):
    client.force_login(person.user)
    page = reverse("meeting", args=[meeting.uid])
    assert f'href="{reverse("check_in")}"' in client.get(page).content.decode()
    clock.move_to(at(7, 59))
    assert f'href="{reverse("check_in")}"' not in client.get(page).content.decode()
