"""How much a partner's people took part in a year, for its year in review. Counts, no names of people."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting
from partners.models import Organization
from registrations.models import Attendance, Seen
from stemnet import wording


@dataclass(frozen=True)
class Attended:
    """How much the partner's people took part: meetings, people, and minutes that count."""

    meetings: int
    people: int
    minutes: int


def attended(organization: Organization, begin: datetime, end: datetime) -> Attended:
    """Count the meetings of the year that people came to through the organization or a part of it."""
    through = Q(registration__position__organization=organization) | Q(
        registration__position__organization__part_of=organization
    )
    found = Attendance.objects.filter(
        through,
        status=Seen.PRESENT,
        meeting__status=Meeting.Status.SCHEDULED,
        meeting__starts_at__gte=begin,
        meeting__starts_at__lt=end,
    ).aggregate(
        meetings=Count("meeting", distinct=True),
        people=Count("registration__person", distinct=True),
        minutes=Sum("minutes_counted"),
    )
    return Attended(found["meetings"], found["people"], found["minutes"] or 0)


def meeting_lines(organization: Organization, *, begin: datetime, end: datetime, at: datetime) -> list[str]:
    """Say how much the partner took part; one query."""
    came = attended(organization, begin, end)
    return [
        ngettext("%(n)d meeting attended", "%(n)d meetings attended", came.meetings) % {"n": came.meetings},
        ngettext("%(n)d person came", "%(n)d people came", came.people) % {"n": came.people},
        _("Total hours that count: %(hours)s") % {"hours": wording.hours_row(came.minutes)},
    ]
