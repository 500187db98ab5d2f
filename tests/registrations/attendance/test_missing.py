"""We missed you: to whom for sure was not there, by day, while it is fresh, and once."""

from datetime import timedelta

import pytest

from partners.models import Preference
from registrations.attendance.domain import attendance, completing, missing
from registrations.models import PlannedAbsence
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_meeting, a_network, a_registration

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))  # 9 to 12 in the morning


def marked(meeting, seen):
    registration = a_registration(meeting.network)
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen=seen, by=SWEEP, at=meeting.ends_at
    )
    return registration


def excused(meeting):
    registration = a_registration(meeting.network)
    PlannedAbsence.objects.create(registration=registration, meeting=meeting, said_at=NOW)
    return registration


def complete(meeting, at=None):
    completing.complete_attendance(meeting, by=SWEEP, at=at or meeting.ends_at)


def letters():
    return {mail.address: mail.text for mail in Mail.objects.filter(template="mail/registrations/missed")}


def test_whoever_was_not_there_is_written_to_once(meeting):
    a_meeting(meeting.network, on=meeting.on + timedelta(weeks=4), title="Second meeting")
    absent, said_so = marked(meeting, "absent"), excused(meeting)
    marked(meeting, "present")
    a_registration(meeting.network)  # not marked: may have been there
    came_after_all = excused(meeting)
    attendance.mark_attendance(
        registration=came_after_all, meeting=meeting, seen="present", by=SWEEP, at=meeting.ends_at
    )
    complete(meeting)
    assert missing.sweep_missed(at=meeting.ends_at + 2 * HOUR) == 2
    assert missing.sweep_missed(at=meeting.ends_at + 3 * HOUR) == 0
    found = letters()
    addresses = [one.person.primary_address for one in (absent, said_so)]
    assert set(found) == set(addresses)
    assert "You weren't at Opening meeting" in found[addresses[0]]
    assert "You told us that you couldn't come" in found[addresses[1]]
    assert "The next meeting is Second meeting, Wed, Nov 11, 2020" in found[addresses[0]]
    assert f"/meetings/{meeting.uid}/" in found[addresses[0]]


def test_whoever_turned_it_off_or_left_is_not_written_to(meeting):
    muted, left = marked(meeting, "absent"), marked(meeting, "absent")
    Preference.objects.create(person=muted.person, topic="news", muted_at=NOW)
    left.status = "withdrawn"
    left.save()
    complete(meeting)
    assert missing.sweep_missed(at=meeting.ends_at + 2 * HOUR) == 0


@pytest.mark.parametrize(
    ("completed", "swept", "number"),
    [
        (0, 0.5, 0),  # a mark may still be corrected
        (0, 2, 1),
        (6, 11, 0),  # at 11 in the evening
        (6, 20, 1),  # the morning after
        (0, 24 * 4, 0),  # the clock was down
        (24 * 15, 24 * 15 + 2, 0),  # weeks afterwards
    ],
)
def test_it_is_written_by_day_and_while_it_is_fresh(meeting, completed, swept, number):
    marked(meeting, "absent")
    complete(meeting, at=meeting.ends_at + completed * HOUR)
    assert missing.sweep_missed(at=meeting.ends_at + swept * HOUR) == number


def test_attendance_that_is_taken_again_writes_to_nobody_twice(meeting):
    marked(meeting, "absent")
    complete(meeting)
    missing.sweep_missed(at=meeting.ends_at + 2 * HOUR)
    completing.reopen_attendance(meeting, by=SWEEP, at=meeting.ends_at + 3 * HOUR, reason="One more")
    complete(meeting, at=meeting.ends_at + 3 * HOUR)
    missing.sweep_missed(at=meeting.ends_at + 5 * HOUR)
    assert Mail.objects.filter(template="mail/registrations/missed").count() == 1
