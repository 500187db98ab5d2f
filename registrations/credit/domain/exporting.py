"""What the export for certificates says: everyone, every meeting, and the rule (docs/rules.md 3.5).

People are worked off in parts, so that memory does not grow with their number.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Category, Meeting, Network
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_words import (
    category_words,
    minimum_words,
    reason_words,
    statement_words,
    units_words,
)
from registrations.credit.domain.credits import decimal_down
from registrations.credit.domain.keeping import kept_until
from registrations.credit.domain.readiness import NetworkFacts, Readiness, course_of, readiness_in
from registrations.credit.domain.totals import category_of, was_there
from registrations.credit.exports import file_name, meetings_sheet, people_sheet, rule_sheet, write_export
from registrations.models import Attendance, GroupMembership, Registration
from stemnet import wording
from stemnet.jobs import Run
from stemnet.tables.writing import Cell, Sheet

PART = 200
Row = Sequence[Cell]
OnProgress = Callable[[int], None]


def attendance_sheets(network: Network, *, at: datetime, told: OnProgress = lambda done: None) -> list[Sheet]:
    """Return the three sheets, whose rows are read while they are written; ``told`` hears of each person."""
    course = course_of(network, at=at)
    by_category = course.rule.hours_by_category
    return [
        people_sheet(_people(course, told), units=course.rule.unit_label_plural, by_category=by_category),
        meetings_sheet(_meetings(course, told), by_category=by_category),
        rule_sheet(_rule(course, at)),
    ]


def run_export(run: Run) -> None:
    """Do the job of an export: ``params`` name the network, the kind of file, the moment and the language."""
    network = Network.objects.select_related("provider").get(slug=run.params["slug"])
    at = datetime.fromisoformat(run.params["at"])
    run.expect(steps(network))
    with translation.override(run.params["language"]), tempfile.TemporaryFile() as file:
        write_export(attendance_sheets(network, at=at, told=run.reach), file, kind=run.params["kind"])
        file.seek(0)
        run.keep(file_name(network.slug, run.params["kind"]), file)


def size(network: Network) -> int:
    """Return about how many rows the export has: a row a person, and one a person and meeting."""
    people = len(set(_keys(network)))
    return people * (1 + network.meetings.standing().count())


def steps(network: Network) -> int:
    """Return how many steps ``told`` will count: everyone once for each of the two sheets of people."""
    return 2 * len(set(_keys(network)))


def _keys(network: Network) -> list[int]:
    """Return the keys of everyone with a seat or attendance, by name; people with two registrations twice."""
    seen = Attendance.objects.filter(registration=OuterRef("pk"))
    return list(
        network.registrations.filter(Q(status=Registration.Status.SEATED) | Exists(seen))
        .order_by(Lower("person__last_name"), Lower("person__first_name"), "person")
        .values_list("person", flat=True)
    )


def _everyone(course: NetworkFacts, told: OnProgress, *, done: int = 0) -> Iterator[Readiness]:
    """Give everyone in order, read in parts."""
    keys = [key for key, _twice in groupby(_keys(course.network))]
    for start in range(0, len(keys), PART):
        part = keys[start : start + PART]
        yield from readiness_in(course, part)
        done += len(part)
        told(done)


def _people(course: NetworkFacts, told: OnProgress) -> Iterator[Row]:
    """Give the rows of sheet 1."""
    awards = not lacking(course.network, course.version)
    days = {meeting.pk: wording.day(meeting.on) for meeting in course.network.meetings.all()}
    for one in _everyone(course, told):
        there = [row for row in one.attendances if was_there(row)]
        position = one.registration.position
        organization = position.organization if position else None
        yield [
            one.person.last_name,
            one.person.first_name,
            one.person.printed_name,
            one.person.primary_address,
            position.organization_name if position else "",
            organization.state_org_code if organization else "",
            (position.title or position.get_job_display()) if position else "",
            _("%(attended)s of %(held)s") % {"attended": one.meetings_attended, "held": course.own_held},
            "; ".join(dict.fromkeys(days[row.meeting_id] for row in there)),
            decimal_down(one.total.hours),
            one.total.units if awards else None,
            _("yes") if one.evaluation_done else _("no"),
            ", ".join(document.number for document in one.documents.values()),
            one.reason,
            *([category_words(one.total)] if course.rule.hours_by_category else []),
        ]


def _meetings(course: NetworkFacts, told: OnProgress) -> Iterator[Row]:
    """Give the rows of sheet 2: every meeting that one was expected at, and every one that one was at."""
    network = course.network
    meetings = list(network.meetings.standing().select_related("working_group").order_by("starts_at", "pk"))
    done = len(set(_keys(network)))
    for one in _everyone(course, told, done=done):
        marks = {row.meeting_id: row for row in one.attendances}
        groups = _groups(one)
        for meeting in meetings:
            if meeting.working_group_id in groups or meeting.pk in marks:
                yield _meeting(one, meeting, marks.get(meeting.pk))


def _groups(one: Readiness) -> set[int | None]:
    """Return the groups whose meetings the person is expected at; None stands for the network's own."""
    memberships: list[GroupMembership] = list(one.registration.group_memberships.all())
    return {None} | {each.working_group_id for each in memberships if each.left_at is None}


