"""Networks with people, and an export over them, reopened by programs that know nothing of ours."""

import csv
import io
from typing import Any

from openpyxl import load_workbook

from partners.models import Person
from registrations.exporting.domain.defining import Plan, save_new
from registrations.exporting.domain.making import make_file
from registrations.models import SavedExport
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network


def networks_with_people(networks: int, people: int, **fields: Any):
    """Make networks with people who were at 1 to 5 meetings."""
    made = []
    for number in range(networks):
        network = an_awarding_network(title=f"Network {number:02}", **fields)
        for place in range(people):
            a_participant(network, attended=place % 5 + 1)
        made.append(network)
    return made


def an_export(by: Person, *, begin: str = "people", columns: list[str] | None = None, **fields: Any):
    """Save an export of ``by``."""
    choices: dict[str, Any] = {
        "title": "Credit",
        "table": "people",
        "reach": "all",
        "who": "took_part",
        "papers": "any",
        "order": "network",
        "headings": "words",
        "date_form": "iso",
        "file_form": "xlsx",
    }
    import uuid

    made = save_new(Plan(**(choices | fields)), begin=begin, uid=uuid.uuid4(), by=by, at=JUNE)
    if columns is not None:
        SavedExport.objects.filter(pk=made.pk).update(columns=[[key, ""] for key in columns])
        made.refresh_from_db()
    return made


def reopened(export: SavedExport, reader: Person, *, at=JUNE) -> list[dict[str, Any]]:
    """Return the rows of the file, by their headings, read by openpyxl or the csv module."""
    with make_file(export, reader, at=at) as file:
        content = file.read()
    if export.file_form == "xlsx":
        header, *rows = load_workbook(io.BytesIO(content)).active.values
    else:
        text = content.decode("utf-8-sig" if export.file_form == "csv" else "utf-8")
        header, *rows = csv.reader(io.StringIO(text))
    return [dict(zip(header, row, strict=True)) for row in rows]
