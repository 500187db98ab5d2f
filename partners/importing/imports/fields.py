"""What a table of organizations or people may say, and which column of a file seems to say it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from partners.importing.exceptions import CellRefused
from partners.importing.imports import cells, headers
from partners.importing.imports.cells import CellRead, Reader, Value
from partners.models import Job, Level, Sector, StakeholderGroup, TableImport
from stemnet.tables.writing import Cell, Sheet
from stemnet.wording import compared

Kind = TableImport.Kind
Values = dict[str, Value]


@dataclass(frozen=True)
class Field:
    """One thing that a row may say: its name, how a cell is read, headers that mean it, and an example.

    Of headers that mean it, earlier ones are surer; ``many`` may stand in several columns.
    """

    name: str
    label: str | Promise
    read: Reader
    headers: tuple[str, ...]
    example: str = ""
    many: bool = False

    @property
    def ranks(self) -> dict[str, int]:
        """Return every header that means this field, as headers are compared, the surest first."""
        ranks: dict[str, int] = {}
        for rank, words in enumerate(self.headers):
            ranks.setdefault(compared(words), rank)
        ranks.setdefault(compared(str(self.label)), -1)
        ranks.setdefault(compared(self.name), len(ranks))
        return ranks

    @property
    def own(self) -> set[str]:
        """Return what the field itself is called."""
        return {compared(str(self.label)), compared(self.name)}


FIELDS: dict[str, tuple[Field, ...]] = {
    Kind.ORGANIZATIONS: (
        Field("name", gettext_lazy("Name"), cells.name_text(200), headers.NAME, "Wareham Public Schools"),
        Field(
            "aliases",
            gettext_lazy("Other names"),
            cells.names,
            headers.ALIASES,
            "Wareham Schools; Town of Wareham Schools",
            many=True,
        ),
        Field("city", gettext_lazy("Town"), cells.text(100), headers.CITY, "Wareham"),
        Field("state", gettext_lazy("State"), cells.state, headers.STATE, "MA"),
        Field(
            "sector",
            gettext_lazy("Sector"),
            cells.choice(Sector, headers.SECTORS),
            headers.SECTOR,
            "School district",
        ),
        Field("level", gettext_lazy("Level"), cells.choice(Level), headers.LEVEL, "Local"),
        Field(
            "website",
            gettext_lazy("Website"),
            cells.website,
            headers.WEBSITE,
            "https://www.wareham.example.org",
        ),
        Field("region", gettext_lazy("Region"), cells.text(60), headers.REGION, "SouthCoast"),
        Field("state_org_code", gettext_lazy("State code"), cells.code, headers.CODE, "03100000"),
        Field("nces_id", gettext_lazy("NCES number"), cells.nces_number, headers.NCES, "2511940"),
        Field("part_of", gettext_lazy("Part of"), cells.text(200), headers.PART_OF),
    ),
    Kind.PEOPLE: (
        Field(
            "first_name",
            gettext_lazy("First name"),
            cells.first_name,
            headers.FIRST_NAME,
            "District science lead",
        ),
        Field("last_name", gettext_lazy("Last name"), cells.last_name, headers.LAST_NAME, "Wareham"),
        Field("full_name", gettext_lazy("Full name"), cells.full_name, headers.FULL_NAME),
        Field(
            "certificate_name",
            gettext_lazy("Name for the certificate"),
            cells.text(200),
            headers.CERTIFICATE_NAME,
        ),
        Field(
            "address",
            gettext_lazy("E-mail"),
            cells.first_address,
            headers.ADDRESS,
            "science-lead@example.org",
        ),
        Field("addresses", gettext_lazy("Other e-mails"), cells.addresses, headers.ADDRESSES, many=True),
        Field(
            "organization",
            gettext_lazy("Organization"),
            cells.text(200),
            headers.ORGANIZATION,
            "Wareham Public Schools",
        ),
        Field("job", gettext_lazy("Job"), cells.choice(Job), headers.JOB, str(Job.COORDINATOR.label)),
        Field("title", gettext_lazy("Title"), cells.job_title, headers.TITLE, "Science coordinator"),
        Field(
            "stakeholder_group",
            gettext_lazy("Stakeholder group"),
            cells.choice(StakeholderGroup),
            headers.STAKEHOLDER_GROUP,
        ),
        Field("started_on", gettext_lazy("From"), cells.day, headers.STARTED_ON),
        Field("ended_on", gettext_lazy("Until"), cells.day, headers.ENDED_ON),
        Field("uid", gettext_lazy("Key in the portal"), cells.uid, ("portal key",)),
    ),
}
LABELS = {kind: {field.name: field.label for field in fields} for kind, fields in FIELDS.items()}
MOST_CELLS = 5000  # of a column that are remembered while a table is read
MANY = frozenset(field.name for fields in FIELDS.values() for field in fields if field.many)


def row_reader(
    kind: str, columns: Mapping[str, str], header: Sequence[str]
) -> Callable[[Sequence[str]], tuple[Values, list[str]]]:
    """Return a reader of rows: what one says, and a sentence for each cell that can't be read."""
    readers = {field.name: field.read for field in FIELDS[kind]}
    # The same town, organization and job stand in hundreds of rows.
    wanted = [
        (int(place), name, lru_cache(maxsize=MOST_CELLS)(readers[name])) for place, name in columns.items()
    ]

    def read(row: Sequence[str]) -> tuple[Values, list[str]]:
        values: Values = {}
        faults = []
        for place, name, reader in wanted:
            cell = row[place].strip()
            if not cell:
                continue
            try:
                _take(values, name, reader(cell))
            except CellRefused as refusal:
                faults.append(
                    _("Column “%(column)s”: %(reason)s") % {"column": header[place], "reason": refusal}
                )
        return values, faults

    return read


