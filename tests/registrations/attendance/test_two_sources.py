"""A report and somebody's own phone disagree: the desk says so, and staff count both by hand."""

import pytest
import time_machine
from django.urls import reverse

from meetings.planning.domain import planning
from registrations.attendance.domain import attendance, two_sources
from registrations.attendance.exceptions import AttendanceRefused
from registrations.models import Evidence, Source
from tests.registrations.attendance.report_story import AT, Story, zoom

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(private_files):
    return Story()


def on_phone(story, registration):
    attendance.mark_attendance(
        registration=registration,
        meeting=story.meeting,
        seen="present",
        source=Source.SELF,
        by=registration.person,
        at=story.meeting.starts_at,
    )


@pytest.mark.parametrize(
    ("came", "left", "apart"),
    [
        ("11:55", "12:00", (5, 180)),
        ("09:45", "12:00", (135, 180)),
        ("09:44", "12:00", None),
        ("12:00", "12:10", None),  # the report says nothing of the meeting, so the phone counts
    ],
)
def test_a_phone_that_says_a_quarter_more_is_looked_at(story, came, left, apart):
    one, other = story.person("Ann", "One"), story.person("Ben", "Other")
    on_phone(story, one)
    story.imported(zoom(("Ann One", "", came, left), ("Ben Other", "", "09:00", "12:00")))
    found = two_sources.sides_of(one, story.meeting)
    assert (found and (found.tool_minutes, found.phone_minutes)) == apart
    assert two_sources.sides_of(other, story.meeting) is None


def test_counting_both_is_a_mark_by_hand_with_the_gap(story, client):
    one = story.person("Ann", "One")
    at_ten = planning.instant(story.meeting.on, story.meeting.start_time.replace(hour=10), story.meeting.zone)
    on_phone(story, one)
    Evidence.objects.filter(source=Source.SELF).update(left_at=at_ten)
    story.imported(zoom(("Ann One", "", "11:00", "12:00")))
    client.force_login(story.staff.user)
    desk = reverse("staff_meeting", args=[story.meeting.uid])
    both = reverse("staff_count_both", args=[story.meeting.uid, one.uid])
    with time_machine.travel(AT, tick=False):
        assert "look: 60 min by the report, 60 by their phone" in client.get(desk).content.decode()
        assert "Count both" in client.get(both).content.decode()
        assert Evidence.objects.filter(source=Source.STAFF).count() == 0
        client.post(both)
        assert "look:" not in client.get(desk).content.decode()
    mark = Evidence.objects.get(source=Source.STAFF)
    assert (story.minutes(one), len(mark.away)) == (120, 1)
    assert mark.reason == "Counted both: the report and their own phone"
    with pytest.raises(AttendanceRefused):
        two_sources.count_both(
            registration=one, meeting=story.meeting, source=Source.STAFF, by=story.staff, at=AT
        )