def _meeting(one: Readiness, meeting: Meeting, row: Attendance | None) -> Row:
    """Return the row of one person and meeting."""
    zone = ZoneInfo(meeting.zone)
    group = meeting.working_group
    return [
        one.person.last_name,
        one.person.first_name,
        one.person.primary_address,
        meeting.on,
        meeting.start_time,
        meeting.end_time,
        meeting.zone,
        meeting.title,
        group.title if group else "",
        row.words if row else _("Not marked"),
        row.arrived_at.astimezone(zone).time() if row and row.arrived_at else None,
        row.left_at.astimezone(zone).time() if row and row.left_at else None,
        row.minutes_attended if row else None,
        row.minutes_counted if row else None,
        reason_words(row.reason, one.course.rule, presenting=row.presenting) if row else "",
        row.get_source_display() if row else "",
        row.marked_by if row else "",
        *([category_name(meeting, one.course.network)] if one.course.rule.hours_by_category else []),
    ]


def category_name(meeting: Meeting, network: Network) -> str:
    """Return the category of a meeting's hours in words."""
    code = category_of(meeting, network)
    return str(Category(code).label) if code else ""


def _rule(course: NetworkFacts, at: datetime) -> Iterator[Row]:
    """Give the rows of sheet 3."""
    network, rule, version = course.network, course.rule, course.version
    yield [_("Network"), str(network)]
    yield [_("Exported"), wording.moment(at, network.zone)]
    yield [_("Meetings held"), course.own_held]
    yield [_("Credit rule"), f"{version}, {version.name}" if version else _("none: hours of attendance only")]
    yield [_("Documents wait for the evaluation"), _("yes") if course.waits_for_evaluation else _("no")]
    yield [_("A full meeting may lack, minutes"), rule.session_grace_min]
    yield [_("Least part of a meeting that counts, percent"), rule.session_min_percent_for_any_credit]
    yield [_("A meeting is rounded down to, minutes"), rule.session_increment_min]
    if version:
        yield [_("Minutes a unit"), rule.minutes_per_unit]
        yield [_("Units an hour are multiplied by"), rule.multiplier]
        yield [_("The total of units is rounded down to"), rule.total_increment]
        yield [_("Hours of presenters count, times"), rule.presenter_multiplier]
        yield [_("Minimum"), minimum_words(rule) if rule.minimum else _("none")]
        yield [_("At most"), units_words(rule.cap, rule) if rule.cap is not None else _("no limit")]
        yield [_("Statement"), statement_words(rule)]
        yield [_("Source of the rule"), version.source]
        yield [_("Marks of attendance are kept until"), kept_until(network, version)]
    yield from _award(network, course.lacks)


def _award(network: Network, lacks: list[str]) -> Iterator[Row]:
    """Give the facts that a certificate carries, and which of them are missing."""
    yield [_("Provider"), network.provider.name if network.provider else ""]
    yield [_("Number of the provider"), network.provider.number if network.provider else ""]
    yield [_("Topic"), network.pdp_topic]
    yield [_("Category"), network.get_pdp_category_display()]
    yield [_("Objectives"), network.objectives]
    yield [_("How learning was assessed"), network.assessment]
    yield [_("Signatory"), ", ".join(filter(None, [network.signatory_name, network.signatory_title]))]
    yield [_("The network lacks for certificates"), ", ".join(lacks) or _("nothing")]
