"""From evidence to attendance: what counts, by precedence of sources (docs/rules.md 6.1), worked out in bulk.

A mark by hand decides; else imports and scans at the door, as the union of their intervals; else what people
said on their own phones (docs/rules.md 6.1). Make-up work is added to that. Who left and came back has two
registrations: what was seen of them is one person's, whichever it stands on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any, TypeAlias

from django.db.models import F, QuerySet

from meetings.models import Meeting, Network
from registrations.credit.domain.credits import NOTHING, MeetingCredit, Rule, Session, count_meeting, minutes
from registrations.credit.domain.intervals import (
    Interval,
    as_pairs,
    clip,
    duration,
    first_minutes,
    from_pairs,
    gaps,
    subtract,
    union,
)
from registrations.credit.domain.sessions import session_of
from registrations.models import BY_HAND, Attendance, Evidence, Seen, Source

COLUMNS = [
    "status",
    "arrived_at",
    "left_at",
    "away",
    "presenting",
    "minutes_scheduled",
    "minutes_attended",
    "minutes_counted",
    "minutes_rounded_up",
    "minutes_other_topic",
    "minutes_made_up",
    "made_up_by",
    "reason",
    "source",
    "stands_on",
    "marked_by",
]
PERSON = F("registration__person")
PRECEDENCE: list[tuple[str, ...]] = [BY_HAND, (Source.IMPORT, Source.KIOSK), (Source.SELF,)]
Sessions: TypeAlias = list[tuple[Meeting, Session]]
Seens: TypeAlias = dict[int, list[Evidence]]


@dataclass(frozen=True)
class Derived:
    """What follows from the evidence beside what is stored, both by registration and meeting."""

    wanted: dict[tuple[int, int], Attendance]
    known: dict[tuple[int, int], Attendance]
    people: dict[int, int] = field(default_factory=dict)  # the person of each registration, both keys

    @property
    def changed(self) -> list[Attendance]:
        """Return the rows that are new or say something else than what is stored."""
        return [
            row
            for key, row in self.wanted.items()
            if key not in self.known or figures_of_row(self.known[key]) != figures_of_row(row)
        ]

    @property
    def disproved(self) -> list[Attendance]:
        """Return the stored rows that no mark proves.

        Where the marks of a person at a meeting are kept no longer, what counts stays (docs/rules.md 11.2).
        """
        rows = [row for key, row in self.known.items() if key not in self.wanted]
        if not rows:
            return []
        marks = Evidence.objects.filter(
            meeting__in=[row.meeting_id for row in rows],
            registration__person__in=[self.people[row.registration_id] for row in rows],
        )
        spoken_of = set(marks.values_list("registration__person", "meeting"))
        return [row for row in rows if (self.people[row.registration_id], row.meeting_id) in spoken_of]


def derive(
    network: Network,
    rule: Rule,
    *,
    at: datetime,
    meetings: Collection[int] | None = None,
    people: Collection[int] | QuerySet[Any, int] | None = None,
    also: Collection[tuple[int, Evidence]] = (),
) -> Derived:
    """Work out what counts in ``network`` under ``rule``, and read what is stored; write nothing.

    ``meetings`` (keys) limits it to these and those at the same time, ``people`` (keys) to these persons;
    ``also`` are marks that nobody has written, each behind its person (key), to see what they would change.
    Queries do not grow with people or meetings. A cancelled meeting keeps its evidence and counts for nobody.
    """
    together = [
        [(meeting, session_of(meeting)) for meeting in group]
        for group in held_together(network)
        if meetings is None or any(meeting.pk in meetings for meeting in group)
    ]
    keys = [meeting.pk for group in together for meeting, _session in group]
    of_them: dict[str, Any] = {"meeting__in": keys, "registration__network": network}
    if people is not None:
        of_them["registration__person__in"] = people
    marks = Evidence.objects.standing().filter(**of_them).order_by("at", "pk").annotate(person=PERSON)
    known = list(Attendance.objects.filter(**of_them).annotate(person=PERSON))
    people_seen = by_person(marks)
    for person, mark in also:
        people_seen[person][mark.meeting_id].append(mark)
    rows = [
        row
        for seen in people_seen.values()
        for group in together
        for row in attendance_of(seen, group, rule=rule, at=at)
    ]
    return Derived(
        wanted={(row.registration_id, row.meeting_id): row for row in rows},
        known={(row.registration_id, row.meeting_id): row for row in known},
        people={row.registration_id: row.person for row in marks}
        | {row.registration_id: row.person for row in known}
        | {mark.registration_id: person for person, mark in also},
    )


def write(derived: Derived) -> set[int]:
    """Store what is new or different, remove what is disproved; return keys of whose figures changed."""
    changed, gone = derived.changed, derived.disproved
    if changed:
        Attendance.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["meeting", "registration"],
            update_fields=[*COLUMNS, "derived_at"],
        )
    if gone:
        Attendance.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return {derived.people[row.registration_id] for row in [*changed, *gone]}


def held_together(network: Network) -> list[list[Meeting]]:
    """Return the meetings of ``network`` in order; those that overlap, or through others, together."""
    meetings = network.meetings.select_related("working_group").prefetch_related("breaks")
    return together(meetings.order_by("starts_at", "pk"))


def together(meetings: Iterable[Meeting]) -> list[list[Meeting]]:
    """Return ``meetings``, which are in order, in groups: those that overlap, or through others, together."""
    groups: list[list[Meeting]] = []
    for meeting in meetings:
        if groups and any(meeting.starts_at < other.ends_at for other in groups[-1]):
            groups[-1].append(meeting)
        else:
            groups.append([meeting])
    return groups


def by_person(evidence: Iterable[Any]) -> dict[int, Seens]:
    """Return the marks of each person, by meeting, in the order in which they were made."""
    people: dict[int, Seens] = defaultdict(lambda: defaultdict(list))
    for mark in evidence:
        people[mark.person][mark.meeting_id].append(mark)
    return people


def deciding(marks: list[Evidence]) -> list[Evidence]:
    """Return the marks that decide: of the strongest kind those that saw somebody, else the last ones."""
    for kinds in PRECEDENCE:
        of_kind = [mark for mark in marks if mark.source in kinds]
        if of_kind:
            present = [mark for mark in of_kind if mark.seen == Seen.PRESENT]
            return present or (of_kind if kinds is BY_HAND else of_kind[-1:])
    return []


def attendance_of(seen: Seens, sessions: Sessions, *, rule: Rule, at: datetime) -> list[Attendance]:
    """Return one person's attendance at meetings held together; no minute counts at two of them.

    Those on the network's topic come before those on another.
    """
    rows: list[Attendance] = []
    counted: list[Interval] = []
    for meeting, session in sorted(sessions, key=lambda one: not one[1].same_topic):
        if meeting.is_cancelled or not seen.get(meeting.pk):
            continue
        marks = deciding(seen[meeting.pk])
        made_up = [mark for mark in seen[meeting.pk] if mark.source == Source.MAKE_UP]
        there = spans_of(marks)
        credit = count_meeting(
            session,
            there,
            rule,
            presenting=any(mark.presenting for mark in marks),
            elsewhere=counted,
            made_up=sum(mark.minutes or 0 for mark in made_up),
        )
        counted += counted_instants(session, there, credit, rule, elsewhere=counted)
        rows.append(one_attendance(meeting, [*marks, *made_up], there, credit, at=at))
    return rows


def counted_instants(
    session: Session, there: list[Interval], credit: MeetingCredit, rule: Rule, *, elsewhere: list[Interval]
) -> list[Interval]:
    """Return the instants that a meeting has counted: seen, forgiven, or added by rounding."""
    given = credit.minutes_counted or credit.minutes_other_topic
    if not given:
        return []
    pauses = session.pauses(rule)
    seen = subtract(clip(there, session.window), pauses)
    missed = subtract([session.window], [*pauses, *elsewhere, *seen])
    beyond = given - minutes(duration(subtract(seen, elsewhere))) - credit.minutes_made_up
    return union([*seen, *first_minutes(missed, max(beyond, NOTHING))])


def spans_of(marks: Iterable[Evidence]) -> list[Interval]:
    """Return when somebody was seen by ``marks``, as disjoint intervals in order."""
    return union(
        piece
        for mark in marks
        if mark.arrived_at and mark.left_at
        for piece in subtract([(mark.arrived_at, mark.left_at)], from_pairs(mark.away))
    )


def one_attendance(
    meeting: Meeting, marks: list[Evidence], there: list[Interval], credit: MeetingCredit, *, at: datetime
) -> Attendance:
    """Return the attendance that ``marks`` prove, with whole minutes, on their newest registration."""
    present = [mark for mark in marks if mark.seen == Seen.PRESENT]
    return Attendance(
        meeting=meeting,
        registration_id=max(mark.registration_id for mark in marks),
        status=Seen.PRESENT if present else Seen.ABSENT,
        arrived_at=there[0].start if there else None,
        left_at=there[-1].end if there else None,
        away=as_pairs(gaps(there)),
        presenting=credit.presenting,
        minutes_scheduled=int(credit.minutes_scheduled),
        minutes_attended=int(credit.minutes_attended),
        minutes_counted=int(credit.minutes_counted),
        minutes_rounded_up=min(ceil(credit.minutes_rounded_up), int(credit.minutes_counted)),
        minutes_other_topic=int(credit.minutes_other_topic),
        minutes_made_up=int(credit.minutes_made_up),
        made_up_by=approvers(marks) if credit.minutes_made_up else "",
        reason=credit.reason,
        source=marks[-1].source,
        stands_on=list(dict.fromkeys(mark.source for mark in marks)),
        marked_by=marks[-1].by_name,
        derived_at=at,
    )


def approvers(marks: Iterable[Evidence]) -> str:
    """Return the names of those who approved make-up work, each once."""
    return ", ".join(dict.fromkeys(mark.by_name for mark in marks if mark.source == Source.MAKE_UP))


def figures_of_row(row: Attendance) -> tuple[object, ...]:
    """Return what a row says, to see whether it changed."""
    return tuple(getattr(row, column) for column in COLUMNS)
