"""Bringing reports of a meeting tool: each file is kept as it came, by its SHA-256 once a meeting."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Person, acted
from registrations.attendance.domain.attendance import check_day, check_standing, locked
from registrations.attendance.domain.report_reading import read_part
from registrations.attendance.exceptions import AttendanceRefused, ReportChanged, ReportRefused
from registrations.attendance.imports.report import Report
from registrations.credit.domain.keeping import remove_reports
from registrations.models import AttendanceReport, RememberedColumns, ReportFile
from stemnet.exceptions import FileRefused
from stemnet.file_kinds import clean_name
from stemnet.files import deleted_on_failure
from stemnet.wording import moment_near

State = AttendanceReport.State


@dataclass(frozen=True)
class Incoming:
    """A file that somebody chose: its name there, and what is in it."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the hash by which a file is known again, whatever its name."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Brought:
    """What became of files: the report that they are in, and a sentence for each that was not taken."""

    report: AttendanceReport | None = None
    refused: list[str] = field(default_factory=list)


def bring(
    meeting: Meeting,
    files: Sequence[Incoming],
    *,
    zone: str,
    report: AttendanceReport | None = None,
    by: Person,
    at: datetime,
) -> Brought:
    """Keep the files that can be reports of ``meeting`` in a new report, or in ``report``.

    What can't be read, is of another day or was imported already is said of each file, and not kept; what
    somebody has brought and not imported yet is found again. Raises AttendanceRefused.
    """
    brought, good = Brought(report), list[ReportFile]()
    for incoming in files:
        try:
            good.append(readable(incoming, meeting=meeting))
        except (ReportRefused, FileRefused) as refusal:
            brought.refused.append(f"{incoming.name}: {refusal}")
    contents = {incoming.sha256: incoming.content for incoming in files}
    with deleted_on_failure():
        keep(brought, meeting, good, contents, zone=zone, by=by, at=at)
    return brought


def readable(incoming: Incoming, *, meeting: Meeting) -> ReportFile:
    """Return a file that can be read as a report, not yet kept. Raises ReportRefused, FileRefused."""
    file = ReportFile(name=clean_name(incoming.name), size=len(incoming.content), sha256=incoming.sha256)
    part = read_part(file, incoming.content, meeting=meeting)
    if part.preview is not None:
        known = RememberedColumns.objects.filter(header=header_key(part.preview.header)).first()
        file.columns = known.columns if known else {}
        part = read_part(file, incoming.content, meeting=meeting) if known else part
    if part.refusal:
        raise ReportRefused(sentence=part.refusal)
    if part.report:
        file.layout = part.report.layout
        refuse_totals(part.report)
    return file


def refuse_totals(report: Report) -> None:
    """Raise ReportRefused for a report that says for how long people were there, and never when."""
    for problem in report.problems:
        if problem.code in ("no_times", "unique_users"):
            raise ReportRefused(sentence=problem.sentence)


def header_key(header: str) -> str:
    """Return by what the columns of a table are remembered."""
    return hashlib.sha256(header.encode()).hexdigest()


@transaction.atomic
def keep(
    brought: Brought,
    meeting: Meeting,
    files: Sequence[ReportFile],
    contents: dict[str, bytes],
    *,
    zone: str,
    by: Person,
    at: datetime,
) -> None:
    """Write the files that are not known here, under the lock of the network."""
    meeting = locked(meeting)
    check_standing(meeting)
    check_day(meeting, at=at)
    if brought.report:
        brought.report = held(brought.report)
    for file in {one.sha256: one for one in files}.values():
        earlier = known(meeting, file.sha256, brought.report)
        if earlier is not None and earlier.report.state == State.CONFIRMED:
            brought.refused.append(already(earlier, file, meeting))
        elif earlier is not None and brought.report in (None, earlier.report):
            brought.report = earlier.report
            restore(earlier, contents[file.sha256])
        else:
            if brought.report is None:
                brought.report = AttendanceReport.objects.create(
                    meeting=meeting, zone=zone, uploaded_at=at, **acted(by)
                )
            file.report = brought.report
            file.file.save("", ContentFile(contents[file.sha256]), save=False)
            file.save()
            said(brought.report)


