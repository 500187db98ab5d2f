"""Many phones at once, and the desk beside them (PostgreSQL)."""

import time
from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import IntegrityError

from meetings.models import Network
from registrations.attendance.domain import at_the_door, attendance, checking_in, counting_check_ins
from registrations.attendance.domain.checking_in import Press
from registrations.attendance.domain.passes import Pass
from registrations.attendance.exceptions import ReasonWanted
from registrations.models import Attendance, DoorRequest, Evidence, Registration, Seen, Source
from registrations.seats.domain import seats
from tests.factories import a_meeting, a_network, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT = datetime(2020, 10, 14, 13, 5, tzinfo=UTC)
PEOPLE, THREADS = 60, 40


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


def presses(meeting, person):
    admitted = Pass(meeting.uid, AT)
    return lambda: checking_in.check_in(admitted=admitted, person=person, pressed=Press(AT, AT))


def ticks(registration, meeting):
    return lambda: attendance.mark_attendance(
        registration=registration, meeting=meeting, seen=Seen.PRESENT, by="staff", at=AT
    )


def one_after_the_other(acts):
    return lambda: [act() for act in acts]


def test_sixty_check_in_while_the_desk_marks_the_same_people(meeting):
    people = [a_registration(meeting.network) for _ in range(PEOPLE)]
    phones = [presses(meeting, one.person) for one in people]
    acts = [one_after_the_other(phones[number::THREADS]) for number in range(THREADS)]
    desk = [one_after_the_other([ticks(one, meeting) for one in people[:20]])]
    worker = [partial(counting_check_ins.count_check_ins, at=AT)] * 2
    outcomes = at_once([*acts, *desk, *worker])
    assert not [one for one in outcomes if isinstance(one, Exception)]
    counting_check_ins.count_check_ins(at=AT)
    assert Evidence.objects.filter(source=Source.SELF).count() == PEOPLE
    by_source = Attendance.objects.values_list("source", flat=True)
    assert sorted(by_source) == ["self"] * 40 + ["staff"] * 20
    assert not Evidence.objects.filter(uncounted=True).exists()


def without_the_lock(uid):
    """The fault: nobody waits for whoever reads at the same moment."""
    return seats.Locked(Network.objects.get(meetings__uid=uid))


def read_slowly(meeting, person, read=checking_in.own_marks):
    own = read(meeting, person)
    time.sleep(0.05)
    return own


@pytest.mark.parametrize("locked", [False, True])
def test_one_person_on_two_phones_makes_one_mark(meeting, monkeypatch, locked):
    registration = a_registration(meeting.network)
    monkeypatch.setattr(checking_in, "own_marks", read_slowly)
    if not locked:
        monkeypatch.setattr(seats, "lock_network_of", without_the_lock)
    outcomes = at_once([presses(meeting, registration.person)] * 8)
    faults = [one for one in outcomes if isinstance(one, IntegrityError)]
    assert bool(faults) is not locked
    assert Evidence.objects.count() == 1


def test_leaving_and_being_marked_at_once_keeps_both_and_the_desk_decides(meeting):
    registration = a_registration(meeting.network)
    presses(meeting, registration.person)()
    later = datetime(2020, 10, 14, 14, 30, tzinfo=UTC)
    leaves = partial(
        checking_in.leave_early,
        admitted=Pass(meeting.uid, AT),
        person=registration.person,
        pressed=Press(later, later),
    )
    at_once([leaves, ticks(registration, meeting)])
    counting_check_ins.count_check_ins(at=later)
    assert Attendance.objects.get().source == Source.STAFF
    assert Attendance.objects.get().minutes_counted == 180


def test_somebody_at_the_door_asks_once_and_is_let_in_once(meeting):
    names = {"first_name": "Science teacher", "last_name": "Acushnet", "address": "teacher@example.org"}
    asks = partial(at_the_door.ask, admitted=Pass(meeting.uid, AT), at=AT, **names)
    assert len({one.pk for one in at_once([asks] * 8)}) == 1
    lets = partial(at_the_door.let_in, DoorRequest.objects.get().uid, meeting=meeting, by="staff", at=AT)
    outcomes = at_once([lets] * 6)
    assert not [one for one in outcomes if isinstance(one, (ReasonWanted, IntegrityError))]
    assert (Registration.objects.count(), Evidence.objects.count()) == (1, 1)
