"""Saying of a team's meeting that one can't come, or can after all: calendars and reminders follow."""

from datetime import datetime

from django.db import transaction

from meetings.groups.domain import team_attendance
from meetings.models import Meeting
from partners.models import Person
from registrations.models import Reminder
from registrations.seats.domain.calendar_revisions import raise_revisions
from registrations.seats.domain.reminding import cancel_reminders


@transaction.atomic
def miss_meeting(person: Person, meeting: Meeting, *, at: datetime) -> None:
    """Say that ``person`` can't come, and remind them no more. Raises TeamMeetingRefused, NotOnTheTeam."""
    if team_attendance.say_absent(meeting, person=person, at=at):
        raise_revisions(person, [meeting], at=at)
    cancel_reminders(Reminder.objects.filter(person=person, meeting=meeting))


@transaction.atomic
def come_after_all(person: Person, meeting: Meeting, *, at: datetime) -> None:
    """Take that back. Raises TeamMeetingRefused, NotOnTheTeam."""
    if team_attendance.come_after_all(meeting, person=person, at=at):
        raise_revisions(person, [meeting], at=at)
