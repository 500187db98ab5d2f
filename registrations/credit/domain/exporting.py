"""What the export for certificates says: everyone, every meeting, and the rule (docs/rules.md 3.5).

People are worked off in parts, so that memory does not grow with their number.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Network
from registrations.credit.domain.category_words import label_of
from registrations.credit.domain.credit_words import minimum_words, statement_words, units_words
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.export_columns import meeting_columns, people_columns
from registrations.credit.domain.export_lines import Line, Part, meeting_lines
from registrations.credit.domain.keeping import kept_until
from registrations.credit.domain.readiness import NetworkFacts, course_of, readiness_in
from registrations.credit.exports import MEETINGS, PEOPLE, RULE, Export, file_name, write_export
from registrations.models import Attendance, Registration
from registrations.models.credit.credit_rule import Rounding
from stemnet import wording
from stemnet.jobs import Run
from stemnet.tables.writing import Columns, Row, Sheet

PART = 200
OnProgress = Callable[[int], None]


def export(network: Network, *, at: datetime, told: OnProgress = lambda done: None) -> Export:
    """Return the sheets, and their rows, which are read while they are written; ``told`` hears of people."""
    course = course_of(network, at=at)
    people, meetings = people_columns(course), meeting_columns(course)
    rule = Sheet(title=_("Rule"), header=[_("Fact"), _("Value")], widths=(36, 80))
    return Export(
        sheets=[people.sheet(_("People")), meetings.sheet(_("Meetings")), rule],
        rows=_rows(course, people, meetings, at=at, told=told),
    )


def run_export(run: Run) -> None:
    """Do the job of an export: ``params`` name the network, the kind of file, the moment and the language."""
    network = Network.objects.select_related("provider").get(slug=run.params["slug"])
    at = datetime.fromisoformat(run.params["at"])
    run.expect(steps(network))
    with translation.override(run.params["language"]), tempfile.TemporaryFile() as file:
        write_export(export(network, at=at, told=run.reach), file, kind=run.params["kind"])
        file.seek(0)
        run.keep(file_name(network.slug, run.params["kind"]), file)


def size(network: Network) -> int:
    """Return about how many rows the export has: a row a person, and one a person and meeting."""
    people = len(set(_keys(network)))
    return people * (1 + network.meetings.standing().count())


def steps(network: Network) -> int:
    """Return how many steps ``told`` will count: everyone once."""
    return len(set(_keys(network)))


def _keys(network: Network) -> list[int]:
    """Return the keys of everyone with a seat or attendance, by name; people with two registrations twice."""
    seen = Attendance.objects.filter(registration=OuterRef("pk"))
    return list(
        network.registrations.filter(Q(status=Registration.Status.SEATED) | Exists(seen))
        .by_name()
        .values_list("person", flat=True)
    )


def _everyone(course: NetworkFacts, told: OnProgress) -> Iterator[Line]:
    """Give everyone in order, read in parts."""
    keys = [key for key, _twice in groupby(_keys(course.network))]
    for start in range(0, len(keys), PART):
        people = keys[start : start + PART]
        weighed = readiness_in(course, people)
        part = Part(weighed)
        yield from (Line(one, part) for one in weighed)
        told(start + len(people))


def _rows(
    course: NetworkFacts,
    people: Columns[Line],
    meetings: Columns[Line],
    *,
    at: datetime,
    told: OnProgress,
) -> Iterator[tuple[int, Row]]:
    """Give the rows of all sheets: of each person both, so that everyone is weighed once."""
    standing = list(
        course.network.meetings.standing().select_related("working_group").order_by("starts_at", "pk")
    )
    for line in _everyone(course, told):
        yield PEOPLE, people.row(line)
        for each in meeting_lines(line.one, line.part, standing):
            yield MEETINGS, meetings.row(each)
    for fact in _rule(course, at):
        yield RULE, fact


def _rule(course: NetworkFacts, at: datetime) -> Iterator[Row]:
    """Give the rows of sheet 3."""
    network, rule, version = course.network, course.rule, course.version
    yield [_("Network"), str(network)]
    yield [_("Exported"), wording.moment(at, network.zone)]
    yield [_("Meetings held"), course.own_held]
    yield [_("Credit rule"), f"{version}, {version.name}" if version else _("none: hours of attendance only")]
    yield [_("Documents come after the evaluation"), _("yes") if course.waits_for_evaluation else _("no")]
    yield [_("Minutes that a full meeting can be short"), rule.session_grace_min]
    yield [_("Least share of a meeting that counts, percent"), rule.session_min_percent_for_any_credit]
    yield [_("Round a meeting to this many minutes"), rule.session_increment_min]
    yield [_("A meeting is rounded"), _way(rule.session_rounding)]
    yield [_("Breaks count"), _("yes") if rule.count_breaks else _("no")]
    if version:
        yield [_("Minutes per unit"), rule.minutes_per_unit]
        yield [_("Units an hour are multiplied by"), rule.multiplier]
        yield [_("Round the total to"), rule.total_increment]
        yield [_("The total is rounded"), _way(rule.total_rounding)]
        yield [_("Hours of presenters count, times"), rule.presenter_multiplier]
        yield [_("Presenting gives at most"), _most(rule.presenter_cap, rule)]
        yield [_("Minimum"), minimum_words(rule) if rule.minimum else _("none")]
        yield [_("At most"), _most(rule.cap, rule)]
        yield [_("Statement"), statement_words(rule)]
        yield [_("Source of the rule"), version.source]
        yield [_("Attendance marks are kept until"), kept_until(network, version)]
    yield from _award(course)


def _way(way: str) -> str:
    """Return how something is rounded, in words."""
    return str(Rounding(way).label)


def _most(cap: Decimal | None, rule: Rule) -> str:
    """Return a limit of units in words."""
    return units_words(cap, rule) if cap is not None else _("no limit")


def _award(course: NetworkFacts) -> Iterator[Row]:
    """Give the facts that a certificate carries, and which of them are missing."""
    network = course.network
    yield [_("Provider"), network.provider.name if network.provider else ""]
    yield [_("Number of the provider"), network.provider.number if network.provider else ""]
    yield [_("The provider is approved"), network.provider.valid_words if network.provider else ""]
    yield [_("Topic"), network.pdp_topic]
    yield [_("Category"), label_of(network.pdp_category, course.rule) if network.pdp_category else ""]
    yield [_("Objectives"), network.objectives]
    yield [_("How learning was assessed"), network.assessment]
    yield [_("Signatory"), ", ".join(filter(None, [network.signatory_name, network.signatory_title]))]
    yield [_("Missing for certificates"), ", ".join(course.lacks) or _("nothing")]
