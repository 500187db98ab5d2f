"""What counts where several kinds of evidence speak of one person (docs/rules.md 6.1, 6.6)."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from meetings.planning.domain import moving
from partners.merging.domain import merging
from registrations.attendance.domain import attendance
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.models import Attendance, Evidence, Seen, Source
from registrations.seats.domain import seats
from tests.factories import SWEEP, a_meeting, a_person, a_registration
from tests.registrations.attendance.test_attendance import AT, mark, meeting, network, registration, wall

__all__ = ["meeting", "network", "registration"]
pytestmark = pytest.mark.django_db


def row(registration, meeting):
    return Attendance.objects.get(registration=registration, meeting=meeting)


def said(registration, meeting):
    found = row(registration, meeting)
    return found.minutes_counted, found.stands_on


def make_up(registration, meeting, minutes):
    with transaction.atomic():
        made = Evidence.objects.create(
            registration=registration,
            meeting=meeting,
            source=Source.MAKE_UP,
            seen=Seen.PRESENT,
            minutes=minutes,
            by_name="sweep",
            at=AT,
            reason="Watched the recording",
        )
        locked = seats.lock_network(meeting.network)
        figures_may_have_changed(locked, because="made up", at=AT, meetings=[meeting.pk])
    return made


def test_what_a_meeting_tool_saw_decides_over_one_s_own_phone(registration, meeting):
    mark(registration, meeting, source=Source.SELF, by=registration.person, arrived=wall(meeting, 8, 50))
    assert (row(registration, meeting).minutes_counted, row(registration, meeting).stands_on) == (
        180,
        ["self"],
    )
    mark(registration, meeting, source=Source.IMPORT, arrived=wall(meeting, 9), left=wall(meeting, 11))
    counted = row(registration, meeting)
    assert (counted.minutes_counted, counted.stands_on, counted.how_known) == (120, ["import"], "imported")


def test_in_the_room_and_online_add_up(registration, meeting):
    mark(registration, meeting, source=Source.IMPORT, arrived=wall(meeting, 9), left=wall(meeting, 10))
    mark(registration, meeting, source=Source.KIOSK, arrived=wall(meeting, 10, 30))
    counted = row(registration, meeting)
    assert (counted.minutes_counted, counted.stands_on) == (150, ["import", "kiosk"])


def test_a_mark_by_hand_decides_over_every_device(registration, meeting):
    mark(registration, meeting, source=Source.KIOSK)
    mark(registration, meeting, source=Source.SELF, by=registration.person)
    mark(registration, meeting, source=Source.SHEET, arrived=wall(meeting, 10))
    assert (row(registration, meeting).minutes_counted, row(registration, meeting).stands_on) == (
        120,
        ["sheet"],
    )
    assert Evidence.objects.standing().count() == 3


def test_one_device_s_second_mark_replaces_its_first(registration, meeting):
    mark(registration, meeting, source=Source.SELF, by=registration.person)
    mark(registration, meeting, source=Source.SELF, by=registration.person, left=wall(meeting, 11))
    assert Evidence.objects.standing().count() == 1
    with pytest.raises(IntegrityError, match=r"evidence_one_standing|UNIQUE"), transaction.atomic():
        Evidence.objects.create(
            registration=registration,
            meeting=meeting,
            source=Source.SELF,
            seen=Seen.PRESENT,
            arrived_at=meeting.starts_at,
            left_at=meeting.ends_at,
            by_name="x",
            at=AT,
        )


@pytest.mark.parametrize(("minutes", "counted", "made_up"), [(60, 120, 60), (115, 180, 115), (400, 180, 120)])
def test_make_up_work_is_added_to_what_was_seen_and_never_more_than_was_missed(
    registration, meeting, minutes, counted, made_up
):
    mark(registration, meeting, left=wall(meeting, 10))
    make_up(registration, meeting, minutes)
    found = row(registration, meeting)
    assert (found.minutes_counted, found.minutes_made_up) == (counted, made_up)
    assert found.stands_on == ["staff", "make_up"]


def test_make_up_work_counts_for_somebody_marked_absent(registration, meeting):
    mark(registration, meeting, seen=Seen.ABSENT)
    make_up(registration, meeting, 180)
    found = row(registration, meeting)
    assert (found.status, found.minutes_counted, found.minutes_made_up) == ("present", 180, 180)


def test_make_up_work_takes_no_minute_of_a_meeting_at_the_same_time(registration, meeting, network):
    at_once = a_meeting(network)
    mark(registration, at_once)
    make_up(registration, meeting, 180)
    assert row(registration, at_once).minutes_counted == 180


def test_a_meeting_at_the_same_time_takes_no_minute_of_make_up_work(registration, meeting, network):
    at_once = a_meeting(network)
    mark(registration, meeting)
    make_up(registration, at_once, 150)
    found = row(registration, at_once)
    assert (found.minutes_counted, found.minutes_made_up) == (150, 150)


def test_what_is_forgiven_beside_make_up_work_counts_at_no_other_meeting(registration, meeting, network):
    at_once = a_meeting(network)
    mark(registration, meeting, left=wall(meeting, 11))
    make_up(registration, meeting, 55)
    mark(registration, at_once, arrived=wall(meeting, 11))
    assert row(registration, meeting).minutes_counted == 180
    assert row(registration, at_once).minutes_counted == 55


def test_a_device_s_moment_stays_and_the_end_follows_a_meeting_that_goes_on_longer(registration, meeting):
    mark(registration, meeting, source=Source.SELF, by=registration.person, arrived=wall(meeting, 10))
    moving.change_meetings([meeting], moving.rescheduled(end_time=time(13)), by=SWEEP, at=AT, reason="Long")
    meeting.refresh_from_db()
    standing = attendance.standing_mark(registration, meeting, Source.SELF)
    assert (standing.arrived_at, standing.left_at) == (wall(meeting, 10), wall(meeting, 13))


def test_two_registrations_of_one_person_keep_one_mark_of_a_device(registration, meeting, network):
    other = a_registration(network)
    mark(registration, meeting, source=Source.KIOSK, left=wall(meeting, 10))
    mark(other, meeting, source=Source.KIOSK, arrived=wall(meeting, 11))
    merging.merge_people(kept=registration.person, gone=other.person, take=set(), by=a_person(), at=AT)
    assert row(registration, meeting).minutes_counted == 120
    assert Evidence.objects.standing().count() == 1
