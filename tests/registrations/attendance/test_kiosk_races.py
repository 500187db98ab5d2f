"""Kiosks and the desk at once: each scan is kept once, one mark of the kiosk stands, nobody sees an error."""

import uuid
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from registrations.attendance.domain import attendance, door_scans, kiosks
from registrations.attendance.domain.door_scans import Scanned, take_scans
from registrations.models import Attendance, DoorScan, Evidence, Kiosk, Source
from tests.factories import a_meeting, a_network, a_registration, a_staff_member
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT = datetime(2020, 10, 14, 13, 30, tzinfo=UTC)


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


def opened(meeting):
    token = kiosks.open_kiosk(
        meeting=meeting, uid=uuid.uuid4(), by=a_staff_member(), at=AT - timedelta(hours=1)
    )
    return kiosks.find_kiosk(token, at=AT)


def scan(registration, minutes, way="in"):
    return Scanned(uuid.uuid4(), way, AT - timedelta(minutes=minutes), code=registration.door_code)


def several_at_once(meeting):
    """Two kiosks scan one person at different times while the desk ticks them."""
    one = a_registration(meeting.network)
    first, second, staff = opened(meeting), opened(meeting), a_staff_member()
    acts = [
        lambda: take_scans(first, [scan(one, 40)], at=AT),
        lambda: take_scans(second, [scan(one, 20), scan(one, 5, "out")], at=AT),
        lambda: attendance.mark_attendance(
            registration=one, meeting=meeting, seen="present", by=staff, at=AT
        ),
        lambda: take_scans(second, [scan(one, 10)], at=AT),
    ]
    return at_once(acts)


def test_two_kiosks_and_the_desk_mark_one_person(meeting):
    assert not [outcome for outcome in several_at_once(meeting) if isinstance(outcome, Exception)]
    standing = Evidence.objects.standing()
    kiosk = standing.get(source=Source.KIOSK)
    assert (kiosk.arrived_at, kiosk.left_at) == (AT - timedelta(minutes=40), AT - timedelta(minutes=5))
    assert (standing.count(), DoorScan.objects.count()) == (2, 4)
    assert Attendance.objects.get().stands_on == [Source.STAFF]


def test_a_queue_that_is_sent_several_times_at_once_counts_once(meeting):
    kiosk, queue = opened(meeting), [scan(a_registration(meeting.network), 30) for _number in range(10)]
    outcomes = at_once([lambda: [row.refusal for row in take_scans(kiosk, queue, at=AT)]] * 6)
    assert outcomes == [[""] * 10] * 6
    assert (DoorScan.objects.count(), Evidence.objects.count()) == (10, 10)


def test_without_the_network_locked_they_clash(meeting, monkeypatch):
    unlocked = Kiosk.objects.select_related("meeting__network", "meeting__working_group")
    monkeypatch.setattr(door_scans, "locked_kiosk", lambda kiosk: unlocked.get(pk=kiosk.pk))
    clashes = []
    for _round in range(6):  # which of them is faster is chance
        people = [a_registration(meeting.network) for _number in range(10)]
        queues = [[scan(one, minutes) for one in people] for minutes in (40, 30, 20, 10)]
        acts = [partial(take_scans, opened(meeting), queue, at=AT) for queue in queues]
        clashes += [outcome for outcome in at_once(acts) if isinstance(outcome, Exception)]
        if clashes:
            break
    assert clashes
