"""How we know what counts for one person: of each meeting the kinds of evidence, and every mark."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from meetings.models import Meeting
from registrations.models import Attendance, Evidence, Registration
from stemnet import wording


@dataclass(frozen=True)
class Known:
    """One meeting of one person: every mark, standing or replaced, and what counts, if anything does."""

    meeting: Meeting
    marks: list[Evidence] = field(default_factory=list)
    attendance: Attendance | None = None

    @property
    def hours(self) -> str:
        """Return the hours that count: "1.75 hours"."""
        seen = self.attendance
        return wording.hours_phrase(seen.minutes_counted) if seen else ""


def known_of(registration: Registration, attendances: Iterable[Attendance], *, at: datetime) -> list[Known]:
    """Return what is known of a person at the meetings that have begun and concern them, in order.

    Two statements; ``attendances`` are those of the person in the network.
    """
    marks: dict[int, list[Evidence]] = defaultdict(list)
    theirs = Evidence.objects.filter(registration__person=registration.person_id)
    for mark in theirs.filter(meeting__network=registration.network_id).order_by("at", "pk"):
        marks[mark.meeting_id].append(mark)
    groups = registration.group_memberships.values("working_group")
    concerns = Q(working_group__isnull=True) | Q(working_group__in=groups)
    begun = Q(status=Meeting.Status.SCHEDULED, starts_at__lte=at) & concerns
    meetings = Meeting.objects.filter(Q(pk__in=marks) | begun, network=registration.network_id)
    counted = {one.meeting_id: one for one in attendances}
    return [
        Known(meeting, marks[meeting.pk], counted.get(meeting.pk))
        for meeting in meetings.order_by("starts_at", "pk")
    ]
