"""Snow days: what changes, how often the revision is raised, and what is refused."""

from datetime import UTC, date, datetime, time

import pytest

from meetings.models import MeetingChange
from meetings.planning.domain import moving
from meetings.planning.exceptions import MovingRefused, WallTimeRefused
from meetings.planning.signals import meetings_changed
from tests.factories import NOW, SWEEP, a_meeting, a_network

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 10, 15, tzinfo=UTC)


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0), venue="Marlborough", room="A")


@pytest.fixture
def heard():
    acts = []

    def hear(sender, changes, by, at, **kwargs):
        acts.append([(change.meeting.title, change.what, change.sequence) for change in changes])

    meetings_changed.connect(hear)
    yield acts
    meetings_changed.disconnect(hear)


def test_cancel_raises_the_revision_and_says_so_once(meeting, heard):
    other = a_meeting(meeting.network, on=date(2020, 12, 8), title="Second")
    moving.change_meetings([meeting, other], moving.cancelled(), by=SWEEP, at=NOW)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence, meeting.changed_at) == ("cancelled", 1, NOW)
    assert heard == [[("Opening meeting", "cancelled", 1), ("Second", "cancelled", 1)]]


def test_the_same_act_twice_changes_nothing(meeting, heard):
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    assert moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW) == []
    assert (len(heard), MeetingChange.objects.count()) == (1, 1)


def test_reschedule_keeps_the_hours_on_a_new_date_across_the_change_of_clocks(meeting):
    moving.change_meetings([meeting], moving.rescheduled(on=date(2020, 12, 9)), by=SWEEP, at=NOW)
    meeting.refresh_from_db()
    assert (meeting.start_time, meeting.starts_at) == (time(9), datetime(2020, 12, 9, 14, tzinfo=UTC))
    assert meeting.rescheduled
    change = meeting.changes.get()
    assert (change.before["on"], change.after["on"]) == ("2020-10-14", "2020-12-09")


def test_a_cancelled_meeting_stands_again_with_a_new_date(meeting):
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    moving.change_meetings([meeting], moving.rescheduled(on=date(2020, 12, 9)), by=SWEEP, at=NOW)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence) == ("scheduled", 2)


def test_a_time_that_the_clocks_skip_is_refused_and_nothing_is_half_done(meeting):
    with pytest.raises(WallTimeRefused, match="clocks change"):
        moving.change_meetings(
            [meeting], moving.rescheduled(on=date(2021, 3, 14), start_time=time(2, 30)), by=SWEEP, at=NOW
        )
    meeting.refresh_from_db()
    assert (meeting.on, meeting.sequence) == (date(2020, 10, 14), 0)


def test_an_unknown_zone_is_refused(meeting):
    with pytest.raises(WallTimeRefused, match="a time zone we know"):
        moving.change_meetings([meeting], moving.rescheduled(zone="America/Boston"), by=SWEEP, at=NOW)


def test_move_online_drops_the_place_and_wants_a_link(meeting):
    with pytest.raises(MovingRefused, match="no link"):
        moving.change_meetings([meeting], moving.moved_online(), by=SWEEP, at=NOW)
    moving.change_meetings(
        [meeting], moving.moved_online(join_url="https://video.example.org/1"), by=SWEEP, at=NOW
    )
    meeting.refresh_from_db()
    assert (meeting.modality, meeting.venue, meeting.moved_online) == ("online", "", True)


def test_change_place_leaves_what_is_empty(meeting):
    moving.change_meetings([meeting], moving.new_place(room="B", venue=""), by=SWEEP, at=NOW)
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.room, meeting.sequence) == ("Marlborough", "B", 1)


def test_a_cancelled_meeting_gets_no_new_room(meeting):
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    with pytest.raises(MovingRefused, match="was cancelled"):
        moving.change_meetings([meeting], moving.new_place(room="B"), by=SWEEP, at=NOW)


def test_a_meeting_that_has_begun_wants_a_reason(meeting):
    with pytest.raises(MovingRefused, match="Say why"):
        moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=PAST)
    assert (
        len(
            moving.change_meetings(
                [meeting], moving.cancelled(), by=SWEEP, at=PAST, reason="nobody could come"
            )
        )
        == 1
    )


def test_planned_writes_nothing(meeting):
    changes = moving.planned([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    assert [change.what for change in changes] == ["cancelled"]
    meeting.refresh_from_db()
    assert (meeting.status, MeetingChange.objects.count()) == ("scheduled", 0)
