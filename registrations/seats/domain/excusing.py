"""Staff excuse somebody from one meeting, before or after it, for a reason; that counts no hours."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor
from registrations.models import Attendance, PlannedAbsence, Registration, Seen, StaffAct
from registrations.seats.domain import seats, staff_acts
from registrations.seats.domain.calendar_revisions import raise_revisions
from registrations.seats.domain.reminding import take_back_from
from registrations.seats.emails import staff_acts as emails
from registrations.seats.exceptions import WithdrawingRefused
from stemnet import jobs
from stemnet.telling import tell


@jobs.finishing()
@transaction.atomic
def excuse(
    registration: Registration, meeting: Meeting, *, by: Actor, at: datetime, reason: str
) -> PlannedAbsence:
    """Excuse somebody with a seat from ``meeting``, before or after it. Raises WithdrawingRefused.

    Excused already, they stay so: the first reason stands.
    """
    reason = staff_acts.reason_of(reason)
    seats.lock_network(registration.network)
    fresh = Registration.objects.select_related("person", "network").get(pk=registration.pk)
    meeting = Meeting.objects.get(pk=meeting.pk)
    _check(fresh, meeting)
    absence = fresh.planned_absences.filter(meeting=meeting).first()
    if absence is not None and absence.excused_by_name:
        return absence
    said_before = absence is not None
    if absence is None:
        absence = PlannedAbsence(registration=fresh, meeting=meeting, said_at=at)
    absence.reason, absence.excused_by_name = reason, str(by)[:200]
    absence.save()
    if not said_before and meeting.ends_at > at:
        _keep_free(fresh, meeting, at=at)
    act = staff_acts.note(
        StaffAct.Kind.EXCUSED,
        fresh,
        by=by,
        at=at,
        reason=reason,
        before={"said": said_before},
        meeting=meeting,
    )
    tell(emails.staff_acted, act, at=at)
    return absence


def take_back_excuse(act: StaffAct, *, at: datetime) -> None:
    """Let an excuse count no more; what the person said themselves stays. Whoever calls holds the network."""
    meeting = act.meeting
    mine = PlannedAbsence.objects.filter(registration=act.registration, meeting=meeting)
    if act.before.get("said"):
        mine.update(reason="", excused_by_name="")
    elif mine.delete()[0] and meeting is not None and meeting.ends_at > at:
        raise_revisions(act.registration.person, [meeting], at=at)


def _keep_free(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Let somebody else have the place, and the calendar and reminders know."""
    raise_revisions(registration.person, [meeting], at=at)
    registration.chosen_ways.filter(meeting=meeting).delete()
    take_back_from(registration, of=meeting)


def _check(registration: Registration, meeting: Meeting) -> None:
    """Raise WithdrawingRefused unless somebody is expected at the meeting and was not there."""
    if not registration.is_seated:
        raise WithdrawingRefused(sentence=_("They don't have a seat in this network."))
    if meeting.network_id != registration.network_id:
        raise WithdrawingRefused(sentence=_("This meeting belongs to another network."))
    if meeting.is_cancelled:
        raise WithdrawingRefused(sentence=_("This meeting was cancelled, so nobody misses it."))
    there = Attendance.objects.filter(meeting=meeting, status=Seen.PRESENT)
    if there.filter(registration__person=registration.person_id).exists():
        raise WithdrawingRefused(sentence=_("They were at this meeting."))
