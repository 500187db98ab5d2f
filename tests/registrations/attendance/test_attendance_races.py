"""Two people mark at once: one mark stands, and nobody sees an error (PostgreSQL)."""

import uuid
from datetime import UTC, datetime
from functools import partial

import pytest

from registrations.attendance.domain import attendance, completing, queued
from registrations.attendance.exceptions import ReasonWanted
from registrations.models import Attendance, DeskAct, Evidence, Seen
from tests.factories import a_meeting, a_network, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT = datetime(2020, 10, 14, 16, 30, tzinfo=UTC)
AT_ONCE = 8


def ticks(registration, meeting, seen, by):
    return lambda: attendance.mark_attendance(
        registration=registration, meeting=meeting, seen=seen, by=by, at=AT
    )


def test_two_who_tick_one_person_make_one_mark():
    network = a_network(meetings=0)
    meeting, registration = a_meeting(network), a_registration(network)
    outcomes = at_once([ticks(registration, meeting, Seen.PRESENT, f"staff {n}") for n in range(AT_ONCE)])
    assert {type(outcome) for outcome in outcomes} == {Evidence}
    assert (Evidence.objects.count(), Attendance.objects.count()) == (1, 1)


def test_of_two_who_disagree_the_second_is_asked_for_a_reason():
    network = a_network(meetings=0)
    meeting, registration = a_meeting(network), a_registration(network)
    outcomes = at_once([ticks(registration, meeting, seen, seen) for seen in (Seen.PRESENT, Seen.ABSENT)])
    assert {type(outcome) for outcome in outcomes} == {Evidence, ReasonWanted}
    assert Evidence.objects.standing().count() == 1


def test_all_present_beside_ticks_marks_everyone_once():
    network = a_network(meetings=0)
    meeting, people = a_meeting(network), [a_registration(network) for _ in range(AT_ONCE)]
    acts = [ticks(one, meeting, Seen.PRESENT, "staff") for one in people]
    acts += [lambda: attendance.mark_all_present(meeting=meeting, by="other staff", at=AT)] * 2
    outcomes = at_once(acts)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert (Evidence.objects.count(), Attendance.objects.count()) == (AT_ONCE, AT_ONCE)


@pytest.mark.parametrize("networks", [1, 2])
def test_an_act_that_comes_twice_at_once_is_done_once(networks):
    meetings = [a_meeting(a_network(meetings=0)) for _ in range(networks)]
    people = {meeting.pk: a_registration(meeting.network) for meeting in meetings}
    key, done = uuid.uuid4(), []

    def come(meeting):
        def act():
            attendance.mark_attendance(
                registration=people[meeting.pk], meeting=meeting, seen=Seen.PRESENT, by="staff", at=AT
            )
            done.append(meeting)

        return queued.do_once(act, key=key, meeting=meeting, knows_complete=False, at=AT)

    outcomes = at_once([partial(come, meetings[n % networks]) for n in range(AT_ONCE)])
    assert (sorted(outcomes), len(done)) == ([False] * (AT_ONCE - 1) + [True], 1)
    assert (Evidence.objects.count(), DeskAct.objects.count()) == (1, 1)


def test_attendance_is_said_complete_once_by_two():
    meeting = a_meeting(a_network(meetings=0))
    outcomes = at_once([lambda: completing.complete_attendance(meeting, by="staff", at=AT)] * AT_ONCE)
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert meeting.completion_changes.count() == 1
