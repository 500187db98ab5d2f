"""What's due on the staff desk, and its plots, each with a table behind it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.attendance.domain import attendance
from registrations.desk.domain import staff_duties
from registrations.desk.pages.due_lines import due_of
from registrations.desk.pages.plots import registrations_over_time
from tests import factories
from tests.markup import tight

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 10, 15, 12, 0, tzinfo=UTC)
AHEAD = date(2020, 12, 8)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff(client):
    person = factories.a_staff_member()
    client.force_login(person.user)
    return person


def a_running_network(*, people=1, marked=0, **fields):
    """A network of which one meeting was held yesterday and one is ahead."""
    network = factories.a_network(**{"meetings": 0, "seats": 60, **fields})
    held = factories.a_meeting(network, title="Equity")
    factories.a_meeting(network, on=AHEAD, title="Routines")
    for number in range(people):
        registration = factories.a_registration(network)
        registration.requested_at = NOW - timedelta(days=number)
        registration.save()
        if number < marked:
            attendance.mark_attendance(
                registration=registration,
                meeting=held,
                seen="present",
                by=factories.SWEEP,
                at=held.ends_at,
            )
    return network


def dues(person):
    running = staff_duties.networks_running(person, at=NOW)
    evaluations = list(staff_duties.evaluations_open(person))
    return [(due.number, due.words) for due in due_of(person, running, evaluations, at=NOW)[0]]


def test_who_is_not_marked_is_due_with_one_button(client, staff):
    network = a_running_network(people=5, marked=2, credit_code="")
    assert dues(staff) == [(3, "people aren't marked at Equity")]
    html = tight(client.get("/staff/").content.decode())
    due = html[html.index('id="due"') :].split("</section>")[0]
    assert due.count('class="btn') == 1
    assert reverse("staff_meeting", args=[network.meetings.get(title="Equity").uid]) in due
    assert "2 of 5 came." in due


def test_a_group_expects_its_members_only(staff):
    network = factories.a_network(meetings=0, credit_code="")
    group = factories.a_group(network)
    factories.a_meeting(network, working_group=group, title="Robotics")
    member, _other = factories.a_registration(network), factories.a_registration(network)
    member.group_memberships.create(working_group=group, joined_at=NOW)
    assert dues(staff) == [(1, "person isn't marked at Robotics")]


def test_who_waits_and_what_certificates_need_is_due(staff):
    network = factories.a_network(meetings=0, seats=1)
    factories.a_meeting(network, on=AHEAD)
    for _each in range(3):
        factories.a_registration(network)
    assert [words for _number, words in dues(staff)] == [
        "people on the waitlist",
        "things are missing for certificates",
    ]


def test_at_most_fifteen_things_are_listed_and_the_rest_is_said(client, staff):
    for _each in range(16):
        a_running_network()
    assert len(dues(staff)) == 15
    assert "There is more to do" in client.get("/staff/").content.decode()


def test_the_evaluation_that_is_open_is_due(staff):
    network = a_running_network(people=3, marked=3, credit_code="")
    factories.an_evaluation(network)
    assert (3, "people haven't answered the network evaluation") in dues(staff)


def test_the_lines_end_where_the_seats_are(staff):
    a_running_network(people=4, title="Small", seats=10)
    a_running_network(people=9, title="Large", seats=9)
    lines = registrations_over_time(staff_duties.networks_running(staff, at=NOW), at=NOW)
    assert [(line.network.title, line.label) for line in lines.lines] == [
        ("Large", "9, full"),
        ("Small", "4 of 10"),
    ]
    assert (lines.rows[-1][1], lines.new_words) == ([9, 4], "11 new this week")
    assert abs(lines.lines[0].label_y - lines.lines[1].label_y) >= 15


def test_each_plot_has_its_numbers_in_a_table(client, staff):
    a_running_network(people=5, marked=2, title="Mathematics")
    factories.an_evaluation(a_running_network(people=2, marked=2, title="Science"))
    html = tight(client.get("/staff/").content.decode())
    assert html.count('class="plot-table"') == 3
    bars = html[html.index('id="bars-title"') :].split("</section>")[0]
    assert '<td class="num">2</td><td class="num">0</td><td class="num">3</td>' in bars
    evaluation = html[html.index('id="ring-title"') :].split("</section>")[0]
    assert '<td class="num">0 of 2</td>' in evaluation
    assert "style=" not in html


def test_past_networks_are_folded_and_no_zero_is_shown(client, staff):
    factories.a_meeting(factories.a_network(meetings=0, title="Long over"), on=date(2020, 2, 1))
    a_running_network(title="Running", credit_code="")
    html = tight(client.get("/staff/").content.decode())
    fold = html[html.index("Past years") :].split("</details>")[0]
    table = html[html.index('id="networks-title"') :].split("</section>")[0]
    assert ("Long over" in fold, "Running" in table, "Long over" in table) == (True, True, False)
    assert ">0<" not in table


def test_the_desk_asks_as_much_for_thirty_as_for_one(client):
    coordinator = factories.a_coordinator()
    client.force_login(coordinator.user)
    counts = []
    for networks, people in ((1, 1), (5, 30)):
        for _each in range(networks):
            factories.an_evaluation(a_running_network(people=people, marked=people))
            factories.a_group(a_running_network(), lead=coordinator)
        client.get("/staff/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/staff/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 45
