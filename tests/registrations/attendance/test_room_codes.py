"""The code for the room: which meeting it leads to, for how long, and what is said of any other."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting
from meetings.planning.domain import planning
from registrations.attendance.domain import completing, room_codes
from registrations.attendance.exceptions import RoomCodeExpired, RoomCodeOfTwo, RoomCodeRefused
from tests.factories import a_group, a_meeting, a_network, a_registration, a_staff_member, a_user

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 10, 14, 12, 52, tzinfo=UTC)  # 8:52 a.m. where the meeting is, which begins at 9:00
HALF = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


def shown(meeting, at=NOW):
    return room_codes.codes_ahead(meeting, at=at)[0].code


def refusal(code, at=NOW):
    with pytest.raises(RoomCodeRefused) as refused:
        room_codes.meeting_of(code, at=at)
    return refused.value


def scan(code, **extra):
    client = Client()
    return client, client.get(reverse("check_in"), {"code": code}, **extra)


def test_a_code_changes_every_half_minute_and_has_no_look_alikes(meeting):
    codes = [one.code for one in room_codes.codes_ahead(meeting, at=NOW)]
    assert len(set(codes)) == len(codes) == 21
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}", one) for one in codes)


@pytest.mark.parametrize(("later", "is_good"), [(0, True), (89, True), (90, False)])
def test_the_one_before_still_works_for_a_minute_and_then_has_expired(meeting, later, is_good):
    code, at = shown(meeting), NOW + timedelta(seconds=later)
    if is_good:
        assert room_codes.meeting_of(code, at=at) == meeting
    else:
        assert isinstance(refusal(code, at), RoomCodeExpired)


def test_a_code_of_the_future_is_none(meeting):
    code = shown(meeting, NOW + 2 * HALF)
    assert refusal(code).title == "No room shows this code"


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}-{1} ", "{0}{1}."])
def test_how_it_is_typed_does_not_matter(meeting, typed):
    code = shown(meeting)
    assert room_codes.meeting_of(typed.format(code[:3].lower(), code[3:]), at=NOW) == meeting


@pytest.mark.parametrize(("minutes", "opens"), [(-61, False), (-60, True), (209, True), (210, False)])
def test_codes_are_shown_and_taken_in_their_window_only(meeting, minutes, opens):
    at = meeting.starts_at + timedelta(minutes=minutes)
    assert bool(room_codes.codes_ahead(meeting, at=at)) == opens
    assert room_codes.is_open(meeting, at=at) == opens


def test_a_code_of_yesterday_says_so(meeting):
    code = shown(meeting)
    a_meeting(meeting.network, on=date(2020, 10, 15))
    said = refusal(code, NOW + timedelta(days=1))
    assert (said.title, str(said)) == (
        "This code has expired",
        "It's from a meeting that is over. Scan the code on the wall, or type that one.",
    )


def test_a_code_leads_to_its_own_room_among_many(meeting):
    others = [a_meeting(a_network(meetings=0)) for _ in range(5)]
    assert [room_codes.meeting_of(shown(one), at=NOW) for one in others] == others


def test_two_rooms_with_one_code_at_the_same_moment_lead_to_neither(meeting, monkeypatch):
    a_meeting(a_network(meetings=0))
    monkeypatch.setattr(room_codes, "code_of", lambda secret, step: "7K4M2")
    assert isinstance(refusal("7K4M2"), RoomCodeOfTwo)


def test_new_codes_make_every_shown_one_void(meeting):
    code = shown(meeting)
    room_codes.renew(meeting, at=NOW)
    room_codes.renew(meeting, at=NOW)
    meeting.refresh_from_db()
    assert refusal(code).title == "No room shows this code"
    assert room_codes.meeting_of(shown(meeting), at=NOW).room_code.number == 2


def test_a_cancelled_meeting_and_one_of_a_team_have_no_code(meeting):
    code = shown(meeting)
    meeting.status = "cancelled"
    meeting.save()
    assert refusal(code)
    team = a_meeting(None, working_group=a_group(None))
    assert team not in room_codes.meetings_between(NOW, NOW)


def test_a_scan_keeps_the_meeting_in_the_session_and_names_no_other(meeting):
    other = a_meeting(a_network(meetings=0), title="The meeting next door")
    client, answer = scan(shown(meeting))
    assert answer["Location"] == reverse("check_in_here")
    page = client.get(answer["Location"]).content.decode()
    assert meeting.title in page
    assert other.title not in page


def test_wrong_codes_are_limited_and_sixty_right_ones_from_one_school_are_not(meeting, settings):
    settings.ROOM_CODE_MISSES_PER_CLIENT = 5
    assert {scan(shown(meeting))[1].status_code for _ in range(60)} == {302}
    assert [scan("ZZZZZ")[1].status_code for _ in range(6)] == [404] * 5 + [429]
    assert scan(shown(meeting))[1].status_code == 429
    assert scan(shown(meeting), REMOTE_ADDR="10.0.0.9")[1].status_code == 302


def test_a_wrong_code_comes_back_with_what_to_do(meeting):
    page = scan(shown(meeting, NOW - 4 * HALF))[1].content.decode()
    assert "This code has expired" in page
    assert "Scan it again, or type the new one." in page


@pytest.fixture
def staff(client):
    client.force_login(a_staff_member().user)
    return client


def test_the_screen_shows_code_qr_and_who_is_here(meeting, staff):
    a_registration(meeting.network)
    page = staff.get(reverse("staff_room_code", args=[meeting.uid])).content.decode()
    code = shown(meeting)
    assert f"{code[:3]} {code[3:]}" in page
    assert "<svg" in page
    assert "0 of 1" in page
    assert f"{settings.SITE_URL.partition('://')[2]}/in" in page


def test_the_screen_asks_for_the_codes_that_it_has_not(meeting, staff):
    url = reverse("staff_room_code_next", args=[meeting.uid])
    first = staff.get(url).json()
    last = first["codes"][-1]["begins"] // 30_000
    assert (first["state"], first["words"], len(first["codes"])) == ("open", "0 of 0", 21)
    known = {"after": last, "series": first["series"]}
    assert staff.get(url, known).json()["codes"] == []
    with time_machine.travel(NOW + HALF, tick=False):
        assert len(staff.get(url, known).json()["codes"]) == 1
    room_codes.renew(meeting, at=NOW)
    assert len(staff.get(url, known).json()["codes"]) == 21


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "\x00"])
def test_nonsense_asked_of_the_screen_is_as_nothing(meeting, staff, after):
    url = reverse("staff_room_code_next", args=[meeting.uid])
    assert staff.get(url, {"after": after}).status_code == 200


def test_the_screen_says_why_there_is_no_code(meeting, staff):
    url = reverse("staff_room_code_next", args=[meeting.uid])
    for minutes, state in ((-90, "early"), (30, "open"), (240, "over")):
        with time_machine.travel(meeting.starts_at + timedelta(minutes=minutes), tick=False):
            answer = staff.get(url).json()
        assert (answer["state"], bool(answer["codes"])) == (state, state == "open")
    completing.complete_attendance(meeting, by="staff", at=meeting.starts_at)
    assert staff.get(url).json()["state"] == "complete"


def test_a_screen_that_stands_open_hears_that_the_meeting_was_moved_or_cancelled(meeting, staff):
    url = reverse("staff_room_code_next", args=[meeting.uid])
    before = staff.get(url).json()
    later = {"on": meeting.on, "start_time": time(11), "end_time": time(14)}
    planning.set_time(meeting, **later, zone=meeting.zone)
    meeting.room = "Gym"
    meeting.save()
    moved = staff.get(url).json()
    assert moved["starts"] - before["starts"] == moved["ends"] - before["ends"] == 2 * 3_600_000
    assert "11:00 a.m. to 2:00 p.m. ET, Gym" in moved["when"] and "10:00 a.m." in moved["opens"]
    Meeting.objects.filter(pk=meeting.pk).update(status=Meeting.Status.CANCELLED)
    assert (staff.get(url).json()["state"], staff.get(url).json()["codes"]) == ("cancelled", [])


def test_the_lead_of_a_group_shows_the_code_of_its_meeting(client, meeting):
    lead = a_user().person
    group = a_group(meeting.network, lead=lead)
    own = a_meeting(meeting.network, working_group=group)
    client.force_login(lead.user)
    assert client.get(reverse("staff_room_code", args=[own.uid])).status_code == 200
    assert client.get(reverse("staff_room_code", args=[meeting.uid])).status_code == 404


def test_staff_start_new_codes(meeting, staff):
    before = shown(meeting)
    staff.post(reverse("staff_room_code_renew", args=[meeting.uid]))
    meeting.refresh_from_db()
    assert shown(meeting) != before
