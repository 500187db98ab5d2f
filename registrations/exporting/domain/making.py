"""Making the file of an export: at once where it is small, as a job where it is large."""

from datetime import datetime
from typing import IO

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partners.models import Person, local_day
from registrations.exporting.domain.rows import (
    Headings,
    Told,
    chosen_columns,
    networks_of,
    rows_of,
    size,
    tell_nobody,
)
from registrations.exporting.exceptions import ExportRefused, NotYourNetworks
from registrations.models import ExportDelivery, SavedExport
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.models import Job
from stemnet.tables.exact import exact_file
from stemnet.tables.writing import Sheet, table_file

KIND = "registrations.saved_export"
FileForm = SavedExport.FileForm


def file_name(export: SavedExport, *, at: datetime) -> str:
    """Return what the file is called: its name and the day, nothing personal."""
    ending = "xlsx" if export.file_form == FileForm.XLSX else "csv"
    return f"{slugify(export.title) or 'export'}-{local_day(at).isoformat()}.{ending}"


def make_file(export: SavedExport, reader: Person, *, at: datetime, told: Told = tell_nobody) -> IO[bytes]:
    """Return the file for ``reader``, whole: what is refused leaves nothing half done.

    Raises ExportRefused where it has no rows for them, CellNotExact where a cell can't stand as it is.
    """
    if not networks_of(export, reader).exists():
        raise NotYourNetworks
    columns = chosen_columns(export)
    header = [one.heading for one in columns]
    rows = rows_of(export, reader, at=at, told=told)
    shown = [] if export.headings == Headings.NONE else header
    if export.file_form == FileForm.EXACT:
        return exact_file(header, rows, headed=bool(shown))
    sheet = Sheet(export.title, shown, rows, [one.column.width for one in columns])
    return table_file(f"file.{export.file_form}", [sheet])


def is_large(export: SavedExport, reader: Person) -> bool:
    """Return whether the file is made by a job."""
    return size(export, reader)[1] > settings.EXPORT_JOB_ROWS


def start(export: SavedExport, *, back: str, by: Person, at: datetime) -> Job:
    """Start the job that makes the file for ``by``; ``back`` is the address of the page that it came from."""
    params = {
        "uid": str(export.uid),
        "at": at.isoformat(),
        "language": translation.get_language() or "en",
        "back": back,
    }
    return jobs.start_job(kind=KIND, params=params, by=str(by.uid), at=at)


def run_making(run: Run) -> None:
    """Do the job; what its reader may see is asked now."""
    reader = Person.objects.current().filter(uid=run.actor).first()
    export = SavedExport.objects.visible_to(reader).filter(uid=run.params["uid"]).first()
    if export is None and reader is not None:
        asked_at = datetime.fromisoformat(run.params["at"])
        sent = ExportDelivery.objects.filter(person=reader, export__uid=run.params["uid"], until__gt=asked_at)
        delivery = sent.select_related("export__owner", "export__organization").first()
        export = delivery.export if delivery else None
    if reader is None or export is None:
        raise ExportRefused(sentence=_("This export was deleted, or it isn't shared with you anymore."))
    at = datetime.fromisoformat(run.params["at"])
    run.expect(size(export, reader)[0])
    with translation.override(run.params["language"]):
        file = make_file(export, reader, at=at, told=run.reach)
    with file:
        run.keep(file_name(export, at=at), file)
