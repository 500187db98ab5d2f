"""All valid documents of a network as one file: a ZIP of the PDFs as issued, or one PDF to be printed.

What is printed is set in parts: a PDF of a thousand documents would take four gigabytes to set.
"""

import tempfile
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

from django.db.models import QuerySet
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import local_day
from registrations.credit.documents import render_for_printing
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Document
from stemnet.documents import forget
from stemnet.jobs import Run
from stemnet.tables.writing import Cell, Sheet, csv_lines

KIND = "registrations.bundle"
ZIP, PRINT, PRINT_BOTH_SIDES = "zip", "print", "print_both_sides"
PART = 200  # documents that are read at a time
IN_ONE_PDF = 100


def valid_documents(network: Network) -> QuerySet[Document]:
    """Return the documents of ``network`` that stand, in the order in which people are listed."""
    found = Document.objects.valid().filter(network=network).select_related("person")
    return found.order_by("person__last_name", "person__first_name", "kind", "number")


def run_bundle(run: Run) -> None:
    """Do the job: ``params`` name the network, the form of the file, the moment and the language.

    Raises IssuingRefused where nothing stands any more.
    """
    network = Network.objects.get(slug=run.params["slug"])
    form, at = run.params["form"], datetime.fromisoformat(run.params["at"])
    day = local_day(at, network.zone)
    with translation.override(run.params["language"]), tempfile.TemporaryFile() as file:
        documents = valid_documents(network)
        count = documents.count()
        run.expect(count)
        if not count:
            raise IssuingRefused(sentence=_("No document of this network is valid, so there's no file."))
        if form == ZIP:
            run.note("\n".join(write_zip(documents, file, run=run)))
        else:
            write_printed(network, documents, file, both_sides=form == PRINT_BOTH_SIDES, run=run)
        file.seek(0)
        ending = "zip" if form == ZIP or count > IN_ONE_PDF else "pdf"
        run.keep(f"{network.slug}-documents-{day.isoformat()}.{ending}", file)


def write_zip(documents: QuerySet[Document], file: IO[bytes], *, run: Run | None = None) -> list[str]:
    """Write the PDFs, byte for byte as they were issued, and a list of them; return what is missing of it."""
    missing: list[str] = []
    rows: list[list[Cell]] = []
    with ZipFile(file, "w", ZIP_STORED) as archive:  # PDFs are packed already
        for number, document in enumerate(documents.iterator(chunk_size=PART), start=1):
            name = file_name(document)
            try:
                with document.pdf.open("rb") as source, archive.open(name, "w") as target:
                    for chunk in source.chunks():
                        target.write(chunk)
            except FileNotFoundError:
                missing.append(_("%(number)s: we can't find its file.") % {"number": document.number})
            else:
                rows.append(_row(document, name))
            if run:
                run.reach(number)
        sheet = Sheet(title=_("Documents"), header=_header(), rows=iter(rows))
        archive.writestr(f"{slugify(_('Documents')) or 'documents'}.csv", b"".join(csv_lines(sheet)))
    return missing


def file_name(document: Document) -> str:
    """Return a name by which people find a document in a folder: the person, then the number.

    The name is the one that is printed, in letters that every system unpacks.
    """
    who = slugify(str(document.snapshot.get("name", "")))[:60].strip("-")
    return f"{who or 'document'}-{document.number}.pdf"


def _header() -> list[str]:
    return [
        _("File"),
        _("Name"),
        _("Document"),
        _("Number"),
        _("Issued"),
        _("Check code"),
        _("SHA-256 of the PDF"),
    ]


def _row(document: Document, name: str) -> list[Cell]:
    """Return the line of a document: what it says itself, and how its file is known."""
    facts: dict[str, Any] = document.snapshot
    return [
        name,
        facts.get("name", ""),
        document.name,
        document.number,
        facts.get("issued_on", ""),
        document.printed_code,
        document.sha256,
    ]


def write_printed(
    network: Network,
    documents: QuerySet[Document],
    file: IO[bytes],
    *,
    both_sides: bool,
    run: Run | None = None,
) -> None:
    """Write what all documents say, typeset anew from what was frozen when each was issued: one PDF.

    More than `IN_ONE_PDF` documents become a ZIP of several, in order.
    """
    keys = list(documents.values_list("pk", flat=True))
    parts = [keys[start : start + IN_ONE_PDF] for start in range(0, len(keys), IN_ONE_PDF)]
    title = _("Documents from %(network)s") % {"network": network}
    if len(parts) == 1:
        file.write(_printed(documents, parts[0], title=title, both_sides=both_sides))
        return
    width = len(str(len(parts)))
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for number, part in enumerate(parts, start=1):
            name = f"{network.slug}-{number:0{width}}-{len(parts)}.pdf"
            archive.writestr(name, _printed(documents, part, title=title, both_sides=both_sides))
            forget()
            if run:
                run.reach(min(number * IN_ONE_PDF, len(keys)))


def _printed(documents: QuerySet[Document], keys: list[int], *, title: str, both_sides: bool) -> bytes:
    snapshots = list(documents.filter(pk__in=keys).values_list("snapshot", flat=True))
    return render_for_printing(snapshots, title=title, both_sides=both_sides)
