"""What the page of a meeting says to whoever is registered: whether they come, or what counted; who comes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from meetings.groups.domain.team_attendance import people_once
from meetings.models import Meeting, meeting_roles
from meetings.models.gathering.meeting_roles import SeenMeeting
from partners.models import Job, Person, local_day
from registrations.attendance.domain.room_codes import is_open
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_offers import minutes_given
from registrations.credit.domain.credit_words import (
    attendance_words,
    make_up_words,
    measure_words,
    total_words,
)
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.sessions import session_of
from registrations.credit.domain.summing import Total
from registrations.credit.domain.totals import that_count, total_of, was_there
from registrations.models import Attendance, CreditRule, PlannedAbsence, Registration
from stemnet import wording


def own_state(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return what ``person`` said or what was seen of them; nothing for whoever has nothing to do with it.

    At most four statements, and one more for whoever sends a substitute or is one.
    """
    if person is not None and meeting.is_of_team:
        return team_state(meeting, person, at=at)
    if person is None or meeting.network is None or not (meeting.is_registered or meeting.has_attended):
        return None
    if meeting.has_attended or meeting.ends_at <= at:
        return {"meeting": meeting, "state": "over", **what_counted(meeting, person, at=at)}
    if meeting.is_cancelled:
        return None
    has_seat, missed_at, comes_or_sends = said_before(meeting, person)
    sent, for_whom = others_of(meeting, person) if comes_or_sends else ("", "")
    return {
        "meeting": meeting,
        "state": "ahead",
        "missed_at": missed_at,
        "said_on": wording.day(local_day(missed_at, meeting.zone)) if missed_at else "",
        "sent": sent,
        "for_whom": for_whom,
        "has_seat": has_seat,
        "can_send": has_seat and not missed_at and meeting.starts_at > at,
        "hours": hours_offered(meeting),
        "checks_in": is_open(meeting, at=at),
    }


def said_before(meeting: Meeting, person: Person) -> tuple[bool, datetime | None, bool]:
    """Return whether ``person`` has a seat, when they said they can't come, and whether others are at play.

    One statement.
    """
    said = PlannedAbsence.objects.filter(registration=OuterRef("pk"), meeting=meeting).values("said_at")[:1]
    of_them = Q(registration=OuterRef("pk")) | Q(guest__registration=OuterRef("pk"))
    at_play = Exists(meeting.substitutes.coming().filter(of_them))
    mine = Registration.objects.filter(person=person, network=meeting.network_id)
    rows = mine.annotate(missed_at=Subquery(said), at_play=at_play).values_list(
        "status", "missed_at", "at_play"
    )
    seats = [missed_at for status, missed_at, _at_play in rows if status == Registration.Status.SEATED]
    return bool(seats), next(iter(seats), None), any(at_play for *_rest, at_play in rows)


def others_of(meeting: Meeting, person: Person) -> tuple[str, str]:
    """Return who comes for ``person``, and for whom they come; one statement."""
    mine = Registration.objects.filter(person=person, network=meeting.network_id)
    rows = meeting.substitutes.coming().select_related("registration__person", "guest__registration__person")
    sent = for_whom = ""
    for one in rows.filter(Q(registration__in=mine) | Q(guest__registration__in=mine)):
        if one.registration.person_id == person.pk:
            sent = one.name
        else:
            for_whom = str(one.registration.person)
    return sent, for_whom


def team_state(meeting: SeenMeeting, person: Person, *, at: datetime) -> dict[str, Any] | None:
    """Return the same of a team's meeting, which counts nothing, for those who are on it; one statement."""
    own = next((one for one in people_once(meeting) if one.pk == person.pk), None)
    is_over = meeting.ends_at <= at
    if own is None or (meeting.is_cancelled and not is_over):
        return None
    said_at = own.said_absent_at
    return {
        "meeting": meeting,
        "state": "over" if is_over else "ahead",
        "missed_at": said_at,
        "said_on": wording.day(local_day(said_at, meeting.zone)) if said_at else "",
        "seen": own.came is not None,
        "was_there": bool(own.came),
    }


