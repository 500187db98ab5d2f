"""The calendar: what is ahead as a list, and a month as a grid."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.planning import pages
from tests.factories import NOW, a_group, a_meeting, a_network, a_partnership, an_organization
from tests.markup import tight

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW):
        yield


def test_calendar_keeps_cancelled_meetings_and_says_so(client):
    a_meeting(a_network(meetings=0), title="Snowed in", status="cancelled")
    html = tight(client.get(reverse("calendar")).content.decode())
    assert "Snowed in" in html
    assert '<span class="tag bad">Cancelled</span>' in html


def test_month_is_a_table_with_the_meeting_on_its_day(client):
    a_meeting(a_network(meetings=0), title="Opening meeting", on=date(2020, 10, 14))
    html = client.get(reverse("calendar_month", args=[2020, 10])).content.decode()
    assert "Opening meeting" in html
    assert 'href="/calendar/2020/9/"' in html
    assert 'href="/calendar/2020/11/"' in html
    assert "Wed, Oct 14, 2020" in html


@pytest.mark.parametrize("address", ["/calendar/2020/13/", "/calendar/1999/1/", "/calendar/2020/0/"])
def test_months_that_are_none_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_calendar_never_shows_a_link_to_join(client):
    a_meeting(a_network(meetings=0), modality="online", join_url="https://meet.example.org/secret")
    assert "meet.example.org" not in client.get(reverse("calendar")).content.decode()


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/2020/10/"])
def test_calendar_asks_the_database_equally_often(client, address):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    a_partnership()
    a_network(meetings=2)
    one = queries()
    for _ in range(29):
        a_group(a_network())
        an_organization()
    assert queries() == one


def test_weeks_begin_on_sunday_and_cover_the_month():
    weeks = pages.weeks_of(date(2020, 10, 1), [], today=date(2020, 10, 14))
    days = [day for week in weeks for day in week]
    assert (days[0].on, days[-1].on, len(days)) == (date(2020, 9, 27), date(2020, 10, 31), 35)
    assert [day.on for day in days if day.is_today] == [date(2020, 10, 14)]
    assert sum(day.inside for day in days) == 31


def test_a_day_holds_its_own_meetings():
    meeting = a_meeting(a_network(meetings=0), on=date(2020, 10, 14))
    weeks = pages.weeks_of(date(2020, 10, 1), [pages.Row(meeting)], today=date(2020, 10, 1))
    assert [day.on for week in weeks for day in week if day.rows] == [meeting.on]


@pytest.mark.parametrize(
    ("first", "step", "month"),
    [
        (date(2020, 1, 1), -1, date(2019, 12, 1)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 2, 1), 1, date(2020, 3, 1)),
    ],
)
def test_the_month_beside_turns_the_year(first, step, month):
    assert pages.beside(first, step) == month
