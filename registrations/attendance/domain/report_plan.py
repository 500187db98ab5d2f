"""What an import would write: for whom, when, and what they have before and after it.

What a standing import of an earlier report says already is no news, so the same or overlapping files change
nothing.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from meetings.models import Meeting
from partners.models import Person, acted
from registrations.attendance.domain.report_matching import Match, What, match_all, spans_of_match
from registrations.attendance.domain.report_people import People, Someone, people_at
from registrations.attendance.domain.report_reading import Reading
from registrations.attendance.imports.amounts import Seconds, merged
from registrations.attendance.imports.instants import interval
from registrations.credit.domain import deriving
from registrations.credit.domain.intervals import as_pairs, gaps, subtract
from registrations.credit.domain.rules import rule_of
from registrations.models import BY_HAND, Attendance, CreditRule, Evidence, Seen, Source


@dataclass(frozen=True)
class Plan:
    """What becomes of every visitor, and when, in seconds, each registration (key) was there by the report.

    ``news`` are those of whom no standing import says that already.
    """

    reading: Reading
    people: People
    matches: Sequence[Match]
    there: dict[int, Sequence[Seconds]] = field(default_factory=dict)
    news: frozenset[int] = frozenset()

    @cached_property
    def counts(self) -> Counter[What]:
        """Return how many visitors there are of each outcome."""
        return Counter(one.what for one in self.matches)

    @cached_property
    def fingerprint(self) -> str:
        """Return what tells whether a later plan would write the same."""
        said = sorted([(key, list(spans)) for key, spans in self.there.items()])
        rest = sorted([f"{one.visitor.key} {one.what}" for one in self.matches if one.what != What.COUNTS])
        return hashlib.sha256(repr((said, rest)).encode()).hexdigest()

    def named(self, id: str) -> Match | None:
        """Return the visitor of this short name."""
        return next((one for one in self.matches if one.id == id), None)


def plan_of(reading: Reading, *, viewer: Person) -> Plan:
    """Work out what importing would write, as whom ``viewer`` may mark; queries don't grow with visitors."""
    people = people_at(reading.meeting, viewer=viewer)
    matches = match_all(reading.visitors, people, reading.report.decisions)
    seen: dict[int, list[Sequence[Seconds]]] = defaultdict(list)
    opens, closes = (int(moment.timestamp()) for moment in reading.window)
    for one in matches:
        if one.what is What.COUNTS:
            for someone in one.people:
                seen[someone.pk].append(spans_of_match(one, (opens, closes)))
    there = {key: spans for key, found in seen.items() if (spans := together(found))}
    return Plan(reading, people, matches, there, news_in(there, reading.meeting))


def together(found: list[Sequence[Seconds]]) -> Sequence[Seconds]:
    """Return the union of what each visitor says of one person; one alone says it as a union already."""
    return found[0] if len(found) == 1 else merged([span for spans in found for span in spans])


def news_in(there: dict[int, Sequence[Seconds]], meeting: Meeting) -> frozenset[int]:
    """Return of whom no standing import of this meeting says already that they were there then."""
    imported = Evidence.objects.standing().filter(meeting=meeting, source=Source.IMPORT)
    known: dict[int, list[Evidence]] = defaultdict(list)
    for mark in imported:
        known[mark.registration_id].append(mark)
    return frozenset(
        key
        for key, spans in there.items()
        if key not in known or subtract(map(interval, spans), deriving.spans_of(known[key]))
    )


def marks_of(plan: Plan, keys: Collection[int], *, by: Person, at: datetime) -> list[Evidence]:
    """Return the marks that the report makes for these registrations, not yet written."""
    report = plan.reading.report
    return [
        Evidence(
            meeting=plan.reading.meeting,
            registration_id=key,
            source=Source.IMPORT,
            seen=Seen.PRESENT,
            arrived_at=spans[0].start,
            left_at=spans[-1].end,
            away=as_pairs(gaps(spans)),
            at=at,
            batch=report.uid,
            **acted(by),
        )
        for key, seconds in plan.there.items()
        if key in keys and (spans := list(map(interval, seconds)))
    ]


@dataclass(frozen=True)
class Effect:
    """What one person has at the meeting before an import, and would have after it."""

    before: Attendance | None
    after: Attendance | None
    is_by_hand: bool
    is_news: bool

    @property
    def minutes_before(self) -> int | None:
        """Return the minutes that count now; None where they are not marked."""
        return minutes_of(self.before)

    @property
    def minutes_after(self) -> int | None:
        """Return the minutes that would count."""
        return minutes_of(self.after)


def minutes_of(row: Attendance | None) -> int | None:
    """Return what counts, on the network's topic or a group's own."""
    return row.minutes_counted + row.minutes_other_topic if row else None


def effects(plan: Plan, registrations: Sequence[Someone], *, by: Person, at: datetime) -> dict[int, Effect]:
    """Return what importing would change, by the key of a registration; queries don't grow with people."""
    meeting = plan.reading.meeting
    network = meeting.network
    if network is None or not registrations:
        return {}
    persons = {one.pk: one.person_id for one in registrations}
    new = marks_of(plan, plan.news & persons.keys(), by=by, at=at)
    derived = deriving.derive(
        network,
        rule_of(network, CreditRule.objects.version_for(network)),
        at=at,
        meetings=[meeting.pk],
        people=set(persons.values()),
        also=[(persons[mark.registration_id], mark) for mark in new],
    )
    by_hand = Evidence.objects.standing().filter(
        meeting=meeting, source__in=BY_HAND, registration__person__in=set(persons.values())
    )
    marked = set(by_hand.values_list("registration__person", flat=True))
    before, after = (
        {
            derived.people[row.registration_id]: row
            for (_one, where), row in rows.items()
            if where == meeting.pk
        }
        for rows in (derived.known, derived.wanted)
    )
    return {
        key: Effect(before.get(person), after.get(person), person in marked, key in plan.news)
        for key, person in persons.items()
    }
