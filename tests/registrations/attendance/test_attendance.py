"""Attendance: marks that stay, and what counts by the vectors of docs/rules.md 2.6 and 6.2."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from meetings.planning.domain import moving, planning
from partners.models import Outsider
from registrations.attendance.domain import attendance, roster, taking_back
from registrations.attendance.exceptions import AttendanceRefused, ReasonWanted
from registrations.models import Attendance, Evidence, Seen, Source
from registrations.seats.domain import withdrawing
from tests.factories import NOW, SWEEP, a_group, a_meeting, a_network, a_person, a_registration

pytestmark = pytest.mark.django_db
AT = datetime(2020, 10, 14, 16, 30, tzinfo=UTC)


@pytest.fixture
def network():
    return a_network(meetings=0)


@pytest.fixture
def meeting(network):
    return a_meeting(network)


@pytest.fixture
def registration(network, meeting):
    return a_registration(network)


def wall(meeting, hour, minute=0):
    return planning.instant(meeting.on, time(hour, minute), meeting.zone)


def mark(registration, meeting, seen=Seen.PRESENT, **fields):
    return attendance.mark_attendance(
        registration=registration, meeting=meeting, seen=seen, **{"by": SWEEP, "at": AT, **fields}
    )


def figures(registration, meeting):
    row = Attendance.objects.get(registration=registration, meeting=meeting)
    return row.status, row.minutes_attended, row.minutes_counted, row.reason


def test_a_tick_is_start_to_end(registration, meeting):
    evidence = mark(registration, meeting)
    assert (evidence.arrived_at, evidence.left_at) == (meeting.starts_at, meeting.ends_at)
    assert figures(registration, meeting) == ("present", 180, 180, "full")


@pytest.mark.parametrize(
    ("arrived", "left", "attended", "counted", "reason"),
    [
        ((9, 30), None, 150, 150, "rounded"),
        ((9, 8), None, 172, 180, "full"),
        ((9, 11), None, 169, 165, "rounded"),
        (None, (10, 45), 105, 105, "rounded"),
        (None, (10, 0), 60, 0, "too_short"),
        ((8, 52), (12, 40), 180, 180, "full"),
    ],
)
def test_times_are_kept_and_clipped_only_when_counted(
    registration, meeting, arrived, left, attended, counted, reason
):
    arrived = wall(meeting, *arrived) if arrived else None
    left = wall(meeting, *left) if left else None
    evidence = mark(registration, meeting, arrived=arrived, left=left)
    assert (evidence.arrived_at, evidence.left_at) == (
        arrived or meeting.starts_at,
        left or meeting.ends_at,
    )
    assert figures(registration, meeting) == ("present", attended, counted, reason)


def test_times_that_miss_the_meeting_are_refused(registration, meeting):
    with pytest.raises(AttendanceRefused, match="outside the meeting"):
        mark(registration, meeting, arrived=wall(meeting, 12), left=wall(meeting, 13))
    with pytest.raises(AttendanceRefused, match="outside the meeting"):
        mark(registration, meeting, left=wall(meeting, 8, 30))
    assert Evidence.objects.count() == 0


def test_leaving_before_arriving_is_refused(registration, meeting):
    with pytest.raises(AttendanceRefused, match="can't be before"):
        mark(registration, meeting, arrived=wall(meeting, 11), left=wall(meeting, 10))


def test_absent_is_said_not_supposed(registration, meeting):
    assert Attendance.objects.count() == 0
    mark(registration, meeting, seen=Seen.ABSENT)
    assert figures(registration, meeting) == ("absent", 0, 0, "absent")


def test_the_same_mark_twice_is_one(registration, meeting):
    first = mark(registration, meeting)
    assert mark(registration, meeting, at=AT + timedelta(minutes=1)) == first
    assert Evidence.objects.count() == 1


def test_a_correction_wants_a_reason(registration, meeting):
    mark(registration, meeting, by=Outsider("Anna"))
    with pytest.raises(ReasonWanted, match="Anna has already marked"):
        mark(registration, meeting, seen=Seen.ABSENT)
    assert figures(registration, meeting)[0] == "present"


def test_a_correction_keeps_the_old_mark(registration, meeting):
    old = mark(registration, meeting)
    new = mark(registration, meeting, left=wall(meeting, 10, 45), reason="left early")
    old.refresh_from_db()
    assert (old.replaced_at, old.replaced_by, new.reason) == (AT, new, "left early")
    assert figures(registration, meeting)[2] == 105


def test_clear_leaves_the_person_unmarked_and_the_mark_on_record(registration, meeting):
    mark(registration, meeting)
    taking_back.clear_mark(
        registration=registration, meeting=meeting, by=Outsider("Anna"), at=AT, reason="wrong person"
    )
    assert Attendance.objects.count() == 0
    old = Evidence.objects.get()
    assert (old.taken_back_by, old.taken_back_reason, old.replaced_at) == ("Anna", "wrong person", AT)


def test_nobody_marks_themselves(registration, meeting):
    with pytest.raises(AttendanceRefused, match="mark yourself"):
        mark(registration, meeting, by=registration.person)


def test_a_registration_of_another_network_is_refused(meeting):
    stranger = a_registration(a_network())
    with pytest.raises(AttendanceRefused, match="another network"):
        mark(stranger, meeting)


def test_somebody_on_the_waitlist_is_refused(meeting, network):
    network.seats = 0
    network.save()
    with pytest.raises(AttendanceRefused, match="have a seat"):
        mark(a_registration(network), meeting)


def test_a_cancelled_meeting_is_refused(registration, meeting):
    meeting.status = "cancelled"
    meeting.save()
    with pytest.raises(AttendanceRefused, match="cancelled"):
        mark(registration, meeting)


def test_imports_add_up_as_a_union_and_a_mark_by_hand_decides(registration, meeting):
    for arrived, left in [((9, 0), (10, 30)), ((10, 0), (11, 0)), ((11, 30), (12, 0))]:
        mark(
            registration,
            meeting,
            source=Source.IMPORT,
            arrived=wall(meeting, *arrived),
            left=wall(meeting, *left),
        )
    assert figures(registration, meeting) == ("present", 150, 150, "rounded")
    mark(registration, meeting, seen=Seen.ABSENT)
    assert figures(registration, meeting) == ("absent", 0, 0, "absent")


def test_no_minute_counts_at_two_meetings_held_at_once(registration, meeting, network):
    group = a_group(network)
    at_once = a_meeting(network, working_group=group, start_time=time(11), end_time=time(14))
    mark(registration, meeting)
    mark(registration, at_once)
    assert figures(registration, meeting)[2] == 180
    assert figures(registration, at_once) == ("present", 180, 120, "elsewhere")


def test_all_present_marks_only_the_unmarked_and_never_who_marks(meeting, network):
    me = a_person()
    a_registration(network, me)
    absent, first, second = (a_registration(network) for _ in range(3))
    mark(absent, meeting, seen=Seen.ABSENT)
    batch = attendance.mark_all_present(meeting=meeting, by=me, at=AT)
    marked = Evidence.objects.filter(batch=batch).values_list("registration", flat=True)
    assert set(marked) == {first.pk, second.pk}
    assert Attendance.objects.filter(status="present").count() == 2


def test_all_present_again_marks_nobody(registration, meeting):
    attendance.mark_all_present(meeting=meeting, by=SWEEP, at=AT)
    assert attendance.mark_all_present(meeting=meeting, by=SWEEP, at=AT) is None


def test_undoing_all_present_leaves_what_was_corrected_since(meeting, network):
    corrected, other = a_registration(network), a_registration(network)
    batch = attendance.mark_all_present(meeting=meeting, by=SWEEP, at=AT)
    mark(corrected, meeting, left=wall(meeting, 11), reason="left early")
    assert taking_back.undo_all_present(meeting=meeting, batch=batch, by=Outsider("Anna"), at=AT) == 1
    assert [row.registration for row in Attendance.objects.all()] == [corrected]
    assert Evidence.objects.get(registration=other).taken_back_by == "Anna"


def test_all_present_at_a_group_meeting_is_for_its_members(network):
    group = a_group(network)
    meeting = a_meeting(network, working_group=group)
    member = a_registration(network)
    a_registration(network)
    member.group_memberships.create(working_group=group, joined_at=AT)
    attendance.mark_all_present(meeting=meeting, by=SWEEP, at=AT)
    assert [mark.registration for mark in Evidence.objects.all()] == [member]


def test_all_present_asks_as_much_for_thirty_as_for_one(network, meeting, django_assert_num_queries):
    mark(a_registration(network), a_meeting(network, on=meeting.on, title="Earlier"))
    for _ in range(30):
        a_registration(network)
    with django_assert_num_queries(14):
        attendance.mark_all_present(meeting=meeting, by=SWEEP, at=AT)


def test_follow_keeps_ticks_whole_and_typed_times_on_the_new_day(registration, meeting, network):
    typed = a_registration(network)
    mark(registration, meeting)
    mark(typed, meeting, left=wall(meeting, 10, 45))
    longer = moving.rescheduled(on=date(2020, 10, 15), end_time=time(12, 30))
    moving.change_meetings([meeting], longer, by=SWEEP, at=AT, reason="wrong day")
    meeting.refresh_from_db()
    assert figures(registration, meeting)[1:3] == (210, 210)
    assert figures(typed, meeting)[1:3] == (105, 105)
    assert Evidence.objects.count() == 4


def test_a_correction_has_the_issued_document_reviewed(registration, meeting):
    from model_bakery import baker

    from registrations.models import Document

    mark(registration, meeting)
    document = baker.make(
        Document,
        registration=registration,
        person=registration.person,
        network=registration.network,
        kind="attendance",
        status="valid",
        code="A" * 16,
        snapshot={},
        number="1",
        replaced_by=None,
        to_be_reviewed_at=None,
    )
    mark(registration, meeting, left=wall(meeting, 11), reason="left early")
    document.refresh_from_db()
    assert document.to_be_reviewed_at == AT


def test_nobody_is_marked_before_the_day_of_the_meeting(registration, meeting):
    evening = planning.instant(meeting.on - timedelta(days=1), time(23, 59), meeting.zone)
    with pytest.raises(AttendanceRefused, match="Wed, Oct 14, 2020"):
        mark(registration, meeting, at=evening)
    with pytest.raises(AttendanceRefused):
        attendance.mark_all_present(meeting=meeting, by=SWEEP, at=evening)
    assert mark(registration, meeting, at=evening + timedelta(minutes=1)).seen == Seen.PRESENT


def test_minutes_after_one_meeting_count_at_the_next_that_overlaps_it(network, registration, meeting):
    next_one = a_meeting(network, title="Overlapping", start_time=time(11, 30), end_time=time(14, 30))
    mark(registration, meeting, left=wall(meeting, 13))
    mark(registration, next_one, arrived=wall(meeting, 12))
    assert figures(registration, meeting)[2] == 180
    assert figures(registration, next_one)[2] == 150


def test_who_left_and_came_back_is_one_person_on_the_desk(network, registration, meeting):
    mark(registration, meeting, left=wall(meeting, 10, 30))
    withdrawing.leave_network(registration, by=SWEEP, at=NOW)
    a_registration(network, registration.person)
    assert roster.progress(meeting) == roster.Progress(here=1, absent=0, unmarked=0)
    assert attendance.mark_all_present(meeting=meeting, by=SWEEP, at=AT) is None
