"""Attendance is complete: said once, taken back with a reason, and in the end the evaluation is asked."""

from datetime import UTC, date, datetime

import pytest

from registrations.attendance.domain import completing
from registrations.attendance.exceptions import AttendanceRefused, ReasonWanted
from registrations.models import AttendanceCompletion, AttendanceCompletionChange, Evaluation
from tests.factories import SWEEP, a_group, a_meeting, a_network

pytestmark = pytest.mark.django_db
AT = datetime(2020, 10, 14, 16, 30, tzinfo=UTC)
LATER = datetime(2021, 5, 26, 17, 0, tzinfo=UTC)


def test_complete_twice_is_complete_once():
    meeting = a_meeting(a_network(meetings=0))
    first = completing.complete_attendance(meeting, by=SWEEP, at=AT)
    assert completing.complete_attendance(meeting, by=SWEEP, at=LATER) == first
    assert AttendanceCompletionChange.objects.count() == 1


def test_complete_is_refused_before_the_meeting_begins():
    meeting = a_meeting(a_network(meetings=0), on=date(2020, 10, 15))
    with pytest.raises(AttendanceRefused, match="started yet"):
        completing.complete_attendance(meeting, by=SWEEP, at=AT)


def test_the_last_complete_meeting_asks_the_evaluation():
    network = a_network(meetings=0)
    first, second = a_meeting(network), a_meeting(network, on=date(2020, 12, 8))
    group = a_meeting(network, on=date(2020, 12, 8), working_group=a_group(network))
    a_meeting(network, on=date(2021, 2, 10), status="cancelled")
    for meeting in (first, second):
        completing.complete_attendance(meeting, by=SWEEP, at=LATER)
    assert not Evaluation.objects.exists()
    completing.complete_attendance(group, by=SWEEP, at=LATER)
    assert Evaluation.objects.get().network == network


def test_reopen_wants_a_reason_and_keeps_history():
    meeting = a_meeting(a_network(meetings=0))
    completing.complete_attendance(meeting, by=SWEEP, at=AT)
    with pytest.raises(ReasonWanted):
        completing.reopen_attendance(meeting, by=SWEEP, at=AT, reason=" ")
    completing.reopen_attendance(meeting, by=SWEEP, at=AT, reason="a sheet was found")
    assert not AttendanceCompletion.objects.exists()
    changes = AttendanceCompletionChange.objects.values_list("to_status", "reason")
    assert list(changes) == [("complete", ""), ("open", "a sheet was found")]
