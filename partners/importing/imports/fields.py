"""What a table of organizations or people may say, and which column of a file seems to say it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.importing.exceptions import CellRefused
from partners.importing.imports import cells
from partners.importing.imports.cells import Reader, Value
from partners.models import Job, Level, Sector, StakeholderGroup, TableImport
from stemnet.tables.writing import Cell, Sheet
from stemnet.wording import compared

Kind = TableImport.Kind
Values = dict[str, Value]


@dataclass(frozen=True)
class Field:
    """One thing that a row may say: its name, how a cell is read, headers that mean it, and an example."""

    name: str
    label: str | Promise
    read: Reader
    synonyms: str
    example: str = ""

    @property
    def keys(self) -> set[str]:
        """Return every header that means this field, as headers are compared."""
        return {compared(words) for words in (self.name, str(self.label), *self.synonyms.split("|"))}


FIELDS: dict[str, tuple[Field, ...]] = {
    Kind.ORGANIZATIONS: (
        Field(
            "name",
            gettext_lazy("Name"),
            cells.text(200),
            "organization|organization name|organisation|district|district name|school|school name|partner"
            "|institution|company|org name",
            "Wareham Public Schools",
        ),
        Field(
            "aliases",
            gettext_lazy("Other names"),
            cells.names,
            "other name|alias|former name|former names|also known as|aka",
            "Wareham Schools; Town of Wareham Schools",
        ),
        Field("city", gettext_lazy("Town"), cells.text(100), "city|city town|municipality", "Wareham"),
        Field("state", gettext_lazy("State"), cells.state, "st|state two letters|state code us", "MA"),
        Field(
            "sector",
            gettext_lazy("Sector"),
            cells.choice(Sector),
            "kind|category|organization type|org type|type",
            "School district",
        ),
        Field("level", gettext_lazy("Level"), cells.choice(Level), "reach|scope", "Local"),
        Field(
            "website",
            gettext_lazy("Website"),
            cells.website,
            "web|web site|url|homepage|web address|link",
            "https://www.wareham.example.org",
        ),
        Field("region", gettext_lazy("Region"), cells.text(60), "county|area", "SouthCoast"),
        Field(
            "state_org_code",
            gettext_lazy("State code"),
            cells.text(20),
            "code|org code|organization code|district code|school code|dese code|ospi code|nces id",
            "03100000",
        ),
        Field("part_of", gettext_lazy("Part of"), cells.text(200), "parent|parent organization|belongs to"),
    ),
    Kind.PEOPLE: (
        Field(
            "first_name",
            gettext_lazy("First name"),
            cells.text(100),
            "first|given name|forename|firstname|fname",
            "District science lead",
        ),
        Field(
            "last_name",
            gettext_lazy("Last name"),
            cells.text(100),
            "last|surname|family name|lastname|lname",
            "Wareham",
        ),
        Field(
            "full_name",
            gettext_lazy("Full name"),
            cells.full_name,
            "name|participant|educator|teacher name|contact|contact name|attendee",
        ),
        Field(
            "certificate_name",
            gettext_lazy("Name for the certificate"),
            cells.text(200),
            "certificate name|printed name",
        ),
        Field(
            "address",
            gettext_lazy("E-mail"),
            cells.address,
            "email|e mail address|email address|mail|work email|primary email",
            "science-lead@example.org",
        ),
        Field(
            "addresses",
            gettext_lazy("Other e-mails"),
            cells.addresses,
            "other email|other emails|second email|secondary email|personal email|other e mail",
        ),
        Field(
            "organization",
            gettext_lazy("Organization"),
            cells.text(200),
            "district|school|school district|organization name|employer|institution|company|affiliation"
            "|workplace",
            "Wareham Public Schools",
        ),
        Field("job", gettext_lazy("Job"), cells.choice(Job), "role|job category", str(Job.COORDINATOR.label)),
        Field("title", gettext_lazy("Title"), cells.text(150), "job title|position", "Science coordinator"),
        Field(
            "stakeholder_group",
            gettext_lazy("Stakeholder group"),
            cells.choice(StakeholderGroup),
            "stakeholder|group|stands for",
        ),
        Field("started_on", gettext_lazy("From"), cells.day, "start|since|start date|from date|begins"),
        Field("ended_on", gettext_lazy("Until"), cells.day, "end|to|end date|until date|ends"),
        Field("uid", gettext_lazy("Key in the portal"), cells.uid, "portal key"),
    ),
}
LABELS = {kind: {field.name: field.label for field in fields} for kind, fields in FIELDS.items()}


def guess(kind: str, header: Sequence[str]) -> dict[str, str]:
    """Return the field that each column seems to mean, by the column's place; a field once.

    Beside first and last name the full name is left out: it says nothing more.
    """
    guessed: dict[str, str] = {}
    for place, name in enumerate(header):
        meant = (field.name for field in FIELDS[kind] if compared(name) in field.keys)
        found = next((field for field in meant if field not in guessed.values()), None)
        if found:
            guessed[str(place)] = found
    if {"first_name", "last_name"} <= set(guessed.values()):
        return {place: name for place, name in guessed.items() if name != "full_name"}
    return guessed


def read_row(
    kind: str, columns: Mapping[str, str], header: Sequence[str], row: Sequence[str]
) -> tuple[Values, list[str]]:
    """Return what a row says, without its empty cells, and a sentence for each cell that can't be read."""
    readers = {field.name: field.read for field in FIELDS[kind]}
    values: Values = {}
    faults = []
    for place, name in columns.items():
        cell = row[int(place)].strip()
        if not cell:
            continue
        try:
            values[name] = readers[name](cell)
        except CellRefused as refusal:
            faults.append(
                _("Column “%(column)s”: %(reason)s") % {"column": header[int(place)], "reason": refusal}
            )
    return values, faults


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
    choices = CHOICES.get(name)
    return str(choices(value).label) if choices and value else value
