"""Writing to those who missed a meeting, once its attendance is complete; by day, and only while it is fresh.

Those are whoever was marked absent, and whoever said that they can't come and was not seen. Who was not
marked may have been there (docs/rules.md 6.2), and is not written to.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from meetings.models import Meeting
from partners.models import MailTopic, Preference, is_night
from registrations.attendance.emails import missed_letters
from registrations.models import Attendance, AttendanceCompletion, PlannedAbsence, Registration, Seen
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet.outbox import queueing

SETTLES_IN = timedelta(hours=1)  # in which a mark is corrected, or the attendance taken again
GRACE = timedelta(days=3)
FRESH = timedelta(days=14)


def sweep_missed(*, at: datetime) -> int:
    """Write to those who missed a meeting that was completed; return how many."""
    return sum(tell(completion, at=at) for completion in due(at))


def due(at: datetime) -> Iterator[AttendanceCompletion]:
    """Give the completions whose absent people were not written to, where it is day."""
    waiting = AttendanceCompletion.objects.filter(
        missed_told_at__isnull=True,
        at__gt=at - GRACE,
        at__lte=at - SETTLES_IN,
        meeting__ends_at__gt=at - FRESH,
        meeting__ends_at__lte=at,
        meeting__in=Meeting.objects.standing(),
    )
    for completion in waiting.select_related("meeting__network", "meeting__working_group"):
        if not is_night(at, completion.meeting.zone):
            yield completion


def tell(completion: AttendanceCompletion, *, at: datetime) -> int:
    """Render the mails, then write them with the note that they went; a faster sweep leaves nothing to do."""
    people = [one for one in who_missed(completion.meeting) if one.person.primary_address]
    mails = queueing.prepare_many(missed_letters(completion.meeting, people, at=at), at=at)
    waiting = AttendanceCompletion.objects.filter(pk=completion.pk, missed_told_at__isnull=True)
    with transaction.atomic():
        if not waiting.update(missed_told_at=at):
            return 0
        queueing.put(mails, at=at)
    return len(mails)


def who_missed(meeting: Meeting) -> RegistrationQuerySet:
    """Return those with a seat who were not there for sure, and want to hear of it."""
    absent = Attendance.objects.filter(meeting=meeting, status=Seen.ABSENT)
    excused = PlannedAbsence.objects.filter(meeting=meeting)
    came = Attendance.objects.filter(meeting=meeting, status=Seen.PRESENT)
    muted = Preference.objects.filter(topic=MailTopic.NEWS)
    people = Registration.objects.expected_at(meeting).filter(
        Q(pk__in=absent.values("registration")) | Q(pk__in=excused.values("registration"))
    )
    wanted = people.exclude(person__in=came.values("registration__person")).exclude(
        person__in=muted.values("person")
    )
    return wanted.select_related("network", "person").prefetch_related("person__emails").by_name()
