"""Telling people of materials at once, on PostgreSQL: everyone gets one mail."""

import pytest

from meetings.models import Material
from registrations.attendance.domain import completing, missing, telling_materials
from registrations.models import AttendanceCompletion
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_meeting, a_network, a_registration, a_staff_member
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_who_press_at_once_tell_each_person_once():
    meeting, staff = a_meeting(a_network(meetings=0)), a_staff_member()
    people = [a_registration(meeting.network) for _each in range(3)]
    for title in ("Slides", "Notes"):
        Material.objects.create(
            meeting=meeting, title=title, url="https://example.org/", added_at=NOW, added_by=staff
        )
    outcomes = at_once([lambda: telling_materials.tell(meeting, by=staff, at=NOW)] * 6)
    assert sorted(type(one).__name__ for one in outcomes) == ["NothingToTell"] * 5 + ["int"]
    told = Mail.objects.filter(template="mail/registrations/materials_up")
    assert sorted(told.values_list("address", flat=True)) == sorted(
        one.person.primary_address for one in people
    )


def test_two_sweeps_at_once_write_to_each_who_missed_once():
    meeting = a_meeting(a_network(meetings=0))
    absent = a_registration(meeting.network)
    absent.planned_absences.create(meeting=meeting, said_at=NOW)
    completing.complete_attendance(meeting, by=SWEEP, at=meeting.ends_at)
    later = meeting.ends_at + 2 * (meeting.ends_at - meeting.starts_at)
    told = at_once([lambda: missing.tell(AttendanceCompletion.objects.get(), at=later)] * 5)
    assert sorted(told) == [0, 0, 0, 0, 1]
    assert Mail.objects.filter(template="mail/registrations/missed").count() == 1