def _take(values: Values, name: str, read: Value | CellRead) -> None:
    """Keep what a cell says, beside what other columns say of the same, and what was left out of it."""
    if isinstance(read, str):
        if read:
            values[name] = read
        return
    told = read if isinstance(read, CellRead) else CellRead(read)
    if told.left_out:
        values["left_out"] = [*values.get("left_out", []), *told.left_out]
    if name == "address" and isinstance(told.value, list):
        values["address"], told = told.value[0], CellRead(told.value[1:])
        name = "addresses"
    if isinstance(told.value, list) and name in MANY:
        values[name] = list(dict.fromkeys([*values.get(name, []), *told.value]))
    elif told.value:
        values[name] = told.value


def written_fields(kind: str) -> list[Field]:
    """Return the fields of a table that the portal writes: every one, a name in its two parts."""
    return [field for field in FIELDS[kind] if field.name != "full_name"]


def sheet(kind: str, rows: Iterable[Mapping[str, Cell]]) -> Sheet:
    """Return a table whose columns are found again when it is brought; rows say fields by their names."""
    fields = written_fields(kind)
    header = [str(field.label) for field in fields]
    cells_of = ([row.get(field.name) for field in fields] for row in rows)
    return Sheet(str(Kind(kind).label), header, cells_of)


def example(kind: str) -> Sheet:
    """Return a table with every column and one row of a role account, to begin from."""
    return sheet(kind, [{field.name: field.example for field in FIELDS[kind]}])


CHOICES: dict[str, type[TextChoices]] = {
    "sector": Sector,
    "level": Level,
    "job": Job,
    "stakeholder_group": StakeholderGroup,
}


def shown_value(name: str, value: str) -> str:
    """Return the value of a field as people read it: a code by its words."""
    if name not in CHOICES or not value:
        return value
    return _label(name, value, get_language() or "")


@lru_cache(maxsize=1000)  # for a list asks for the same words thousands of times
def _label(name: str, value: str, _language: str) -> str:
    return str(CHOICES[name](value).label)