def known(meeting: Meeting, sha256: str, report: AttendanceReport | None) -> ReportFile | None:
    """Return the same file in a report of ``meeting`` that stands: an imported one first, then ``report``."""
    files = ReportFile.objects.filter(report__meeting=meeting, sha256=sha256).select_related("report")
    standing = files.exclude(report__state=State.TAKEN_BACK).order_by("report__state", "pk")
    return min(
        standing, key=lambda one: (one.report.state != State.CONFIRMED, one.report != report), default=None
    )


def restore(file: ReportFile, content: bytes) -> None:
    """Keep a file that is gone from where it was kept once more."""
    if not file.file.storage.exists(file.file.name or ""):
        file.file.save("", ContentFile(content))


def already(earlier: ReportFile, file: ReportFile, meeting: Meeting) -> str:
    """Say that a file was imported before."""
    report = earlier.report
    moment = moment_near(report.confirmed_at or report.uploaded_at, meeting.zone, meeting.on)
    sentence = _("%(file)s: %(by)s already imported this file %(moment)s, so it changes nothing.")
    return sentence % {"file": file.name, "by": report.confirmed_by, "moment": moment}


def held(report: AttendanceReport) -> AttendanceReport:
    """Return an open report as it is now, with its row locked; the network's is, too.

    Raises ReportChanged where somebody has imported it meanwhile, or removed it.
    """
    fresh = AttendanceReport.objects.open().select_for_update().filter(pk=report.pk).first()
    if fresh is None:
        raise ReportChanged
    return fresh


def said(report: AttendanceReport) -> None:
    """Note that something was said of an open report, so that no page imports what it did not show."""
    report.said += 1
    report.save(update_fields=["said", "decisions", "zone", "shift"])


@transaction.atomic
def set_times(report: AttendanceReport, *, zone: str, shift: int) -> None:
    """Say of which zone the times are, and by how many hours they are late. Raises AttendanceRefused."""
    locked(report.meeting)
    fresh = held(report)
    fresh.zone, fresh.shift = zone, shift
    said(fresh)


@transaction.atomic
def set_reading(
    file: ReportFile, values: Mapping[str, Any], *, header: str = "", by: Person, at: datetime
) -> None:
    """Say how a file is read: ``encoding``, ``date_order``, or the places of its columns.

    Columns are remembered for the next file with the same ``header``. Raises AttendanceRefused.
    """
    locked(file.report.meeting)
    report = held(file.report)
    columns = {name: values[name] for name in ("name", "address", "joined", "left") if name in values}
    file.encoding = values.get("encoding", file.encoding)
    file.date_order = values.get("date_order", file.date_order)
    file.columns = columns or file.columns
    file.save(update_fields=["encoding", "date_order", "columns"])
    said(report)
    if columns and header:
        RememberedColumns.objects.update_or_create(
            header=header_key(header), defaults={"columns": columns, "by_name": str(by), "at": at}
        )


@transaction.atomic
def drop_file(file: ReportFile) -> AttendanceReport | None:
    """Take one file out of an open report, which goes with its last one. Raises AttendanceRefused."""
    locked(file.report.meeting)
    report = held(file.report)
    if report.files.count() == 1:
        remove_reports(AttendanceReport.objects.filter(pk=report.pk))
        return None
    storage, name = file.file.storage, file.file.name or ""
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))
    said(report)
    return report


@transaction.atomic
def discard(report: AttendanceReport) -> None:
    """Remove a report that nobody imported, and its files. Raises AttendanceRefused."""
    locked(report.meeting)
    remove_reports(AttendanceReport.objects.filter(pk=held(report).pk))


def remove_left_open(reports: QuerySet[AttendanceReport]) -> int:
    """Remove reports that were never imported, unless one is just being worked on; return how many."""
    number = 0
    for report in reports.select_related("meeting__network").order_by("meeting__network", "pk"):
        try:
            discard(report)
        except AttendanceRefused:
            continue
        number += 1
    return number
