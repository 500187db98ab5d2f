"""Typed wall times: several intervals a person, meetings past midnight, and meetings that move."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from meetings.planning.domain import breaks, moving, planning
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.exceptions import WallTimeRefused
from registrations.attendance.domain import attendance
from registrations.attendance.exceptions import AttendanceRefused
from registrations.credit.domain.readiness import readiness_of_person
from registrations.models import Attendance, Evidence
from registrations.seats.domain import seats
from registrations.seats.exceptions import RegistrationClosed
from tests.factories import NOW, SWEEP, a_meeting, a_network, a_registration, a_staff_member

pytestmark = pytest.mark.django_db
AFTER = datetime(2020, 10, 14, 21, tzinfo=UTC)


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


@pytest.fixture
def registration(meeting):
    return a_registration(meeting.network)


def wall(meeting, hour, minute=0):
    return planning.instant(meeting.on, time(hour, minute), meeting.zone)


def mark(registration, meeting, **how):
    return attendance.mark_attendance(
        registration=registration, meeting=meeting, **{"seen": "present", **how}, by=SWEEP, at=AFTER
    )


def standing():
    """The wall times of the one standing mark, in the zone of its meeting."""
    found = Evidence.objects.standing().select_related("meeting").get()
    zone = planning.zone_named(found.meeting.zone)
    return [moment.astimezone(zone).time() for moment in (found.arrived_at, found.left_at)]


def change(meeting, **times):
    moving.change_meetings([meeting], moving.rescheduled(**times), by=SWEEP, at=AFTER, reason="corrected")


def minutes():
    return Attendance.objects.get().minutes_attended


def test_a_typed_time_stays_the_wall_time_when_the_zone_is_corrected(meeting, registration):
    mark(registration, meeting, arrived=wall(meeting, 9, 30))
    change(meeting, zone="America/Chicago")
    assert (standing(), minutes()) == ([time(9, 30), time(12)], 150)


@pytest.mark.parametrize(
    ("follow", "arrived", "counted"), [(False, time(9, 30), 180), (True, time(11, 30), 150)]
)
def test_typed_times_move_by_the_same_hours_only_where_that_was_said(
    meeting, registration, follow, arrived, counted
):
    mark(registration, meeting, arrived=wall(meeting, 9, 30))
    change(meeting, start_time=time(11), end_time=time(14), typed_follow=follow)
    assert (standing(), minutes()) == ([arrived, time(14)], counted)


def test_a_time_before_the_start_and_the_end_go_on_meaning_start_and_end(meeting, registration):
    mark(registration, meeting, left=wall(meeting, 10))
    change(meeting, start_time=time(10, 30), end_time=time(13))
    assert (standing(), minutes()) == ([time(9), time(10)], 0)


def test_the_form_asks_whether_typed_times_move_along(client, meeting, registration):
    mark(registration, meeting, arrived=wall(meeting, 9, 30))
    client.force_login(a_staff_member().user)
    address = reverse("staff_change_meetings", args=[meeting.network.slug])
    typed = {"meetings": meeting.uid, "what": "rescheduled", "start_time": "11:00", "end_time": "14:00"}
    typed |= {"reason": "corrected"}
    answer = client.post(address, {**typed, "confirm": "yes"})
    assert answer.status_code == 422
    assert "Should they move, too?" in answer.content.decode()
    page = client.post(address, {**typed, "typed_times": "move"})
    assert 'name="typed_times" value="move"' in page.content.decode()
    client.post(address, {**typed, "typed_times": "move", "confirm": "yes"})
    assert standing() == [time(11, 30), time(14)]


def test_whoever_left_from_ten_to_eleven_was_there_for_two_hours(meeting, registration):
    mark(registration, meeting, away=[(wall(meeting, 10), wall(meeting, 11))])
    assert minutes() == 120


@pytest.mark.parametrize(("out", "back"), [((11, 0), (10, 0)), ((8, 0), (10, 0)), ((11, 0), (12, 0))])
def test_being_away_lies_between_arriving_and_leaving(meeting, registration, out, back):
    with pytest.raises(AttendanceRefused):
        mark(registration, meeting, away=[(wall(meeting, *out), wall(meeting, *back))])


def test_the_desk_takes_several_intervals_and_shows_them_again(client, meeting, registration):
    client.force_login(a_staff_member().user)
    address = reverse("staff_mark", args=[meeting.uid, registration.uid])
    client.post(address, {"seen": "present", "away": "9:30-10:00, 11:00 to 11:15"})
    assert minutes() == 135
    page = client.get(reverse("staff_meeting", args=[meeting.uid]), {"open": registration.uid})
    text = page.content.decode()
    shown = re.findall(r'name="(?:arrived|left)(?:_\d)?"\s+value="([^"]*)"', text)
    assert shown[2:] == ["9:00 a.m.", "9:30 a.m.", "10:00 a.m.", "11:00 a.m.", "11:15 a.m.", "12:00 p.m."]
    assert "away 9:30 a.m. to 10:00 a.m., 11:00 a.m. to 11:15 a.m." in text


@pytest.mark.parametrize("typed", ["13:00-14:00", "soon", "10:00"])
def test_what_is_no_time_away_is_said_at_its_field_and_kept(client, meeting, registration, typed):
    client.force_login(a_staff_member().user)
    address = reverse("staff_mark", args=[meeting.uid, registration.uid])
    answer = client.post(address, {"seen": "present", "away": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("end", "length"), [(time(0), 180), (time(1, 30), 270)])
def test_a_meeting_may_end_at_midnight_or_later(end, length):
    meeting = a_meeting(a_network(meetings=0), start_time=time(21), end_time=end)
    assert meeting.minutes == length


@pytest.mark.parametrize(("start", "end"), [(9, 9), (9, 8), (13, 3), (10, 0)])
def test_an_end_that_can_only_be_a_slip_is_refused(start, end):
    with pytest.raises(WallTimeRefused, match="can't end before it starts"):
        a_meeting(a_network(meetings=0), start_time=time(start), end_time=time(end))


def test_a_break_and_a_typed_time_after_midnight_are_on_the_next_day(client):
    network = a_network(meetings=0, credit_code="CEU")
    meeting = a_meeting(network, start_time=time(21), end_time=time(1, 30))
    breaks.write(meeting, [BreakPlan(time(0, 15), 15)])
    registration = a_registration(network)
    client.force_login(a_staff_member().user)
    address = reverse("staff_mark", args=[meeting.uid, registration.uid])
    client.post(address, {"seen": "present", "left": "1:00 a.m."})
    assert minutes() == 225


def test_the_page_of_changes_takes_24_00(client, meeting):
    client.force_login(a_staff_member().user)
    address = reverse("staff_change_meetings", args=[meeting.network.slug])
    typed = {"meetings": meeting.uid, "what": "rescheduled", "start_time": "20:00", "end_time": "24:00"}
    client.post(address, {**typed, "reason": "corrected", "confirm": "yes"})
    meeting.refresh_from_db()
    assert meeting.minutes == 240


def test_whoever_is_marked_at_the_door_counts_from_the_start_on(meeting, registration):
    early = meeting.starts_at - timedelta(minutes=8)
    attendance.mark_attendance(registration=registration, meeting=meeting, seen="present", by=SWEEP, at=early)
    network, person = meeting.network, registration.person
    found = [readiness_of_person(network, person, at=at) for at in (early, meeting.starts_at)]
    assert [one.minutes_counted for one in found] == [0, 180]


def test_registration_stays_closed_when_the_first_meeting_is_cancelled_after_it_began(meeting):
    network = meeting.network
    a_meeting(network, on=date(2020, 12, 8), title="Second meeting")
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=AFTER, reason="fire alarm")
    network.refresh_from_db()
    with pytest.raises(RegistrationClosed):
        seats.check_open(network, at=AFTER)


def test_registration_stays_open_when_the_first_meeting_is_cancelled_before(meeting):
    network = meeting.network
    a_meeting(network, on=date(2020, 12, 8), title="Second meeting")
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    network.refresh_from_db()
    seats.check_open(network, at=AFTER)


def desk_of(client, meeting, registration):
    client.force_login(a_staff_member().user)
    return reverse("staff_mark", args=[meeting.uid, registration.uid])


SEVERAL = {"arrived": "9", "left": "9:30", "arrived_2": "10", "left_2": "10.45a", "arrived_3": "1115"}


def test_any_number_of_comings_and_goings_is_typed(client, meeting, registration):
    client.post(desk_of(client, meeting, registration), {"seen": "present", **SEVERAL})
    assert (minutes(), standing()) == (30 + 45 + 45, [time(9), time(12)])
    assert len(Evidence.objects.get().away) == 2


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"left": ""}, "left", "Type when they left."),
        ({"arrived_2": ""}, "arrived_2", "Type when they came back."),
        ({"arrived_2": "9:15"}, "arrived_2", "This is before they left."),
        ({"left_2": "9:50"}, "left_2", "The time left can&#x27;t be before"),
        ({"left_2": "soon"}, "left_2", "Type a time like"),
    ],
)
def test_a_wrong_time_is_said_at_its_field_and_all_that_was_typed_stays(
    client, meeting, registration, fields, place, words
):
    sent = {**SEVERAL, **fields}
    answer = client.post(desk_of(client, meeting, registration), {"seen": "present", **sent})
    text = answer.content.decode()
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)
    assert words in text.partition(f'id="{registration.uid}-{place}-error"')[2][:200]
    assert all(f'value="{value}"' in text for value in sent.values() if value)


def test_pairs_are_added_and_removed_without_javascript(client, meeting, registration):
    address = desk_of(client, meeting, registration)
    more = client.post(address, {**SEVERAL, "more": "1"}).content.decode()
    assert ('name="arrived_4"' in more, 'value="10.45a"' in more) == (True, True)
    less = client.post(address, {**SEVERAL, "without": "2"}).content.decode()
    assert ('name="arrived_3"' in less, 'value="10.45a"' in less, 'value="1115"' in less) == (
        False,
        False,
        True,
    )
    assert Evidence.objects.count() == 0


def test_the_times_that_stand_are_offered_as_pairs(client, meeting, registration):
    address = desk_of(client, meeting, registration)
    client.post(address, {"seen": "present", **SEVERAL})
    page = client.get(reverse("staff_meeting", args=[meeting.uid]), {"open": registration.uid})
    text = page.content.decode()
    assert ('data-arrived_2="10:00 a.m."' in text, 'data-left_3="12:00 p.m."' in text) == (True, True)
    assert 'name="left_3"' in text
