"""The attendance desk: with and without JavaScript, for staff and the group's lead."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Appointment
from registrations.models import Attendance, AttendanceCompletion, Evidence, Registration, Source
from stemnet.models import Mail
from tests.factories import (
    NOW,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db
NOW_AND_LATER = datetime(2020, 10, 14, 12, 54, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2020, 10, 14, 12, 52, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def network():
    return a_network(meetings=0)


@pytest.fixture
def meeting(network):
    return a_meeting(network, venue="Marlborough")


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


def desk(meeting):
    return reverse("staff_meeting", args=[meeting.uid])


def mark_url(meeting, registration):
    return reverse("staff_mark", args=[meeting.uid, registration.uid])


def test_the_desk_says_how_far_it_has_come(client, staff, meeting, network):
    first, second, _third = (a_registration(network) for _ in range(3))
    client.post(mark_url(meeting, first), {"seen": "present"})
    client.post(mark_url(meeting, second), {"seen": "absent"})
    with time_machine.travel(meeting.starts_at):
        page = client.get(desk(meeting)).content.decode()
    assert ("1 of 3 here" in page, "1 absent, 1 not marked" in page) == (True, True)
    assert "Mark the other 1 present" in page


def buttons(client, meeting, at):
    with time_machine.travel(at):
        page = client.get(desk(meeting)).content.decode()
    words = ("desk-marks", "Walk-in", "Mark the other", "Attendance is complete", "Sign-in sheet")
    return [one for one in words if one in page]


def test_what_the_desk_offers_before_the_day_on_it_and_from_the_start_on(client, staff, meeting, network):
    a_registration(network)
    sheet = "Sign-in sheet"
    assert buttons(client, meeting, meeting.starts_at - timedelta(days=1)) == [sheet]
    assert buttons(client, meeting, meeting.starts_at - timedelta(hours=1)) == [
        "desk-marks",
        "Walk-in",
        sheet,
    ]
    every = ["desk-marks", "Walk-in", "Mark the other", "Attendance is complete", sheet]
    assert buttons(client, meeting, meeting.starts_at) == every


@pytest.mark.parametrize(
    ("show", "names"),
    [("unmarked", ["Nora"]), ("present", ["Here"]), ("absent", ["Away"]), ("x", ["Away", "Here", "Nora"])],
)
def test_the_desk_shows_who_is_not_marked_here_or_absent(client, staff, meeting, network, show, names):
    here, away, _unmarked = (a_registration(network, a_person(last_name=n)) for n in ("Here", "Away", "Nora"))
    client.post(mark_url(meeting, here), {"seen": "present"})
    client.post(mark_url(meeting, away), {"seen": "absent"})
    page = client.get(desk(meeting), {"show": show}).content.decode()
    found = re.findall(r'data-name="[^"]* (\w+)"', page)
    assert (sorted(found) if names != 3 else len(found)) == names


def test_a_tick_without_javascript_goes_back_to_the_row(client, staff, meeting, network):
    registration = a_registration(network)
    response = client.post(mark_url(meeting, registration), {"seen": "present", "q": "dist"})
    assert response.url == f"{desk(meeting)}?q=dist#row-{registration.uid}"
    evidence = Evidence.objects.get()
    assert (evidence.source, evidence.by) == (Source.STAFF, staff)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("10:45", 105), ("10:45 a.m.", 105), ("10:45am", 105), ("1045", 105), ("noon", 180), ("13:30", 180)],
)
def test_times_are_taken_as_typed(client, staff, meeting, network, typed, minutes):
    registration = a_registration(network)
    client.post(mark_url(meeting, registration), {"seen": "present", "arrived": "8:52 a.m.", "left": typed})
    assert Attendance.objects.get().minutes_counted == minutes


def test_an_evening_meeting_reads_times_as_evening(client, staff, network):
    from datetime import time

    meeting = a_meeting(network, start_time=time(18), end_time=time(21))
    registration = a_registration(network)
    client.post(mark_url(meeting, registration), {"seen": "present", "arrived": "6:30"})
    assert Attendance.objects.get().minutes_counted == 150


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"left": "quarter past"}, "Type a time like"),
        ({"left": "25:00"}, "Type a time like"),
        ({"left": "8:30 a.m."}, "outside the meeting"),
        ({"arrived": "11:00", "left": "10:00"}, "be before the time arrived"),
    ],
)
def test_times_that_cannot_be_are_said_at_the_row_and_kept(client, staff, meeting, network, typed, words):
    registration = a_registration(network)
    response = client.post(mark_url(meeting, registration), {"seen": "present", **typed})
    page = response.content.decode()
    assert (response.status_code, words in page) == (422, True)
    assert f'value="{next(iter(typed.values()))}"' in page
    assert not Evidence.objects.exists()


def test_a_correction_asks_for_its_reason_at_the_field(client, staff, meeting, network):
    registration = a_registration(network)
    client.post(mark_url(meeting, registration), {"seen": "present"})
    with time_machine.travel(NOW_AND_LATER):
        response = client.post(mark_url(meeting, registration), {"seen": "absent"})
        assert (response.status_code, "To change it, give a reason" in response.content.decode()) == (
            422,
            True,
        )
        client.post(mark_url(meeting, registration), {"seen": "absent", "reason": "other person"})
        assert Attendance.objects.get().status == "absent"
        page = client.get(desk(meeting), {"open": registration.uid}).content.decode()
    assert ("How we know" in page, "other person" in page) == (True, True)


def test_a_mark_can_be_taken_back(client, staff, meeting, network):
    registration = a_registration(network)
    client.post(mark_url(meeting, registration), {"seen": "present"})
    with time_machine.travel(NOW_AND_LATER):
        client.post(mark_url(meeting, registration), {"seen": "clear"})
        assert Attendance.objects.exists()
        client.post(mark_url(meeting, registration), {"seen": "clear", "reason": "wrong row"})
    assert not Attendance.objects.exists()


def test_a_tap_again_within_two_minutes_undoes_the_tick_without_a_reason(client, staff, meeting, network):
    registration = a_registration(network)
    client.post(mark_url(meeting, registration), {"seen": "present"})
    assert 'value="undo"' in client.get(desk(meeting)).content.decode()
    client.post(mark_url(meeting, registration), {"seen": "undo"})
    assert not Attendance.objects.exists()
    assert Evidence.objects.get().taken_back_reason == "undone"


def test_undo_asks_for_a_reason_once_two_minutes_are_over(client, staff, meeting, network):
    registration = a_registration(network)
    client.post(mark_url(meeting, registration), {"seen": "present"})
    with time_machine.travel(NOW_AND_LATER):
        assert 'value="undo"' not in client.get(desk(meeting)).content.decode()
        assert client.post(mark_url(meeting, registration), {"seen": "undo"}).status_code == 422
    assert Attendance.objects.exists()


def test_search_finds_names_and_others_of_the_network_at_a_group(client, staff, network):
    meeting = a_meeting(network, working_group=a_group(network))
    other = a_registration(network, a_person(first_name="Renée", last_name="Nuñez"))
    assert "Nuñez" not in client.get(desk(meeting)).content.decode()
    assert "Nuñez" in client.get(desk(meeting), {"q": "nuñ"}).content.decode()
    client.post(mark_url(meeting, other), {"seen": "present"})
    assert "Nuñez" in client.get(desk(meeting)).content.decode()


def test_everyone_present_and_undone(client, staff, meeting, network):
    for _ in range(3):
        a_registration(network)
    client.post(reverse("staff_mark_everyone", args=[meeting.uid]))
    assert "3 of 3 here" in client.get(desk(meeting)).content.decode()
    batch = Evidence.objects.first().batch
    client.post(reverse("staff_undo_everyone", args=[meeting.uid, batch]))
    assert "0 of 3 here" in client.get(desk(meeting)).content.decode()


def test_attendance_is_complete_and_taken_again(client, staff, meeting, network):
    with time_machine.travel(meeting.ends_at):
        client.post(reverse("staff_complete", args=[meeting.uid]))
        assert AttendanceCompletion.objects.get().by == staff
        client.post(reverse("staff_reopen", args=[meeting.uid]), {"reason": ""})
        assert AttendanceCompletion.objects.exists()
        client.post(reverse("staff_reopen", args=[meeting.uid]), {"reason": "a sheet was found"})
    assert not AttendanceCompletion.objects.exists()


def test_who_is_not_marked_and_who_said_no_and_who_is_a_designee(client, staff, meeting, network):
    said_no = a_registration(network)
    said_no.planned_absences.create(meeting=meeting, said_at=NOW)
    a_registration(network, leader_name="the science director")
    page = client.get(desk(meeting)).content.decode()
    assert ("said they can&#x27;t come" in page, "designee of the science director" in page) == (True, True)


def test_staff_do_not_mark_themselves(client, staff, meeting, network):
    me = a_registration(network, staff)
    assert "somebody else has to mark you" in client.get(desk(meeting)).content.decode()
    assert client.post(mark_url(meeting, me), {"seen": "present"}).status_code == 422
    assert not Evidence.objects.exists()


def test_the_lead_marks_the_own_group_only(client, network, meeting):
    lead = a_user().person
    group = a_group(network, lead=lead)
    own, other = a_meeting(network, working_group=group), a_meeting(network, working_group=a_group(network))
    member, stranger, myself = a_registration(network), a_registration(network), a_registration(network, lead)
    for one in (member, myself):
        one.group_memberships.create(working_group=group, joined_at=NOW)
    client.force_login(lead.user)
    assert [client.get(desk(one)).status_code for one in (own, other, meeting)] == [200, 404, 404]
    assert client.post(mark_url(own, member), {"seen": "present"}).status_code == 302
    assert Evidence.objects.get().source == Source.LEAD
    assert client.post(mark_url(own, stranger), {"seen": "present"}).status_code == 404
    assert client.post(mark_url(own, myself), {"seen": "present"}).status_code == 422


def test_staff_of_another_network_find_nothing(client, meeting):
    person = a_user().person
    Appointment.objects.create(network=a_network(), person=person)
    client.force_login(person.user)
    assert client.get(desk(meeting)).status_code == 404


def test_a_mark_for_somebody_of_another_network_finds_nothing(client, staff, meeting):
    stranger = a_registration(a_network())
    assert client.post(mark_url(meeting, stranger), {"seen": "present"}).status_code == 404


def test_no_get_marks_anybody(client, staff, meeting, network):
    registration = a_registration(network)
    client.get(mark_url(meeting, registration), {"seen": "present"})
    assert not Evidence.objects.exists()
    for name in ("staff_mark_everyone", "staff_complete", "staff_reopen"):
        assert client.get(reverse(name, args=[meeting.uid])).status_code == 405


def desk_queries(client, meeting, network, people, django_assert_max_num_queries):
    for _ in range(people):
        registration = a_registration(network, leader_name="a leader")
        client.post(mark_url(meeting, registration), {"seen": "present"})
    with django_assert_max_num_queries(30) as captured:
        client.get(desk(meeting))
    return len(captured)


def test_the_desk_asks_as_much_for_thirty_as_for_one(
    client, staff, meeting, network, django_assert_max_num_queries
):
    one = desk_queries(client, meeting, network, 1, django_assert_max_num_queries)
    assert desk_queries(client, meeting, network, 29, django_assert_max_num_queries) == one


def walk_in(client, meeting, **typed):
    answers = {
        "first_name": "Ana",
        "last_name": "São",
        "address": "ana@example.org",
        "workplace": "Somewhere",
    }
    url = reverse("staff_walk_in", args=[meeting.uid])
    return client.post(url, {**answers, "workplace_choice": "-", **typed})


def test_a_walk_in_is_registered_seated_marked_and_mailed(client, staff, meeting, network):
    assert walk_in(client, meeting).url == desk(meeting)
    registration = Registration.objects.get()
    assert (registration.origin, registration.status) == ("walk_in", "seated")
    assert registration.person.emails.get().verified_at is None
    assert registration.position.organization_words == "Somewhere"
    assert Evidence.objects.get().source == Source.WALK_IN
    assert Mail.objects.get(key=f"walked_in:{registration.uid}").address == "ana@example.org"


def test_a_walk_in_sent_twice_is_one(client, staff, meeting):
    walk_in(client, meeting)
    walk_in(client, meeting)
    assert (Registration.objects.count(), Evidence.objects.count(), Mail.objects.count()) == (1, 1, 1)


def test_a_walk_in_whom_we_know_keeps_the_name(client, staff, meeting, network):
    person = a_person(address="ana@example.org", first_name="ANA", last_name="Sao")
    walk_in(client, meeting, address="ANA@example.org", workplace=an_organization(name="Wareham").name)
    person.refresh_from_db()
    assert (person.first_name, Registration.objects.get().person) == ("ANA", person)


@pytest.fixture
def nora():
    return a_person(address="ana@example.org", first_name="Nora", last_name="Lead")


def test_a_walk_in_with_the_address_of_another_name_is_asked_about(client, staff, meeting, nora):
    response = walk_in(client, meeting, arrived="9:20")
    page = response.content.decode()
    assert response.status_code == 422
    assert "This is the e-mail address of Nora Lead. Is that who came?" in page
    assert ("It&#x27;s Nora Lead" in page, 'value="9:20"' in page, "São" in page) == (True, True, True)
    assert (Registration.objects.count(), Evidence.objects.count(), Mail.objects.count()) == (0, 0, 0)


def test_a_walk_in_who_is_who_has_the_address_is_marked(client, staff, meeting, nora):
    walk_in(client, meeting, meant=str(nora.uid))
    registration = Registration.objects.get()
    assert (registration.person, str(registration.person)) == (nora, "Nora Lead")


def test_a_walk_in_who_is_somebody_else_gets_an_address_of_their_own(client, staff, meeting, nora):
    again = walk_in(client, meeting, meant="other").content.decode()
    assert "This is the e-mail address of Nora Lead." in again
    walk_in(client, meeting, meant="other", address="ana.sao@example.org")
    assert str(Registration.objects.get().person) == "Ana São"


def test_an_answer_about_one_person_is_none_about_another(client, staff, meeting, nora):
    a_person(address="zoe@example.org", first_name="Zoe", last_name="Coach")
    page = walk_in(client, meeting, address="zoe@example.org", meant=str(nora.uid)).content.decode()
    assert "This is the e-mail address of Zoe Coach." in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "certificate"),
    [
        ("Ana", "Sao", ""),
        ("ANA", "SÃO", ""),
        ("São", "Ana", ""),
        ("Ana Maria", "Pacheco", "Ana São"),
    ],
)
def test_a_walk_in_of_the_same_name_is_not_asked_about(client, staff, meeting, first, last, certificate):
    person = a_person(
        address="ana@example.org", first_name=first, last_name=last, certificate_name=certificate
    )
    walk_in(client, meeting)
    assert Registration.objects.get().person == person


def test_a_walk_in_over_the_seats_wants_a_reason(client, staff, meeting, network):
    network.seats = 0
    network.save()
    response = walk_in(client, meeting)
    assert (response.status_code, "Every seat is taken" in response.content.decode()) == (422, True)
    assert not Registration.objects.exists()
    walk_in(client, meeting, reason="drove an hour")
    assert Registration.objects.get().over_seats_reason == "drove an hour"


def test_a_walk_in_who_waited_gets_the_seat(client, staff, meeting, network):
    network.seats = 0
    network.save()
    person = a_person(address="ana@example.org", first_name="Ana", last_name="São")
    waiting = a_registration(network, person, at=NOW)
    walk_in(client, meeting, reason="came all the way")
    waiting.refresh_from_db()
    assert (waiting.status, Registration.objects.count()) == ("seated", 1)


def test_a_walk_in_of_bad_input_keeps_what_was_typed(client, staff, meeting):
    response = walk_in(client, meeting, address="ana.example.org", first_name="A" * 300)
    page = response.content.decode()
    assert (response.status_code, "ana.example.org" in page, "São" in page) == (422, True, True)


def test_the_sheet_lists_who_is_expected(client, staff, meeting, network):
    registration = a_registration(network)
    page = client.get(reverse("staff_sheet", args=[meeting.uid])).content.decode()
    assert (registration.person.sorted_name in page, "Signature" in page) == (True, True)


def test_the_sheet_is_printed_in_two_acts_from_the_staff_desk(client, staff, meeting, network):
    a_registration(network)
    sheet = reverse("staff_sheet", args=[meeting.uid])
    assert f'href="{sheet}"' in client.get(reverse("staff")).content.decode()
    page = client.get(sheet).content.decode()
    assert ("data-print" in page, reverse("staff_sheet_pdf", args=[meeting.uid]) in page) == (True, True)


NAMES = [
    ("Ana", "Ávila"),
    ("Maria", "de la Cruz"),
    ("Łukasz", "Dvořák"),
    ("Piet", "van Dyke"),
    ("Ann", "Zimmer"),
]


@pytest.fixture
def people(network):
    for first, last in reversed(NAMES):
        a_registration(network, a_person(first_name=first, last_name=last))


def names_in(response):
    """Return the last names of people on a page, in their order; a name may stand there more than once."""
    page = response.content.decode()
    found = [(page.index(last), last) for _first, last in NAMES if last in page]
    return [last for _place, last in sorted(found)]


def test_desk_and_sheet_sort_by_one_key_without_case_and_accents(client, staff, meeting, people):
    ordered = [last for _first, last in NAMES]
    assert names_in(client.get(desk(meeting))) == ordered
    assert names_in(client.get(reverse("staff_sheet", args=[meeting.uid]))) == ordered


@pytest.mark.parametrize(
    ("words", "name"), [("avila", "Ávila"), ("lukasz", "Dvořák"), ("Maria de Cruz", "de la Cruz")]
)
def test_desk_finds_names_without_accents_in_any_order(client, staff, meeting, people, words, name):
    assert names_in(client.get(desk(meeting), {"q": words})) == [name]
