"""Make-up work and a sheet that two staff write down at once: no more than was missed, one mark a person."""

from datetime import UTC, date, datetime

import pytest

from partners.models import Outsider
from registrations.attendance.domain import making_up, sheet
from registrations.attendance.exceptions import MakeUpRefused
from registrations.models import Attendance, Evidence
from tests.factories import a_meeting, a_network, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
LATER = datetime(2020, 10, 20, 14, tzinfo=UTC)


def test_of_two_who_approve_all_that_was_missed_one_is_told_that_nothing_is_left():
    meeting = a_meeting(a_network(meetings=0))
    registration = a_registration(meeting.network)

    def approve(by):
        return lambda: making_up.approve_make_up(
            registration=registration,
            meeting=meeting,
            minutes=180,
            done="Watched the recording",
            done_on=date(2020, 10, 19),
            by=by,
            at=LATER,
        )

    outcomes = at_once([approve(Outsider(name)) for name in ("Anna", "Bo")])
    assert {type(outcome) for outcome in outcomes} == {Evidence, MakeUpRefused}
    assert Attendance.objects.get().minutes_made_up == 180


def test_a_sheet_that_two_type_in_at_once_is_one_mark_a_line():
    meeting = a_meeting(a_network(meetings=0, seats=20))
    lines = [sheet.Line(registration=a_registration(meeting.network)) for _ in range(8)]

    def type_in(by):
        return lambda: sheet.type_in(meeting=meeting, lines=lines, by=by, at=LATER)

    outcomes = at_once([type_in(Outsider(name)) for name in ("Anna", "Bo")])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert (Evidence.objects.count(), Attendance.objects.count()) == (8, 8)
