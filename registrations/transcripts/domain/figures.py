"""All that somebody's hours come to: a line for each network, group and team, in figures and not in words.

Hours are what counts today; units are only what a valid certificate says, because documents are the proof
(docs/rules.md 3.6). Units are shared out to the lines of a network and to its categories by their minutes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from meetings.models import WorkingGroup
from partners.models import Person, Provider, local_day
from registrations.credit.domain.credit_offers import minutes_given
from registrations.credit.domain.credits import NOTHING, Rule
from registrations.credit.domain.rules import HOURS_ONLY
from registrations.credit.domain.sessions import session_of
from registrations.credit.domain.team_hours import TeamHours, hours_of
from registrations.credit.domain.totals import credit_of, that_count, was_there
from registrations.learning.pages.learning_progress import awards_units
from registrations.learning.pages.learning_rows import OwnNetwork, studies_of
from registrations.models import Attendance, Document
from stemnet import wording
from stemnet.shares import shared_out


class Status(StrEnum):
    """What stands behind a line."""

    CERTIFICATE = "certificate"
    CONFIRMATION = "confirmation"
    IN_PROGRESS = "in_progress"
    NO_DOCUMENT = "no_document"
    PLANNED = "planned"


@dataclass(frozen=True, kw_only=True)
class Session:
    """One meeting at which somebody was: minutes, whole numbers, and those counted of each category."""

    on: date
    attended: int
    counted: int
    place: str = ""
    modality: str = ""
    categories: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one network, one of its groups or a team gave somebody in one school year."""

    key: str
    offering: str
    year: str
    network: str
    group: str
    topic: str
    status: Status
    sessions: Sequence[Session]
    held: int | None = None
    ahead: int = 0
    rule: Rule = HOURS_ONLY
    version: str = ""
    awards: bool = False
    units: Fraction = NOTHING
    document: Document | None = None
    provider: Provider | None = None

    @property
    def says_units(self) -> bool:
        """Return whether points are said of it: the network awards some, or a certificate did."""
        return self.awards or bool(self.units)

    @property
    def attended(self) -> int:
        """Return the minutes attended."""
        return sum(one.attended for one in self.sessions)

    @property
    def minutes(self) -> int:
        """Return the minutes that count, as hours of attendance at least."""
        return sum(one.counted for one in self.sessions)

    @property
    def first(self) -> date:
        """Return the day of the first meeting."""
        return min(one.on for one in self.sessions)

    @property
    def last(self) -> date:
        """Return the day of the last meeting."""
        return max(one.on for one in self.sessions)

    @property
    def categories(self) -> dict[str, Fraction]:
        """Return the minutes of each category, by code; what has none stands under an empty one."""
        found: dict[str, Fraction] = {}
        for one in self.sessions:
            for code, minutes in one.categories.items():
                found[code] = found.get(code, NOTHING) + minutes
        return found

    def units_of(self, minutes: Fraction | int) -> Fraction:
        """Return the part of the units that so many of the minutes have, exact."""
        return self.units * minutes / self.minutes if self.minutes else NOTHING


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All lines of a person, the newest year first, and what is planned."""

    person: Person
    at: datetime
    lines: Sequence[Line]
    planned: Sequence[Line]

    @property
    def minutes(self) -> int:
        """Return all minutes that count."""
        return sum(line.minutes for line in self.lines)

    @property
    def on_the_way(self) -> int:
        """Return the minutes of networks that go on and can award units, without a document yet."""
        return sum(line.minutes for line in self.lines if line.status == Status.IN_PROGRESS and line.awards)

    @property
    def first(self) -> date:
        """Return the first day of the school year in which the hours begin."""
        return wording.first_day_of_school_year(
            wording.school_year_begun(min(one.first for one in self.lines))
        )


def units_by_rule(lines: Iterable[Line]) -> list[tuple[Rule, Fraction]]:
    """Return the units of each kind with the rule that names them, in the order of the lines."""
    found: dict[str, tuple[Rule, Fraction]] = {}
    for line in lines:
        if line.rule.unit_label and line.says_units:
            rule, units = found.get(line.rule.unit_label, (line.rule, NOTHING))
            found[line.rule.unit_label] = rule, units + line.units
    return list(found.values())


def figures_of(person: Person, *, at: datetime) -> Figures:
    """Return the figures of ``person`` at the moment ``at``; a constant number of queries."""
    studies = studies_of(person, at=at)
    documents = documents_of([study.network.pk for study in studies], [person.pk])
    lines = [
        line
        for study in studies
        for line in lines_of(study, documents.get((person.pk, study.network.pk), {}))
    ]
    lines += [line for team in hours_of(person) for line in lines_of_team(team)]
    return Figures(
        person=person,
        at=at,
        lines=sorted(lines, key=lambda one: (one.year, one.first, one.network), reverse=True),
        planned=[line for study in studies for line in planned_of(study)],
    )


def documents_of(
    networks: Iterable[int], people: Iterable[int]
) -> dict[tuple[int, int], dict[str, Document]]:
    """Return the valid documents by person and network (keys), and by kind; one query."""
    found: dict[tuple[int, int], dict[str, Document]] = {}
    for one in Document.objects.valid().filter(network__in=list(networks), person__in=list(people)):
        found.setdefault((one.person_id, one.network_id), {})[one.kind] = one
    return found


def printed_units(document: Document) -> Fraction:
    """Return the units that a certificate says, in whatever notation it has; a copy of its snapshot."""
    try:
        return Fraction(Decimal(str(document.snapshot.get("units", "")).replace(",", ".")))
    except InvalidOperation:
        return NOTHING


def lines_of(study: OwnNetwork, documents: Mapping[str, Document]) -> Iterator[Line]:
    """Give the lines of one network: its own meetings, each group, and what a group did on another topic."""
    seen = [one for one in that_count(study.attendances, at=study.at) if was_there(one)]
    certificate = documents.get(Document.Kind.PDP)
    groups: dict[int | None, list[Attendance]] = {}
    for one in seen:
        groups.setdefault(one.meeting.working_group_id, []).append(one)
    order = sorted(groups, key=lambda key: (key is not None, key or 0))
    shares = shared_units(certificate, study.rule, [_on_topic(groups[key]) for key in order])
    for key, units in zip(order, shares, strict=True):
        group = groups[key][0].meeting.working_group
        on_topic = [one for one in groups[key] if not one.minutes_other_topic]
        other = [one for one in groups[key] if one.minutes_other_topic]
        if on_topic:
            yield _line(study, group, on_topic, documents, units=units)
        if other:
            yield _line(study, group, other, documents, units=NOTHING, other_topic=True)


def shared_units(certificate: Document | None, rule: Rule, minutes: Sequence[int]) -> list[Fraction]:
    """Return the units of each part of a network, in the steps of the rule, so that all add up."""
    if certificate is None or not sum(minutes):
        return [NOTHING for _part in minutes]
    units, step = printed_units(certificate), Fraction(rule.total_increment)
    if not step:
        return [units * part / sum(minutes) for part in minutes]
    return [share * step for share in shared_out(units / step, minutes)]


def _on_topic(attendances: Iterable[Attendance]) -> int:
    return sum(one.minutes_counted for one in attendances)


def _line(
    study: OwnNetwork,
    group: WorkingGroup | None,
    seen: Sequence[Attendance],
    documents: Mapping[str, Document],
    *,
    units: Fraction,
    other_topic: bool = False,
) -> Line:
    network, mine = study.network, study.registration
    certificate = None if other_topic else documents.get(Document.Kind.PDP)
    document = certificate or documents.get(Document.Kind.ATTENDANCE)
    awards = awards_units(study) and not other_topic
    held = [
        row.meeting
        for row in study.rows
        if row.meeting.working_group_id is None and not row.meeting.is_cancelled and not row.is_ahead
    ]
    return Line(
        key=_key(mine.uid, group, other_topic=other_topic),
        offering=network.slug,
        year=network.school_year,
        network=network.title,
        group=group.title if group else "",
        topic=(group.other_topic or group.title) if group and other_topic else network.pdp_topic,
        status=status_of(study, certificate, document),
        sessions=[_session(one, study) for one in seen],
        held=None if group else len(held),
        rule=study.rule,
        version=str(study.version or ""),
        awards=awards,
        units=units,
        document=document,
        provider=network.provider,
    )


def _key(uid: object, group: WorkingGroup | None, *, other_topic: bool = False) -> str:
    """Return a key that the line has in every file: of the registration, and of the group."""
    return "/".join(filter(None, [str(uid), str(group.uid) if group else "", "other" if other_topic else ""]))


def status_of(study: OwnNetwork, certificate: Document | None, document: Document | None) -> Status:
    """Return what stands behind the hours of a network."""
    if certificate:
        return Status.CERTIFICATE
    if document:
        return Status.CONFIRMATION
    return Status.NO_DOCUMENT if study.is_over else Status.IN_PROGRESS


def _session(one: Attendance, study: OwnNetwork) -> Session:
    meeting = one.meeting
    return Session(
        on=meeting.on,
        attended=one.minutes_attended,
        counted=one.minutes_counted or one.minutes_other_topic,
        place=meeting.venue,
        modality=meeting.modality,
        categories=credit_of(one, study.network).minutes_by_category if one.minutes_counted else {},
    )


def planned_of(study: OwnNetwork) -> Iterator[Line]:
    """Give what is ahead of somebody with a seat: a line for the network, with what can still count."""
    ahead = [row for row in study.rows if row.is_ahead and not row.misses and row.meeting.counts]
    if not ahead or not study.registration.is_seated or study.is_over:
        return
    network = study.network
    given = minutes_given([session_of(row.meeting) for row in ahead], study.rule)
    yield Line(
        key=f"{study.registration.uid}/planned",
        offering=network.slug,
        year=network.school_year,
        network=network.title,
        group="",
        topic=network.pdp_topic,
        status=Status.PLANNED,
        sessions=[
            Session(
                on=row.meeting.on,
                attended=0,
                counted=minutes,
                place=row.meeting.venue,
                modality=row.meeting.modality,
            )
            for row, minutes in zip(ahead, given, strict=True)
        ],
        ahead=len(ahead),
        rule=study.rule,
        version=str(study.version or ""),
        awards=awards_units(study),
        provider=network.provider,
    )


def lines_of_team(team: TeamHours) -> Iterator[Line]:
    """Give a line a school year for the meetings of a team, which give hours and no units."""
    years: dict[str, list[Session]] = {}
    for one in team.meetings:
        session = Session(
            on=one.meeting.on,
            attended=one.minutes,
            counted=one.minutes,
            place=one.meeting.venue,
            modality=one.meeting.modality,
        )
        years.setdefault(wording.school_year_on(session.on), []).append(session)
    for year, sessions in years.items():
        yield Line(
            key=f"{team.team.uid}/{year}",
            offering=str(team.team.uid),
            year=year,
            network=team.team.title,
            group="",
            topic="",
            status=Status.NO_DOCUMENT,
            sessions=sessions,
        )


def today_of(figures: Figures) -> date:
    """Return the day of the figures at the partnership's place."""
    return local_day(figures.at)
