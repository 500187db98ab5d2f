"""Make-up work: minutes that staff approve for what somebody missed of a meeting (docs/rules.md 6.6)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.models import Meeting
from partners.models import Actor, Person, acted, local_day
from registrations.attendance.domain.attendance import check_markable, locked, recount, replace
from registrations.attendance.domain.taking_back import take_back
from registrations.attendance.exceptions import (
    AttendanceRefused,
    MakeUpOutOfTime,
    MakeUpRefused,
    ReasonWanted,
)
from registrations.credit.domain.credits import count_meeting
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.sessions import session_of
from registrations.models import Attendance, CreditRule, Evidence, Registration, Seen, Source
from registrations.models.attendance.attendance import EvidenceQuerySet

CHANGED = gettext_lazy("Somebody changed this make-up work in the meantime. Look at it again.")


@transaction.atomic
def approve_make_up(
    *,
    registration: Registration,
    meeting: Meeting,
    minutes: int,
    done: str,
    done_on: date,
    by: Actor,
    at: datetime,
    instead_of: int | None = None,
    reason: str = "",
) -> Evidence:
    """Write down make-up work, of at most what was missed, and work out what counts; return the mark.

    ``done`` says what was done and ``by`` approves it. ``instead_of`` (a key) is the mark that this corrects,
    for a ``reason``. Raises AttendanceRefused, and MakeUpRefused with the field that it is about.
    """
    meeting = locked(meeting)
    check_approver(registration, meeting, by=by)
    check_over(meeting, done_on, at=at)
    old = standing(registration, meeting, instead_of, reason) if instead_of else None
    check_new(registration, meeting, minutes, done.strip(), done_on, instead_of=old)
    check_missed(registration, meeting, minutes, instead_of=old)
    new = Evidence(
        registration=registration,
        meeting=meeting,
        source=Source.MAKE_UP,
        seen=Seen.PRESENT,
        minutes=minutes,
        done_on=done_on,
        at=at,
        reason=done.strip(),
        **acted(by),
    )
    replace(old, new, at=at)
    if old:
        take_back(old, reason=reason.strip(), by=by, at=at)
    recount(meeting, [registration.pk], at=at)
    return new


@transaction.atomic
def take_back_make_up(
    *, registration: Registration, meeting: Meeting, mark: int, by: Actor, at: datetime, reason: str
) -> None:
    """Take back make-up work (its key), for a reason; it stays as evidence. Raises AttendanceRefused."""
    meeting = locked(meeting)
    check_approver(registration, meeting, by=by)
    take_back(standing(registration, meeting, mark, reason), reason=reason.strip(), by=by, at=at)
    recount(meeting, [registration.pk], at=at)


def approved(registration: Registration, meeting: Meeting) -> EvidenceQuerySet:
    """Return the make-up work of a person that stands, whichever registration it is on."""
    theirs = Evidence.objects.standing().filter(meeting=meeting, source=Source.MAKE_UP)
    return theirs.filter(registration__person=registration.person_id)


def minutes_open(registration: Registration, meeting: Meeting, *, without: Evidence | None = None) -> int:
    """Return how many minutes were missed and are not made up for yet, but by ``without``."""
    version = CreditRule.objects.version_for(registration.network)
    scheduled = int(
        count_meeting(session_of(meeting), [], rule_of(registration.network, version)).minutes_scheduled
    )
    rows = Attendance.objects.filter(meeting=meeting, registration__person=registration.person_id)
    seen = max((row.minutes_attended - row.minutes_made_up for row in rows), default=0)
    others = approved(registration, meeting)
    if without is not None:
        others = others.exclude(pk=without.pk)
    return max(scheduled - seen - sum(mark.minutes or 0 for mark in others), 0)


def check_approver(registration: Registration, meeting: Meeting, *, by: Actor) -> None:
    """Raise AttendanceRefused unless ``by`` may approve what this person made up for."""
    if isinstance(by, Person) and registration.person_id == by.pk:
        raise AttendanceRefused(
            sentence=_("You can't approve your own make-up work. Ask another staff member.")
        )
    check_markable(registration, meeting, by=by, source=Source.MAKE_UP)


def check_over(meeting: Meeting, done_on: date, *, at: datetime) -> None:
    """Raise AttendanceRefused before the meeting is over; the work is done from its day until today."""
    if at < meeting.ends_at:
        raise AttendanceRefused(
            sentence=_("This meeting isn't over yet. You can add make-up work once it is.")
        )
    if not meeting.on <= done_on <= local_day(at, meeting.zone):
        raise MakeUpOutOfTime(sentence=_("The date has to be between the day of the meeting and today."))


def check_new(
    registration: Registration,
    meeting: Meeting,
    minutes: int,
    done: str,
    done_on: date,
    *,
    instead_of: Evidence | None,
) -> None:
    """Raise MakeUpRefused for what stands already, word for word: a button pressed twice."""
    same = approved(registration, meeting).filter(minutes=minutes, reason=done, done_on=done_on)
    if any(mark != instead_of for mark in same):
        raise MakeUpRefused(sentence=_("This make-up work was already added."))


def check_missed(
    registration: Registration, meeting: Meeting, minutes: int, *, instead_of: Evidence | None
) -> None:
    """Raise MakeUpRefused for more minutes than were missed."""
    most = minutes_open(registration, meeting, without=instead_of)
    if 0 < minutes <= most:
        return
    if not most:
        raise MakeUpRefused(sentence=_("Nothing is left to make up for at this meeting."))
    sentence = ngettext(
        "%(most)s minute can be made up for: no more was missed.",
        "Up to %(most)s minutes can be made up for: no more was missed.",
        most,
    )
    raise MakeUpRefused(sentence=sentence % {"most": most})


def standing(registration: Registration, meeting: Meeting, key: int, reason: str) -> Evidence:
    """Return a mark that stands. Raises AttendanceRefused where it doesn't, ReasonWanted without a reason."""
    mark = approved(registration, meeting).filter(pk=key).first()
    if mark is None:
        raise AttendanceRefused(sentence=str(CHANGED))
    if not reason.strip():
        raise ReasonWanted(sentence=_("Say why. We keep the reason with the record."))
    return mark
