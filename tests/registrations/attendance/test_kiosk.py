"""The kiosk: opened for one meeting, handed over, and what it sends is kept once and counted by its time."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.merging.domain import merging
from registrations.attendance.domain import attendance, kiosks
from registrations.attendance.domain.counting_check_ins import count_check_ins
from registrations.attendance.exceptions import AttendanceRefused, KioskOver, MeetingCancelled
from registrations.credit.domain.keeping import remove_old_marks
from registrations.models import Attendance, DoorScan, Evidence, Kiosk, Source
from registrations.seats.domain.withdrawing import leave_network
from tests.factories import (
    a_coordinator,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
)

pytestmark = pytest.mark.django_db
OPENED = datetime(2020, 10, 14, 12, 30, tzinfo=UTC)
SENT = datetime(2020, 10, 14, 13, 30, tzinfo=UTC)
MINUTE = 60_000


@pytest.fixture
def network():
    return a_network(meetings=0)


@pytest.fixture
def meeting(network):
    return a_meeting(network)


@pytest.fixture
def token(meeting):
    return opened(meeting)


@pytest.fixture
def registration(network):
    return a_registration(network, a_person(first_name="Ana", last_name="Reis"))


def opened(meeting, at=OPENED, by=None):
    return kiosks.open_kiosk(meeting=meeting, uid=uuid.uuid4(), by=by or a_staff_member(), at=at)


def scan(registration, way="in", *, ago=0, **more):
    code = {"code": f"http://localhost:8000/door/{registration.door_code}/"} if registration else {}
    return {"key": str(uuid.uuid4()), "way": way, "waited": int(ago * MINUTE), **code, **more}


def send(token, *scans, at=SENT, **more):
    with time_machine.travel(at, tick=False):
        return Client().post(
            reverse("kiosk_scans", args=[token]),
            json.dumps({"scans": list(scans), **more}),
            content_type="application/json",
        )


def refusals(response):
    assert response.status_code == 200
    return [one["refusal"] for one in response.json()["answers"]]


def counted():
    """Let what counts follow, as the clock does within a minute; return it."""
    count_check_ins(at=SENT + timedelta(minutes=1))
    return Attendance.objects.get()


def mark():
    one = Evidence.objects.standing().get()
    return one.source, one.arrived_at, one.left_at


def test_a_scan_counts_from_the_moment_when_it_was_scanned(token, meeting, registration):
    sent = scan(registration, ago=38)
    answer = send(token, sent).json()["answers"][0]
    assert (answer["key"], answer["done"], answer["name"]) == (sent["key"], True, "Ana Reis")
    assert mark() == (Source.KIOSK, SENT - timedelta(minutes=38), meeting.ends_at)
    assert counted().how_known == "checked in at the door"


def test_a_name_that_was_pressed_counts_the_same(token, registration):
    assert refusals(send(token, scan(None, row=str(registration.uid)))) == [""]
    assert (Evidence.objects.get().arrived_at, DoorScan.objects.get().by_hand) == (SENT, True)


def test_what_comes_again_is_kept_once_and_answered_as_before(token, registration):
    sent = scan(registration)
    first = send(token, sent).json()["answers"]
    assert send(token, sent, sent, at=SENT + timedelta(hours=1)).json()["answers"] == first * 2
    assert (DoorScan.objects.count(), Evidence.objects.count()) == (1, 1)


def test_who_leaves_and_comes_back_has_times_in_between(token, meeting, registration):
    send(token, scan(registration, ago=38))
    at = SENT + timedelta(hours=1)
    send(token, scan(registration, "out", ago=20), scan(registration, "in", ago=5), at=at)
    one = Evidence.objects.standing().get()
    away = [[(at - timedelta(minutes=ago)).isoformat() for ago in (20, 5)]]
    assert (one.arrived_at, one.left_at, one.away) == (SENT - timedelta(minutes=38), meeting.ends_at, away)
    assert Attendance.objects.get().minutes_attended == 165


def test_two_kiosks_tell_the_same_in_either_order(meeting, registration):
    one, other = opened(meeting), opened(meeting)
    send(one, scan(registration, "out", ago=5))
    assert mark()[1:] == (meeting.starts_at, SENT - timedelta(minutes=5))
    send(other, scan(registration, ago=38))
    assert mark()[1:] == (SENT - timedelta(minutes=38), SENT - timedelta(minutes=5))
    assert Evidence.objects.count() == 2


def test_who_left_before_the_meeting_began_and_stayed_away_was_not_there(token, registration):
    send(token, scan(registration, ago=50))
    send(token, scan(registration, "out", ago=40))
    assert (Evidence.objects.standing().count(), Attendance.objects.count()) == (0, 0)
    assert Evidence.objects.get().taken_back_reason == "left before the meeting began"


def test_a_mark_by_hand_decides_over_the_kiosk(token, meeting, registration):
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen="absent", by=a_staff_member(), at=SENT
    )
    assert refusals(send(token, scan(registration))) == [""]
    assert (Evidence.objects.standing().count(), Attendance.objects.get().status) == (2, "absent")


def test_whoever_opened_the_kiosk_may_scan_their_own_code(meeting, network):
    staff = a_staff_member()
    token = opened(meeting, by=staff)
    assert refusals(send(token, scan(a_registration(network, staff)))) == [""]


def test_what_does_not_count_is_kept_with_its_reason(token, network, registration):
    elsewhere = a_registration(a_network(meetings=0))
    gone = a_registration(network)
    leave_network(gone, by=gone.person, at=OPENED)
    unknown = {**scan(None), "code": "7KQM4HZD92XWTP3C"}
    no_code = {**scan(None), "code": "WIFI:S:Guest;;"}
    sent = [scan(elsewhere), scan(gone), unknown, no_code, scan(registration)]
    response = send(token, *sent)
    assert refusals(response) == ["other", "no_seat", "unknown", "unknown", ""]
    assert str(elsewhere.person) not in response.content.decode()
    assert Evidence.objects.count() == 1


def test_who_left_and_came_back_is_known_by_the_old_code(token, network, registration):
    leave_network(registration, by=registration.person, at=OPENED)
    again = a_registration(network, registration.person)
    assert refusals(send(token, scan(registration))) == [""]
    assert Evidence.objects.get().registration == again


def test_nobody_arrives_before_the_day_or_after_the_end(token, meeting, registration):
    early = opened(meeting, at=SENT - timedelta(days=2))
    assert refusals(send(early, scan(registration), at=SENT - timedelta(days=1))) == ["early"]
    late = meeting.ends_at + timedelta(minutes=5)
    assert refusals(send(token, scan(registration), scan(registration, "out"), at=late)) == ["late", ""]


def test_scans_of_before_it_was_closed_count_and_those_after_do_not(token, registration, network):
    kiosks.close_kiosk(Kiosk.objects.get(), by=a_staff_member(), at=SENT)
    at = SENT + timedelta(hours=2)
    response = send(token, scan(registration, ago=121), scan(a_registration(network), ago=60), at=at)
    assert (refusals(response), response.json()["open"]) == (["", "closed"], False)


def test_a_queue_is_taken_for_two_weeks_after_the_meeting(token, meeting, registration):
    on_the_day = 10 * 24 * 60
    at = SENT + timedelta(days=10)
    assert refusals(send(token, scan(registration, ago=on_the_day), at=at)) == [""]
    assert mark()[1] == SENT
    response = send(token, scan(registration), at=meeting.ends_at + timedelta(days=14))
    assert (response.status_code, "ended" in response.json()["sentence"]) == (410, True)


def test_nothing_was_scanned_before_the_kiosk_was_opened(token, registration):
    send(token, scan(registration, ago=600))
    assert mark()[1] == OPENED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"scans": 1}',
        b'{"scans": [{"key": "x", "way": "in", "waited": 0}]}',
        b'{"scans": [{"key": "7b0fe9e2-8ea5-4bb6-a5d6-6d7f0b3fb0a1", "way": "up", "waited": 0}]}',
        b'{"scans": [{"key": "7b0fe9e2-8ea5-4bb6-a5d6-6d7f0b3fb0a1", "way": "in", "waited": "1"}]}',
        b'{"scans": [{"key": "7b0fe9e2-8ea5-4bb6-a5d6-6d7f0b3fb0a1", "way": "in", "waited": 0, "code": 5}]}',
        json.dumps({"scans": [{}] * 301}).encode(),
    ],
)
def test_what_no_kiosk_sends_is_refused(token, body):
    url = reverse("kiosk_scans", args=[token])
    with time_machine.travel(SENT, tick=False):
        assert Client().post(url, body, content_type="application/json").status_code == 400


def test_the_list_has_names_and_organizations_and_no_address(token, meeting, registration):
    send(token, scan(registration, ago=38))
    response = send(token, list=True)
    (person,) = response.json()["people"]
    assert (person["name"], person["state"]) == ("Ana Reis", "here")
    assert set(person) == {"uid", "name", "organization", "find", "code", "state", "since"}
    assert registration.door_code not in response.content.decode()
    assert "@" not in response.content.decode()


def test_a_kiosk_knows_when_its_meeting_is(token, meeting):
    told = send(token).json()
    midnight = datetime(2020, 10, 14, 4, tzinfo=UTC)
    at = [datetime.fromtimestamp(told[name] / 1000, UTC) for name in ("now", "opens", "ends", "until")]
    assert at == [SENT, midnight, meeting.ends_at, meeting.ends_at + timedelta(hours=4)]


def test_a_closed_kiosk_tells_nobody_who_belongs_at_the_meeting(token, registration):
    kiosks.close_kiosk(Kiosk.objects.get(), by=a_staff_member(), at=SENT)
    assert "people" not in send(token, list=True).json()


def test_many_scans_take_the_statements_of_one(token, network):
    people = [a_registration(network) for _ in range(30)]

    def statements(*scans):
        with CaptureQueriesContext(connection) as told:
            assert set(refusals(send(token, *scans, list=True))) == {""}
        return len(told)

    statements(scan(people[0], ago=30))
    one = statements(scan(people[1], ago=30))
    many = statements(
        *[scan(person, way, ago=ago) for person in people[2:] for ago, way in ((20, "in"), (9, "out"))]
    )
    assert (many, DoorScan.objects.count()) == (one, 58)
    again = [scan(person, way, ago=ago) for person in people for ago, way in ((6, "in"), (2, "out"))]
    assert statements(*again) <= 2 * one  # marks that are replaced, whose figures follow at once
    count_check_ins(at=SENT)
    assert Attendance.objects.filter(status="present").count() == 30


def test_a_scan_takes_nine_statements(token, network, django_assert_num_queries):
    first, second = a_registration(network), a_registration(network)
    send(token, scan(first))
    with django_assert_num_queries(9 + 2):  # with the beginning and the end of its transaction
        send(token, scan(second))


def test_no_kiosk_is_opened_for_what_is_over_or_cancelled(meeting):
    with pytest.raises(AttendanceRefused):
        opened(meeting, at=meeting.ends_at + timedelta(hours=4))
    meeting.status = "cancelled"
    meeting.save()
    with pytest.raises(MeetingCancelled):
        opened(meeting)


def test_a_token_opens_its_kiosk_and_is_kept_nowhere(token, meeting):
    kiosk = kiosks.find_kiosk(token, at=SENT)
    assert (kiosk.meeting, kiosk.token_hash == token) == (meeting, False)
    with pytest.raises(KioskOver):
        kiosks.find_kiosk(kiosk.token_hash, at=SENT)


def test_scans_go_with_the_marks_that_stand_on_them(token, meeting, registration):
    send(token, scan(registration))
    remove_old_marks(at=meeting.ends_at + timedelta(days=366 * 20))
    assert (Evidence.objects.count(), DoorScan.objects.count(), Kiosk.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("is_counted", [False, True])
def test_the_desk_says_when_somebody_was_scanned(client, token, meeting, registration, is_counted):
    send(token, scan(registration, ago=38))
    if is_counted:
        counted()
    client.force_login(a_staff_member().user)
    desk = client.get(reverse("staff_meeting", args=[meeting.uid])).content.decode()
    assert "checked in at the door at 8:52 a.m." in desk and "1 of 1 here" in " ".join(desk.split())


def test_who_was_listed_twice_is_known_by_both_codes(token, network, registration):
    twice = a_registration(network, a_person(first_name="Ana", last_name="Reis"))
    people = {"kept": registration.person, "gone": twice.person}
    merging.merge_people(**people, take=set(), by=a_coordinator(), at=OPENED)
    assert refusals(send(token, scan(registration, ago=38), scan(twice, "out", ago=2))) == ["", ""]
    assert mark()[1:] == (SENT - timedelta(minutes=38), SENT - timedelta(minutes=2))
