"""From evidence to attendance: what counts, by precedence of sources (docs/rules.md 6.1), worked out in bulk.

A mark by hand decides over imports; imports add up as the union of their intervals (docs/rules.md 2.5).
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from meetings.models import Meeting
from registrations.credit.domain.credits import MeetingCredit, Rule, Session, count_meeting
from registrations.credit.domain.intervals import Interval, clip, subtract
from registrations.credit.domain.rules import rule_for
from registrations.credit.domain.sessions import session_of
from registrations.models import BY_HAND, Attendance, Evidence, Seen

COLUMNS = [
    "status",
    "arrived_at",
    "left_at",
    "presenting",
    "minutes_scheduled",
    "minutes_attended",
    "minutes_counted",
    "reason",
    "source",
    "marked_by",
]
Seens = dict[int, list[Evidence]]


def derive_meeting(
    meeting: Meeting, *, at: datetime, registrations: Collection[int] | None = None
) -> set[int]:
    """Work out what counts at ``meeting`` and those at the same time; return keys of whose figures changed.

    ``registrations`` are keys; without them everyone of whom there is evidence. Queries do not grow with
    the number of people. A cancelled meeting keeps its evidence and counts for nobody.
    """
    if meeting.network is None:
        return set()
    together = held_together(meeting)
    sessions = [(one, session_of(one)) for one in together]
    evidence = Evidence.objects.standing().filter(meeting__in=together)
    known = Attendance.objects.filter(meeting__in=together)
    if registrations is not None:
        evidence = evidence.filter(registration__in=registrations)
        known = known.filter(registration__in=registrations)
    rule = rule_for(meeting.network)
    rows = [
        row
        for registration, seen in by_person(evidence).items()
        for row in attendance_of(registration, seen, sessions, rule=rule, at=at)
    ]
    return write_attendance(rows, known={(row.registration_id, row.meeting_id): row for row in known})


def held_together(meeting: Meeting) -> list[Meeting]:
    """Return ``meeting`` and those of its network that overlap it, directly or through others, in order."""
    others = list(
        Meeting.objects.filter(network=meeting.network_id, on=meeting.on)
        .exclude(pk=meeting.pk)
        .select_related("working_group", "network")
        .prefetch_related("breaks")
        .order_by("starts_at", "pk")
    )
    together = [meeting]
    for _turn in others:
        for other in others:
            if other not in together and any(overlap(other, one) for one in together):
                together.append(other)
    return sorted(together, key=lambda one: (one.starts_at, one.pk))


def overlap(one: Meeting, other: Meeting) -> bool:
    """Return whether two meetings share a minute."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def by_person(evidence: Collection[Evidence]) -> dict[int, Seens]:
    """Return the marks of each registration, by meeting, in the order in which they were made."""
    people: dict[int, Seens] = defaultdict(lambda: defaultdict(list))
    for mark in evidence:
        people[mark.registration_id][mark.meeting_id].append(mark)
    return people


def deciding(marks: list[Evidence]) -> list[Evidence]:
    """Return the marks that decide: the one by hand, else every import that saw somebody, else the last."""
    by_hand = [mark for mark in marks if mark.source in BY_HAND]
    present = [mark for mark in marks if mark.seen == Seen.PRESENT]
    return by_hand or present or marks[-1:]


def attendance_of(
    registration: int, seen: Seens, sessions: list[tuple[Meeting, Session]], *, rule: Rule, at: datetime
) -> list[Attendance]:
    """Return one person's attendance at meetings held together; no minute counts at two of them."""
    rows: list[Attendance] = []
    counted: list[Interval] = []
    for meeting, session in sessions:
        if meeting.is_cancelled or not seen.get(meeting.pk):
            continue
        marks = deciding(seen[meeting.pk])
        there = [Interval(m.arrived_at, m.left_at) for m in marks if m.arrived_at and m.left_at]
        presenting = any(mark.presenting for mark in marks)
        credit = count_meeting(session, there, rule, presenting=presenting, elsewhere=counted)
        if credit.minutes_counted:
            counted += subtract(clip(there, session.window), session.pauses(rule))
        rows.append(one_attendance(registration, meeting, marks, credit, at=at))
    return rows


def one_attendance(
    registration: int, meeting: Meeting, marks: list[Evidence], credit: MeetingCredit, *, at: datetime
) -> Attendance:
    """Return the attendance that ``marks`` prove, with whole minutes."""
    present = [mark for mark in marks if mark.seen == Seen.PRESENT]
    return Attendance(
        meeting=meeting,
        registration_id=registration,
        status=Seen.PRESENT if present else Seen.ABSENT,
        arrived_at=min((mark.arrived_at for mark in present if mark.arrived_at), default=None),
        left_at=max((mark.left_at for mark in present if mark.left_at), default=None),
        presenting=credit.presenting,
        minutes_scheduled=int(credit.minutes_scheduled),
        minutes_attended=int(credit.minutes_attended),
        minutes_counted=int(credit.minutes_counted),
        reason=credit.reason,
        source=marks[-1].source,
        marked_by=marks[-1].by_name,
        derived_at=at,
    )


def write_attendance(rows: list[Attendance], *, known: dict[tuple[int, int], Attendance]) -> set[int]:
    """Write what is new or different, remove what is disproved; return keys of whose figures changed."""
    wanted = {(row.registration_id, row.meeting_id): row for row in rows}
    changed = [
        row
        for key, row in wanted.items()
        if key not in known or figures_of_row(known[key]) != figures_of_row(row)
    ]
    gone = disproved([row for key, row in known.items() if key not in wanted])
    if changed:
        Attendance.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["meeting", "registration"],
            update_fields=[*COLUMNS, "derived_at"],
        )
    if gone:
        Attendance.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return {row.registration_id for row in [*changed, *gone]}


def disproved(rows: list[Attendance]) -> list[Attendance]:
    """Return those of ``rows`` that a mark speaks of; where marks are kept no longer, what counts stays."""
    if not rows:
        return []
    marks = Evidence.objects.filter(
        meeting__in=[row.meeting_id for row in rows], registration__in=[row.registration_id for row in rows]
    )
    spoken_of = set(marks.values_list("registration", "meeting"))
    return [row for row in rows if (row.registration_id, row.meeting_id) in spoken_of]


def figures_of_row(row: Attendance) -> tuple[object, ...]:
    """Return what a row says, to see whether it changed."""
    return tuple(getattr(row, column) for column in COLUMNS)
