"""Words of the staff pages: when a mark was made, on the meeting's clock."""

from datetime import datetime

from django import template

from meetings.models import Meeting
from registrations.attendance.domain import roster
from registrations.credit.domain.credit_words import total_words
from registrations.credit.domain.readiness import Readiness
from registrations.desk.pages import meeting_lines as pages
from registrations.models import Evidence, Registration
from stemnet.wording import moment_near

register = template.Library()


@register.filter
def marked_at(moment: datetime, meeting: Meeting) -> str:
    """Say when something was done about a meeting: with its date where that was another day."""
    return moment_near(moment, meeting.zone, meeting.on)


@register.filter
def registration_status(status: str) -> str:
    """Say the status of a registration in a row of history."""
    return str(Registration.Status(status).label) if status in Registration.Status.values else status


@register.filter
def total_line(readiness: Readiness) -> str:
    """Say one person's total; hours of attendance only, while the network lacks something for points."""
    return total_words(readiness.total, awards_units=not readiness.course.lacks)


register.filter(pages.progress_line)


@register.filter
def notes(registration: Registration) -> list[str]:
    """Say how somebody comes to the meeting with whose notes they were fetched."""
    return roster.notes_of(registration)


@register.filter
def away_words(seen: Evidence, meeting: Meeting) -> str:
    """Return when somebody was out in between."""
    return roster.away_words(seen, meeting)
