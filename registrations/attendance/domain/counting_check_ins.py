"""What counts follows who checked in on their own phones, within a minute: one recount for all of a meeting.

Until then the desk counts them by their marks (`roster`).
"""

from datetime import datetime

from django.db import transaction

from meetings.models import Meeting
from registrations.attendance.domain.attendance import locked, recount
from registrations.models import Evidence


def count_check_ins(*, at: datetime) -> int:
    """Let the figures follow every mark that waits for it; return at how many meetings.

    A sweep, safe to run late or twice; saying that attendance is complete does not wait for it.
    """
    waiting = Evidence.objects.filter(uncounted=True).values("meeting")
    meetings = list(Meeting.objects.filter(pk__in=waiting).select_related("network"))
    for meeting in meetings:
        count_meeting(meeting, at=at)
    return len(meetings)


@transaction.atomic
def count_meeting(meeting: Meeting, *, at: datetime) -> None:
    """Do it for one meeting, under the lock of its network."""
    meeting = locked(meeting)
    marks = dict(Evidence.objects.filter(meeting=meeting, uncounted=True).values_list("pk", "registration"))
    if marks:
        recount(meeting, list(set(marks.values())), at=at)
        Evidence.objects.filter(pk__in=marks).update(uncounted=False)
