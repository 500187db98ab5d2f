"""Issuing for everyone of a large network as a job, which leaves a list of what happened to each person."""

import tempfile
from collections.abc import Iterator
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.credit.domain import tabs
from registrations.credit.domain.issuing import issue_all
from registrations.credit.domain.readiness import NetworkFacts, course_of, readiness_in
from stemnet.jobs import Run
from stemnet.tables.writing import Cell, Sheet, csv_lines

PART = 200  # so many people are weighed at a time, so that memory does not grow with their number


def run_issuing(run: Run) -> None:
    """Do the job: ``params`` name the network, the person who asked, the moment and the language."""
    network = Network.objects.get(slug=run.params["slug"])
    by = Person.objects.get(uid=run.actor)
    at = datetime.fromisoformat(run.params["at"])
    with translation.override(run.params["language"]), tempfile.TemporaryFile() as file:
        course = course_of(network, at=at)
        people = list(tabs.people_of(course, tabs.ALL))
        run.expect(len(people))
        header = [_("Name"), _("Issued"), _("What's missing")]
        rows = _rows(run, course, people, by=by, at=at)
        file.writelines(csv_lines(Sheet(title=_("Documents"), header=header, rows=rows)))
        file.seek(0)
        run.keep(f"{network.slug}-documents.csv", file)


def _rows(
    run: Run, course: NetworkFacts, people: list[int], *, by: Person, at: datetime
) -> Iterator[list[Cell]]:
    """Issue to one person after the other, read in parts, and give a row for each."""
    parts = (readiness_in(course, people[start : start + PART]) for start in range(0, len(people), PART))
    outcomes = (outcome for part in parts for outcome in issue_all(part, by=by, at=at))
    for number, outcome in enumerate(outcomes, start=1):
        yield [str(outcome.person), ", ".join(map(str, outcome.issued)), outcome.reason]
        run.reach(number)
