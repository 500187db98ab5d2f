"""New rules of time zones: planned wall times become instants again, and what moved is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from meetings.models import Meeting
from meetings.planning.domain.zone_updates import apply_zone_data
from registrations.models import Reminder
from registrations.seats.domain.reminding import sweep_reminders
from tests.factories import a_meeting, a_network, a_registration

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 8, 18, tzinfo=UTC)
OLD = datetime(2027, 1, 15, 17, tzinfo=UTC)  # 9:00 in Vancouver by the rules of 2025
NEW = datetime(2027, 1, 15, 16, tzinfo=UTC)


@pytest.fixture
def meeting():
    """A meeting at nine in Vancouver, planned by older rules."""
    network = a_network(meetings=0, zone="America/Vancouver")
    made = a_meeting(network, on=date(2027, 1, 15))
    Meeting.objects.update(starts_at=OLD, ends_at=OLD + timedelta(hours=3))
    return made


def test_a_meeting_ahead_keeps_its_wall_time_and_gets_its_instants_anew(meeting):
    update = apply_zone_data(at=AT)
    assert [(one.meeting, one.starts_at) for one in update.moved] == [(meeting, OLD)]
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (NEW, NEW + timedelta(hours=3))
    assert (meeting.on, meeting.start_time.hour, meeting.sequence) == (date(2027, 1, 15), 9, 1)
    assert apply_zone_data(at=AT).moved == []


def test_a_meeting_that_has_begun_is_left_and_named(meeting):
    update = apply_zone_data(at=NEW + timedelta(minutes=30))
    assert (update.moved, [one.meeting for one in update.begun]) == ([], [meeting])
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (OLD, 0)


def test_a_wall_time_that_the_new_rules_lack_is_left_and_named():
    network = a_network(meetings=0)
    made = a_meeting(network, on=date(2027, 3, 13))
    Meeting.objects.update(on=date(2027, 3, 14), start_time="02:30", end_time="05:00")
    update = apply_zone_data(at=AT)
    assert [(one, "doesn't exist" in reason) for one, reason in update.refused] == [(made, True)]


def test_what_was_sent_by_the_old_rules_is_not_sent_again(meeting):
    a_registration(meeting.network, at=AT - timedelta(days=30))
    with time_machine.travel(AT, tick=False):
        assert sweep_reminders(at=AT) == 1
        call_command("apply_zone_data", verbosity=0)
        assert sweep_reminders(at=AT) == 0
    assert Reminder.objects.get().starts_at == NEW


def test_the_command_says_what_moved_and_a_dry_run_only_says_it(meeting, capsys):
    with time_machine.travel(AT, tick=False):
        call_command("apply_zone_data", "--dry-run")
        said = capsys.readouterr().out
        assert "would move: Opening meeting" in said
        assert "2027-01-15 09:00 America/Vancouver: 2027-01-15 17:00 UTC is now 2027-01-15 16:00 UTC" in said
        meeting.refresh_from_db()
        assert meeting.starts_at == OLD
        call_command("apply_zone_data")
    assert "1 moved, 0 left for you." in capsys.readouterr().out
