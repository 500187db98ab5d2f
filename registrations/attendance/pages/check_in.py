"""Where somebody stands who has the code of a room: on the list or not, here since when, what it counts."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from meetings.gathering.domain.agenda import agenda_of
from meetings.gathering.pages.agenda import clock_of, with_agenda
from meetings.models import Meeting
from partners.models import Person, local_day
from registrations.attendance.domain import checking_in
from registrations.attendance.domain.checking_in import Own, SeatedMeeting
from registrations.attendance.domain.leaving import Counted, would_count
from registrations.attendance.domain.passes import Pass
from registrations.attendance.domain.room_codes import meetings_between
from registrations.models import AttendanceCompletion, DoorRequest, Evidence, Registration
from registrations.seats.domain.belonging import meetings_with_seat
from stemnet import wording

Page = dict[str, Any]


def here_page(
    admitted: Pass, person: Person | None, *, at: datetime, asked: str | None, leaving: bool
) -> Page | None:
    """Return what the page shows in its ``state``; None where the meeting is there no more."""
    meeting = meeting_of(admitted, person)
    if meeting is None:
        return None
    request = DoorRequest.objects.filter(uid=asked, meeting=meeting).first() if asked else None
    page = {"meeting": meeting, "when": when_words(meeting, at=at), "asked": request}
    if person is not None:
        page |= {"token": admitted.signed_for(person), "now": int(at.timestamp() * 1000)}
    if meeting.is_cancelled:
        return {**page, "state": "over"}
    if person is None:
        return {**page, "state": door_state(request) if request else "signed_out"}
    if meeting.seat is None:
        return {**page, "state": door_state(request), "elsewhere": other_rooms(meeting, person, at=at)}
    own = checking_in.own_marks(meeting, person)
    same_phone = request is not None and request.why == DoorRequest.Why.SAME_PHONE
    if same_phone and own.mine is None and own.by_hand is None:
        return {**page, "state": door_state(request)}
    return {**page, **own_page(admitted, meeting, own, person, at=at, leaving=leaving)}


def meeting_of(admitted: Pass, person: Person | None) -> "SeatedMeeting | None":
    """Return the meeting of a pass, with the seat of ``person``."""
    found = checking_in.seated_meetings(person).filter(uid=admitted.meeting)
    return with_agenda(found.select_related("network", "working_group")).first()


def door_state(request: DoorRequest | None) -> str:
    """Return the state of somebody who can't check in by themselves."""
    if request is None:
        return "not_listed"
    states = DoorRequest.State
    return {states.WAITING: "asked", states.LET_IN: "let_in"}.get(states(request.state), "not_let_in")


def own_page(
    admitted: Pass, meeting: SeatedMeeting, own: Own, person: Person, *, at: datetime, leaving: bool
) -> Page:
    """Return the state of somebody on the list, and what it shows."""
    mine = own.mine
    if mine is None and own.by_hand is not None:
        return {"state": "marked", "mark": own.by_hand}
    if at >= meeting.ends_at or AttendanceCompletion.objects.filter(meeting=meeting).exists():
        return {"state": "over", "since": since_words(meeting, mine)}
    if mine is None:
        return {"state": "ready", "work": work_of(own.registration)}
    shown = {"since": since_words(meeting, mine), "can_undo": checking_in.may_undo(mine, at=at)}
    if not own.stays_in(meeting):
        return {**shown, "state": "left", **leaving_page(meeting, mine), "fresh": is_fresh(admitted, mine)}
    if leaving and own.by_hand is None:
        return {**shown, "state": "leave", **leaving_page(meeting, mine, at=at)}
    return {**shown, "state": "here", "next": up_next(meeting, at=at), "by_hand": own.by_hand}


def is_fresh(admitted: Pass, mark: Evidence) -> bool:
    """Return whether the code was typed after they left, so that they can say that they are back."""
    return mark.left_at is not None and admitted.at > mark.left_at


def leaving_page(meeting: Meeting, mark: Evidence, *, at: datetime | None = None) -> Page:
    """Return when somebody came, when they leave or left, and what it counts of the whole."""
    left = at or mark.left_at or meeting.ends_at
    counted = would_count(mark, meeting, left=left, at=left)
    return {
        "left": clock_at(left, meeting),
        "counts": wording.hours(counted.leaving),
        "whole": wording.hours_phrase(counted.whole),
        "staying": staying_words(counted),
    }


def staying_words(counted: Counted) -> str:
    """Say what whoever stays to the end gets; nothing where the meeting counts for nobody."""
    whole = wording.hours_phrase(counted.whole)
    if not counted.whole:
        return ""
    if counted.staying >= counted.whole:
        return _("you get all %(hours)s.") % {"hours": whole}
    if counted.staying:
        values = {"hours": wording.hours(counted.staying), "whole": whole}
        return _("you get %(hours)s of %(whole)s.") % values
    return _("but you came too late for this meeting to count.")


def since_words(meeting: Meeting, mark: Evidence | None) -> str:
    """Return since when somebody is here, on the meeting's clock."""
    return clock_at(mark.arrived_at, meeting) if mark and mark.arrived_at else ""


def clock_at(moment: datetime, meeting: Meeting) -> str:
    """Return a moment on the meeting's clock, such as "8:52 a.m."."""
    return wording.clock(moment.astimezone(ZoneInfo(meeting.zone)))


def when_words(meeting: Meeting, *, at: datetime) -> str:
    """Return when and where a meeting is, in one line; today is called so."""
    hours = wording.time_span(meeting.starts_at, meeting.ends_at, meeting.zone)
    day = wording.days_away(meeting.on, local_day(at, meeting.zone))
    where = meeting.room or meeting.venue
    return ", ".join(one for one in (day[:1].upper() + day[1:], hours, where) if one)


def up_next(meeting: SeatedMeeting, *, at: datetime) -> Page | None:
    """Return what begins next on the agenda."""
    agenda = agenda_of(meeting)
    minute = (at - meeting.starts_at) / timedelta(minutes=1)
    ahead = [one for one in agenda.lines if one.start >= minute and not one.is_break]
    if not ahead:
        return None
    return {"clock": clock_of(meeting, ahead[0]), "title": agenda.items[ahead[0].key].title}


def work_of(registration: int) -> str:
    """Return where somebody works, as their registration says."""
    found = Registration.objects.select_related("position__organization").get(pk=registration)
    return found.position.organization_name if found.position else ""


def other_rooms(meeting: Meeting, person: Person, *, at: datetime) -> list[Meeting]:
    """Return the meetings for which ``person`` has a seat and which are held now, in other rooms."""
    theirs = meetings_with_seat(person).values("pk")
    return list(meetings_between(at, at).filter(pk__in=theirs).exclude(pk=meeting.pk)[:2])
