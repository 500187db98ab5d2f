"""Importing a report that was looked at, and taking it back whole (docs/rules.md 6.4).

Files are read before anything is held. Under the lock of the network people are matched once more, and what
is written is what was seen, or nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting
from partners.models import Person
from registrations.attendance.domain.attendance import check_day, check_standing, locked, recount
from registrations.attendance.domain.report_files import held
from registrations.attendance.domain.report_matching import Match, What
from registrations.attendance.domain.report_people import keys_of
from registrations.attendance.domain.report_plan import Plan, marks_of, plan_of
from registrations.attendance.domain.report_reading import Reading, read_all
from registrations.attendance.exceptions import AttendanceRefused, ReasonWanted, ReportChanged
from registrations.attendance.imports.lines import Kind
from registrations.models import AttendanceReport, Evidence, RememberedVisitor
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.models import Job

KIND = "registrations.report"
State = AttendanceReport.State


def start(report: AttendanceReport, *, seen: str, leave_out: bool, by: Person, at: datetime) -> Job | None:
    """Import a report of a usual size now, a long one as a job; return that. Raises AttendanceRefused."""
    if sum(file.size for file in report.files.all()) <= settings.REPORT_AT_ONCE_BYTES:
        confirm(report, seen=seen, leave_out=leave_out, by=by, at=at)
        return None
    params = {"report": str(report.uid), "seen": seen, "leave_out": leave_out, "at": at.isoformat()}
    with transaction.atomic():
        locked(report.meeting)
        fresh = held(report)
        fresh.job = jobs.start_job(kind=KIND, params=params, by=str(by.uid), at=at, total=2)
        fresh.save(update_fields=["job"])
    return fresh.job


def run_import(run: Run) -> None:
    """Do the job: read, then write; safe to be run again."""
    reports = AttendanceReport.objects.open().select_related("meeting__network")
    report = reports.filter(uid=run.params["report"]).first()
    if report is None:  # imported by an earlier run, or discarded meanwhile
        return
    run.expect(2)
    by, at = Person.objects.get(uid=run.actor), datetime.fromisoformat(run.params["at"])
    reading = read_all(report, meeting=report.meeting)
    run.reach(1)
    write(reading, seen=run.params["seen"], leave_out=run.params["leave_out"], by=by, at=at)


def confirm(report: AttendanceReport, *, seen: str, leave_out: bool, by: Person, at: datetime) -> int:
    """Import a report as it was ``seen`` (the plan's fingerprint); return how many people got a mark.

    ``leave_out`` leaves behind whoever is not decided. Raises AttendanceRefused, and ReportChanged where
    something is not as it was seen.
    """
    return write(read_all(report, meeting=report.meeting), seen=seen, leave_out=leave_out, by=by, at=at)


@transaction.atomic
def write(reading: Reading, *, seen: str, leave_out: bool, by: Person, at: datetime) -> int:
    """Write the marks of a report that was read, under the lock of its network."""
    meeting = locked(reading.meeting)
    check_standing(meeting)
    check_day(meeting, at=at)
    report = held(reading.report)
    plan = plan_of(reading, viewer=by)
    check(report, plan, seen=seen, leave_out=leave_out)
    marks = marks_of(plan, plan.news, by=by, at=at)
    Evidence.objects.bulk_create(marks)
    remember(plan, meeting, by=by, at=at)
    recount(meeting, [mark.registration_id for mark in marks], at=at)
    report.state, report.confirmed_by, report.confirmed_at = State.CONFIRMED, str(by), at
    report.people, report.left_out = len(plan.matches), list(not_imported(plan))
    report.save()
    return len(marks)


def check(report: AttendanceReport, plan: Plan, *, seen: str, leave_out: bool) -> None:
    """Raise AttendanceRefused where a report can't be imported as it is, or is not as it was seen."""
    if not plan.reading.is_clear:
        raise AttendanceRefused(sentence=_("Answer what we ask about the files first."))
    if report.said != plan.reading.report.said or plan.fingerprint != seen:
        raise ReportChanged
    if not plan.there:
        raise AttendanceRefused(
            sentence=_("Nobody in this report counts for this meeting, so there's nothing to import.")
        )
    if (open_ := plan.counts[What.ASK]) and not leave_out:
        sentence = ngettext(
            "%(number)s person isn't decided yet. Decide, or check that they're left out.",
            "%(number)s people aren't decided yet. Decide, or check that they're left out.",
            open_,
        )
        raise AttendanceRefused(sentence=sentence % {"number": open_})


def not_imported(plan: Plan) -> Iterator[dict[str, str]]:
    """Give whoever the import leaves out, with the reason."""
    for one in plan.matches:
        if one.what != What.COUNTS:
            yield {"name": one.visitor.name, "what": one.what.value, "how": one.how.value}


def remember(plan: Plan, meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Remember for the network what was decided by hand and is to be remembered."""
    decisions = plan.reading.report.decisions
    rows = {
        key: RememberedVisitor(network=meeting.network, key=key, person_id=person, by_name=str(by), at=at)
        for one in plan.matches
        if decisions.get(one.visitor.key, {}).get("remember") and one.can_be_remembered
        for key, person in taught(one)
    }
    RememberedVisitor.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["network", "key"],
        update_fields=["person", "by_name", "at"],
    )


def taught(one: Match) -> Iterator[tuple[str, Any]]:
    """Give what a decision teaches: by the address where there is one, else by the names."""
    by_address, by_name = keys_of(one.visitor.address, one.visitor.names)
    if one.what == What.OUT:
        yield from ((key, None) for key in by_address or by_name)
    elif len(one.people) == 1 and one.visitor.kind == Kind.PERSON:
        yield from ((key, one.people[0].person_id) for key in by_address or by_name)


@transaction.atomic
def take_back(report: AttendanceReport, *, reason: str, by: Person, at: datetime) -> int:
    """Take back every mark that a report made; return how many. They stay as evidence, with the reason.

    Raises ReasonWanted without one, ReportChanged where somebody has taken it back already.
    """
    if not reason.strip():
        raise ReasonWanted(sentence=_("Say why you're taking this report back."))
    meeting = locked(report.meeting)
    fresh = AttendanceReport.objects.select_for_update().get(pk=report.pk)
    if fresh.state != State.CONFIRMED:
        raise ReportChanged
    marks = Evidence.objects.standing().filter(meeting=meeting, batch=fresh.uid)
    keys = list(marks.values_list("registration", flat=True))
    marks.update(replaced_at=at, taken_back_by=str(by), taken_back_reason=reason.strip())
    recount(meeting, keys, at=at)
    fresh.state, fresh.taken_back_reason = State.TAKEN_BACK, reason.strip()
    fresh.taken_back_by, fresh.taken_back_at = str(by), at
    fresh.save()
    return len(keys)
