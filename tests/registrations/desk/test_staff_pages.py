"""The staff desk, the page of a network, its people, and the acts on one person."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Appointment
from partners.models import MouRole
from registrations.attendance.domain import attendance, completing
from registrations.evaluation.domain import evaluating
from registrations.models import EvaluationCompletion, Seen
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_group,
    a_meeting,
    a_mou,
    a_network,
    a_part,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2020, 10, 15, 12, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def act(client, registration, name, reason="because"):
    url = reverse("staff_person_act", args=[registration.network.slug, registration.uid, name])
    return client.post(url, {"reason": reason})


def test_the_staff_desk_lists_meetings_whose_attendance_is_due(client, staff):
    network = a_network(meetings=0)
    a_meeting(network, title="Held yesterday")
    complete = a_meeting(network, title="Completed one", on=date(2020, 10, 13))
    completing.complete_attendance(complete, by=SWEEP, at=datetime(2020, 10, 15, tzinfo=UTC))
    html = page(client, "staff")
    due = html[html.index('id="due"') :].split("</section>")[0]
    assert ("Held yesterday" in due, "Completed one" in due) == (True, False)


def test_figures_and_people_say_how_many_come(client, staff):
    network = a_network(
        kind="information_session", credit_code="", asks_evaluation=False, seats=3, meetings=0
    )
    a_meeting(network, on=date(2020, 11, 14))
    a_registration(network, party_size=3)
    gone, waits = a_registration(network), a_registration(network)
    gone.status = "withdrawn"
    gone.save()
    assert "3 of 3" in page(client, "staff")
    assert "3 people coming" in page(client, "staff_people", network.slug)
    assert waits.line == 2
    assert "number 1 in line" in page(client, "staff_people", network.slug, show="waiting")


def test_an_empty_staff_desk_says_what_it_is_for(client, staff):
    html = page(client, "staff")
    assert ("Nothing is due" in html, "No networks yet" in html) == (True, True)


def test_the_staff_desk_is_for_those_who_have_something_there(client):
    client.force_login(a_user())
    assert client.get(reverse("staff")).status_code == 404


def test_a_group_lead_sees_the_own_meetings_only(client):
    network, lead = a_network(meetings=0), a_user()
    a_meeting(network, title="Of the network")
    group = a_group(network, lead=lead.person, title="Standards")
    a_meeting(network, title="Of the group", working_group=group)
    client.force_login(lead)
    html = page(client, "staff")
    assert ("Of the group" in html, "Of the network" in html) == (True, False)
    assert client.get(reverse("staff_network", args=[network.slug])).status_code == 404


def test_staff_of_one_network_see_only_that(client):
    mine, other, person = a_network(title="Mine"), a_network(title="Theirs"), a_user()
    Appointment.objects.create(network=mine, person=person.person)
    client.force_login(person)
    html = page(client, "staff")
    assert ("Mine" in html, "Theirs" in html) == (True, False)
    registration = a_registration(other)
    for name, args in [
        ("staff_network", [other.slug]),
        ("staff_people", [other.slug]),
        ("staff_change_meetings", [other.slug]),
        ("staff_person", [other.slug, registration.uid]),
        ("staff_person", [mine.slug, registration.uid]),
    ]:
        assert client.get(reverse(name, args=args)).status_code == 404


def test_the_page_of_a_network_shows_where_attendance_stands(client, staff):
    network = a_network(meetings=0)
    held, ahead = a_meeting(network), a_meeting(network, on=date(2020, 12, 8))
    html = page(client, "staff_network", network.slug)
    assert ("not complete" in html, "upcoming" in html) == (True, True)
    assert (reverse("staff_meeting", args=[held.uid]) in html, str(ahead.uid) in html) == (True, True)


def test_the_page_of_a_network_begins_with_what_is_due_and_next(client, staff):
    network = a_network(meetings=0)
    due = a_meeting(network, on=date(2020, 9, 1))
    ahead = [a_meeting(network, on=date(2020, 12, day)) for day in range(1, 6)]
    answer = client.get(reverse("staff_network", args=[network.slug]))
    shown = answer.context["meetings"]
    assert [line.meeting for line in shown.now] == [due, *ahead[:3]]
    assert ([line.meeting for line in shown.later], shown.finished) == (ahead[3:], [])
    assert "2 later meetings" in answer.content.decode()


def fill(people):
    network = a_network(meetings=0, seats=max(1, people // 2))
    meeting = a_meeting(network)
    for _ in range(people):
        registration = a_registration(network)
        if registration.is_seated:
            attendance.mark_attendance(
                registration=registration, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=meeting.ends_at
            )
    return network


@pytest.mark.parametrize("name", ["staff", "staff_network", "staff_people"])
def test_staff_pages_ask_as_much_for_thirty_people_as_for_one_with_a_seat_and_one_in_line(
    client, staff, name, django_assert_max_num_queries
):
    page(client, "staff")
    counts = []
    for people in (2, 30):
        network = fill(people)
        args = [] if name == "staff" else [network.slug]
        with django_assert_max_num_queries(40) as captured:
            page(client, name, *args)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_staff_desk_asks_as_much_for_thirty_networks_as_for_one(
    client, staff, django_assert_max_num_queries
):
    a_network()
    with django_assert_max_num_queries(40) as one:
        page(client, "staff")
    for _ in range(29):
        a_network()
    with django_assert_max_num_queries(len(one)):
        page(client, "staff")


def test_people_are_found_by_name_and_list(client, staff):
    network = a_network(seats=1)
    a_registration(network, a_person(last_name="Nuñez"))
    a_registration(network, a_person(last_name="Waits"))
    seated = page(client, "staff_people", network.slug)
    assert ("Nuñez" in seated, "Waits" in seated) == (True, False)
    assert "Waits" in page(client, "staff_people", network.slug, show="waiting")
    assert "Nobody here" in page(client, "staff_people", network.slug, q="nobody")
    assert "Nuñez" in page(client, "staff_people", network.slug, q="\x00")
    assert "Nuñez" in page(client, "staff_people", network.slug, show="everything there is")


def test_staff_give_a_seat_over_the_seats_with_a_reason(client, staff):
    network = a_network(seats=0)
    registration = a_registration(network)
    assert act(client, registration, "seat", reason="").status_code == 422
    assert act(client, registration, "seat", reason="their district pays").status_code == 302
    registration.refresh_from_db()
    assert (registration.status, registration.over_seats_reason) == ("seated", "their district pays")
    change = registration.changes.latest("pk")
    assert (change.by, change.reason) == (staff, "their district pays")
    assert Mail.objects.filter(address=registration.person.primary_address).count() == 1


def test_a_seat_given_twice_is_given_once(client, staff):
    registration = a_registration(a_network(seats=0))
    act(client, registration, "seat")
    assert act(client, registration, "seat").status_code == 422
    assert registration.changes.filter(to_status="seated").count() == 1


def test_removing_tells_why_and_seats_the_next(client, staff):
    with time_machine.travel(NOW):
        network = a_network(seats=1)
        first, second = a_registration(network), a_registration(network)
        act(client, first, "remove", reason="asked by phone")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("removed", "seated")
    assert "asked by phone" in page(client, "staff_person", network.slug, first.uid)


def test_excusing_from_the_evaluation_keeps_the_reason(client, staff):
    network = fill(1)
    registration = network.registrations.get()
    assert act(client, registration, "excuse").status_code == 422
    evaluating.open_evaluation(network, by=SWEEP, at=NOW + timedelta(days=60))
    assert act(client, registration, "excuse", reason="on leave").status_code == 302
    assert EvaluationCompletion.objects.get().waiver_reason == "on leave"


def test_a_demonstration_of_learning_is_accepted(client, staff):
    network = a_network(requires_demonstration=True)
    registration = a_registration(network)
    act(client, registration, "demonstration", reason="a lesson plan")
    registration.refresh_from_db()
    assert registration.demonstrated_at is not None
    assert "a lesson plan" in registration.history.latest().history_change_reason


def test_an_act_that_does_not_exist_finds_nothing(client, staff):
    assert act(client, a_registration(a_network()), "promote").status_code == 404


def test_a_person_shows_how_we_know(client, staff):
    network = fill(1)
    registration = network.registrations.get()
    html = page(client, "staff_person", network.slug, registration.uid)
    assert ("How we know" in html, "marked by staff" in html) == (True, True)


def test_coordinators_are_told_what_partners_wait_for(client):
    coordinator = a_coordinator()
    mou = a_mou(title="Memorandum", by=coordinator)
    for status in ("submitted", "submitted", "draft"):
        signatory = {
            "signatory_name": "Head",
            "signatory_title": "Head",
            "signatory_email": "head@example.org",
        }
        MouRole.objects.filter(pk=a_part(mou).pk).update(status=status, **signatory)
    client.force_login(coordinator.user)
    html = page(client, "staff")
    assert (">2</b>" in tight(html), "parts to read" in html, "shared text" in html) == (True, True, False)


def test_staff_read_which_grades_somebody_works_with(client, staff):
    network = a_network()
    registration = a_registration(network, grade_bands=["9-12", "3-5"])
    shown = page(client, "staff_person", network.slug, registration.uid)
    assert "<dt>Grades</dt><dd>3 to 5, 9 to 12</dd>" in tight(shown)