def hours_offered(meeting: Meeting) -> str:
    """Say what the meeting counts for who is there from start to end; nothing where nothing counts."""
    if meeting.network is None:
        return ""
    version = CreditRule.objects.known_now().version_for(meeting.network)
    minutes = minutes_given([session_of(meeting)], rule_of(meeting.network, version))[0]
    return wording.hours_phrase(minutes) if minutes else ""


def what_counted(meeting: Meeting, person: Person, *, at: datetime) -> dict[str, Any]:
    """Return what was seen of ``person`` at ``meeting``, and how far they are in its network."""
    rows = Attendance.objects.filter(registration__person=person, meeting__network=meeting.network_id)
    best: dict[int, Attendance] = {}
    for one in rows.select_related("meeting__working_group").order_by("minutes_counted"):
        best[one.meeting_id] = one
    seen = best.get(meeting.pk)
    here = seen is not None and was_there(seen)
    return {
        "seen": seen,
        "was_there": here,
        "span": span_words(seen, meeting) if seen and here else "",
        "made_up": make_up_words(seen.minutes_made_up, seen.made_up_by) if seen else "",
        "hours": wording.hours_row(seen.minutes_counted) if seen and here else "",
        "far": far_words(meeting, list(best.values()), at=at),
    }


def span_words(seen: Attendance, meeting: Meeting) -> str:
    """Say from when to when somebody was there, such as "8:52 a.m. to 12 noon"."""
    if seen.arrived_at is None and seen.minutes_made_up:
        return ""
    zone = ZoneInfo(meeting.zone)
    start, end = seen.arrived_at or meeting.starts_at, seen.left_at or meeting.ends_at
    words = {"start": wording.clock(start.astimezone(zone)), "end": wording.clock(end.astimezone(zone))}
    return _("%(start)s to %(end)s") % words


def far_words(meeting: Meeting, rows: list[Attendance], *, at: datetime) -> str:
    """Say how far somebody is in the network, such as "6 of 10 hours"."""
    network = meeting.network
    if network is None or not rows:
        return ""
    version = CreditRule.objects.known_now().version_for(network)
    total: Total = total_of(that_count(rows, at=at), rule_of(network, version), network)
    if lacking(network, version) or not total.rule.unit_label:
        return attendance_words(total.hours)
    return measure_words(total) if total.below_minimum else total_words(total)


def who_comes(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return how many are coming, by what they do, to those of the meeting; afterwards who came, to staff.

    Nobody is named: no choice to be named at a meeting exists.
    """
    over = meeting.ends_at <= at
    shown = meeting.is_run if over else meeting_roles.is_among(meeting)
    if meeting.is_of_team or meeting.is_cancelled or not shown:
        return None
    people = Registration.objects.expected_at(meeting)
    absent = PlannedAbsence.objects.filter(registration=OuterRef("pk"), meeting=meeting)
    came = Attendance.objects.filter(registration=OuterRef("pk"), meeting=meeting, status="present")
    counted = people.annotate(here=Exists(came) if over else ~Exists(absent))
    rows = list(counted.order_by().values("position__job", "here").annotate(number=Count("pk")))
    if not rows:
        return None
    return {"over": over, "desk": meeting.uid if meeting.is_run else None, **by_job(rows)}


def by_job(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how many of how many are here, and those who are by what they do, the most first."""
    here: Counter[str] = Counter()
    total = 0
    for row in rows:
        total += row["number"]
        if row["here"]:
            here[row["position__job"] or Job.OTHER] += row["number"]
    jobs = [(Job(job).label, number) for job, number in here.most_common()]
    return {"number": sum(here.values()), "total": total, "jobs": jobs}


def tell_materials(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return what the button to tell people of materials needs, for whoever runs the meeting."""
    return {"meeting": meeting} if meeting.is_run else None
