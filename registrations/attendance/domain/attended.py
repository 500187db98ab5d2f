"""At which meetings somebody was seen."""

from meetings.models import Meeting
from meetings.models.planning.meeting import MeetingQuerySet
from partners.models import Person
from registrations.models import Attendance
from registrations.models.attendance.attendance import Seen


def meetings_attended(person: Person) -> MeetingQuerySet:
    """Return the meetings at which ``person`` was seen, however short."""
    seen = Attendance.objects.filter(registration__person=person, status=Seen.PRESENT)
    return Meeting.objects.filter(pk__in=seen.values("meeting"))
