"""The calendar of all networks: filters, slots of groups in one row, past meetings, and one public feed."""

from datetime import date, time, timedelta
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.planning.calendars import subscription_to
from partners.models import Standard
from tests.factories import NOW, a_group, a_meeting, a_network, a_partnership
from tests.markup import tight

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def held():
    """Three networks with a meeting each, and a draft."""
    science = a_network(meetings=0, title="Science", subjects=["science"], audiences=["teachers"])
    standard = Standard.objects.get(code="HS-PS3-2")
    science.standards.add(standard)
    a_meeting(science, title="Waves", modality="online")
    maths = a_network(meetings=0, title="Maths", subjects=["mathematics", "science"])
    a_meeting(maths, title="Numbers", venue="Library", address="12 Main Street, Fall River, MA 02720")
    other = a_network(meetings=0, title="Other", audiences=["faculty"])
    a_meeting(other, title="Towers", modality="hybrid", address="Dartmouth, MA").standards.add(standard)
    a_meeting(a_network(meetings=0, status="draft"), title="Secret")


def titles(client, name="calendar", **query):
    return [row.meeting.title for row in client.get(reverse(name), query).context["rows"]]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["Waves", "Numbers", "Towers"]),
        ({"subject": "science"}, ["Waves", "Numbers"]),
        ({"audience": "teachers"}, ["Waves", "Numbers"]),
        ({"town": "Fall River"}, ["Numbers"]),
        ({"modality": "hybrid"}, ["Towers"]),
        ({"subject": "science", "modality": "online"}, ["Waves"]),
        ({"subject": "nonsense", "town": "%"}, ["Waves", "Numbers", "Towers"]),
        ({"subject": "history"}, []),
        ({"standard": "PS3-2"}, ["Waves", "Towers"]),
        ({"standard": "XX-9"}, []),
    ],
)
def test_the_calendar_its_month_and_its_feed_are_narrowed_alike(client, held, query, shown):
    assert titles(client, **query) == shown
    month = client.get(reverse("calendar_month", args=[2020, 10]), query).content.decode()
    assert [title in month for title in ("Waves", "Numbers", "Towers")] == [
        title in shown for title in ("Waves", "Numbers", "Towers")
    ]
    feed = icalendar.Calendar.from_ical(client.get(reverse("calendar_feed"), query).content)
    assert sorted(str(one["summary"]).split(" (")[0] for one in feed.walk("VEVENT")) == sorted(shown)


def test_nothing_that_fits_is_said_with_the_way_back(client, held):
    assert "No meetings match" in client.get(reverse("calendar"), {"subject": "history"}).content.decode()


def test_groups_that_meet_at_once_are_one_row(client):
    network = a_network(meetings=0, title="Leaders")
    day = date(2020, 10, 14)
    after = {"on": day, "start_time": time(13), "end_time": time(15)}
    a_meeting(network, on=day, title="Opening")
    for title in ("Rivers", "Assessment", "Routines"):
        group = a_group(network, title=title)
        a_meeting(network, title="Group", working_group=group, in_slot=True, **after)
    alone = a_group(network, title="Alone", is_public=True)
    a_meeting(network, title="On its own", working_group=alone, in_slot=False, **after)
    rows = client.get(reverse("calendar")).context["rows"]
    assert [(row.meeting.title, len(row.together)) for row in rows if row.meeting.in_slot] == [("Group", 3)]
    assert len(rows) == 3
    html = tight(client.get(reverse("calendar")).content.decode())
    assert "3 working groups meet" in html
    assert html.index("Assessment") < html.index("Rivers") < html.index("Routines")
    month = tight(client.get(reverse("calendar_month", args=[2020, 10])).content.decode())
    assert month.count('class="month-entry"') == 3


def test_a_slot_keeps_its_row_when_the_filter_leaves_out_its_first_group(client):
    network = a_network(meetings=0)
    for number, modality in enumerate(("online", "in_person", "in_person")):
        group = a_group(network, title=f"G{number}")
        a_meeting(network, working_group=group, in_slot=True, title=f"M{number}", modality=modality)
    assert titles(client, modality="in_person") == ["M1"]


def test_past_meetings_are_listed_the_newest_first(client):
    network = a_network(meetings=0)
    for days in (30, 10, -10):
        a_meeting(network, on=NOW.date() - timedelta(days=days), title=f"{days} ago")
    assert titles(client, "calendar_past") == ["10 ago", "30 ago"]
    assert reverse("calendar_past") in client.get(reverse("calendar")).content.decode()


def test_the_feed_of_all_networks_has_zones_and_no_link_to_join(client):
    a_partnership(name="SouthCoast STEM")
    network = a_network(meetings=0, zone="America/Chicago", title="Central")
    a_meeting(network, modality="online", join_url="https://meet.example.org/secret")
    a_meeting(network, on=NOW.date() - timedelta(days=500), title="Long ago")
    answer = client.get(reverse("calendar_feed"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "meet.example.org" not in answer.content.decode()
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == ["America/Chicago"]
    assert len(calendar.walk("VEVENT")) == 1
    assert str(calendar["x-wr-calname"]) == "Meetings, SouthCoast STEM"


def test_an_empty_feed_is_a_calendar_all_the_same(client):
    calendar = icalendar.Calendar.from_ical(client.get(reverse("calendar_feed")).content)
    assert len(calendar.walk("VJOURNAL")) == 1


def test_one_press_subscribes_in_three_programs(client, held, settings):
    found = client.get(reverse("calendar"), {"subject": "science"}).context["subscription"]
    assert found.address == f"{settings.SITE_URL}/calendar.ics?subject=science"
    assert found.webcal == "webcal://" + found.address.partition("://")[2]
    assert parse_qs(urlsplit(found.google).query)["cid"] == [found.webcal]
    assert parse_qs(urlsplit(found.outlook).query)["url"] == [found.address]


def test_an_address_goes_into_other_calendars_whole():
    found = subscription_to("https://example.org/a~b/c.ics?x=1&y=2", name="Mine & theirs")
    assert parse_qs(urlsplit(found.outlook).query) == {
        "url": ["https://example.org/a~b/c.ics?x=1&y=2"],
        "name": ["Mine & theirs"],
    }


@pytest.mark.parametrize("name", ["calendar", "calendar_past", "calendar_feed"])
def test_the_calendar_asks_as_much_for_thirty_as_for_one(client, name):
    def asked(number):
        network = a_network(meetings=0)
        for step in range(number):
            group = a_group(network, title=f"G{step}")
            for on in (NOW.date() + timedelta(days=3), NOW.date() - timedelta(days=3)):
                a_meeting(network, on=on, title="Own")
                a_meeting(network, on=on, working_group=group, in_slot=True)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name))
        return len(captured)

    asked(1)
    assert asked(2) == asked(30)
