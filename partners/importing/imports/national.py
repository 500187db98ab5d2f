"""The national files of schools and districts (NCES, Common Core of Data), read by the names of columns.

They have every state, so one may be chosen. A school's row also names its district, which becomes a row of
its own. Of whoever is listed only codes, numbers and the state change: the files have names in short.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.importing.exceptions import ImportRefused
from partners.importing.imports.nces import MISSING
from partners.importing.imports.packed import Line, Packed, csv_lines
from partners.importing.imports.recognized import (
    LEFT,
    ONLY_LISTED,
    Brought,
    check_number,
    columns_of,
    named_rows,
    table_of,
)
from partners.models import Sector, TableImport

FIELDS = ("name", "sector", "city", "state", "website", "state_org_code", "nces_id", "part_of")
KEPT = "city name part_of sector website"  # of whoever is listed
WANTED = frozenset({"LEAID", "ST_LEAID", "LEA_NAME"})
GONE = ("closed", "inactive", "future")
SECTORS = {
    "career and technical school": Sector.CTE_REGIONAL,
    "vocational education school": Sector.CTE_REGIONAL,
    "independent charter district": Sector.CHARTER,
    "regional education service agency": Sector.ESD_COLLABORATIVE,
    "service agency": Sector.ESD_COLLABORATIVE,
    "state agency": Sector.STATE_AGENCY,
    "state operated agency": Sector.STATE_AGENCY,
}


def is_national(header: Iterable[str]) -> bool:
    """Say whether these are the columns of a national file."""
    return {name.strip().upper() for name in header} >= WANTED


@dataclass
class _Read:
    """What a file says, of one state or all: districts by their number, schools, and what was left out."""

    state: str
    districts: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    schools: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    charters: Counter[str] = field(default_factory=Counter)
    elsewhere: int = 0
    gone: int = 0
    nameless: list[int] = field(default_factory=list)
    padded: int = 0


def read_packed(packed: Packed, name: str, *, state: str) -> Brought:
    """Return the table of the one file of an archive, as it is downloaded. Raises ImportRefused."""
    return brought(packed.lines(name), state=state)


def read_csv(file: IO[bytes], name: str, *, state: str) -> Brought:
    """Return the table of a CSV file; of older years they are not in UTF-8. Raises ImportRefused."""
    for encoding in ("utf-8-sig", "cp1252"):
        file.seek(0)
        try:
            return brought(csv_lines(_unclosed(file), name, encoding=encoding), state=state)
        except UnicodeDecodeError:
            continue
    raise ImportRefused(sentence=_("%(file)s can't be read as CSV.") % {"file": name})


def brought(lines: Iterable[Line], *, state: str) -> Brought:
    """Return the table of a national file: districts first, then schools. Raises ImportRefused."""
    read = _Read(state)
    for line, row in lines:
        _take(read, line, {name.upper(): value for name, value in row.items()})
        check_number(len(read.schools) + len(read.districts))  # before a whole nation is in memory
    rows = list(_numbered(read))
    if not rows and read.elsewhere:
        raise ImportRefused(sentence=_("The file has no rows for %(state)s.") % {"state": state})
    table = table_of(TableImport.Kind.ORGANIZATIONS, FIELDS, rows)
    defaults = {LEFT: KEPT, ONLY_LISTED: "1"}
    source = TableImport.Source.NATIONAL
    return Brought(TableImport.Kind.ORGANIZATIONS, table, source, columns_of(FIELDS), defaults, _notes(read))


def _take(read: _Read, line: int, row: Mapping[str, str]) -> None:
    """Take one row: the district and, in a file of schools, the school."""
    said = {name: "" if value in MISSING else value for name, value in row.items()}
    if read.state and said.get("ST", "").upper() != read.state:
        read.elsewhere += 1
        return
    if any(said.get("SY_STATUS_TEXT", "").lower().startswith(word) for word in GONE):
        read.gone += 1
        return
    is_school = "NCESSCH" in said
    lea = said.get("LEAID", "").zfill(7) if said.get("LEAID") else ""
    name = said.get("SCH_NAME" if is_school else "LEA_NAME", "")
    if not name:
        read.nameless.append(line)
        return
    read.padded += 0 < len(said.get("LEAID", "")) < 7 or 0 < len(said.get("NCESSCH", "")) == 11
    if lea and said.get("LEA_NAME") and lea not in read.districts:
        read.districts[lea] = line, _district(said, lea, has_place=not is_school)
    if is_school:
        read.charters[lea] += 0 if said.get("CHARTER_TEXT", "").lower() == "yes" else 1
        read.schools.append((line, _school(said, lea)))


def _district(said: Mapping[str, str], lea: str, *, has_place: bool) -> tuple[str, ...]:
    sector = _sector(said.get("LEA_TYPE_TEXT", ""), Sector.K12_DISTRICT)
    place = (_city(said), said.get("WEBSITE", "")) if has_place else ("", "")
    codes = said.get("ST_LEAID", ""), lea
    return (said["LEA_NAME"], sector, place[0], said.get("ST", ""), place[1], *codes, "")


def _school(said: Mapping[str, str], lea: str) -> tuple[str, ...]:
    is_charter = said.get("CHARTER_TEXT", "").lower() == "yes"
    sector = (
        str(Sector.CHARTER.label) if is_charter else _sector(said.get("SCH_TYPE_TEXT", ""), Sector.SCHOOL)
    )
    place = _city(said), said.get("ST", ""), said.get("WEBSITE", "")
    return (said["SCH_NAME"], sector, *place, said.get("ST_SCHID", ""), said["NCESSCH"], lea)


def _sector(words: str, usual: Sector) -> str:
    return str(SECTORS.get(words.strip().lower(), usual).label)


def _city(said: Mapping[str, str]) -> str:
    """Return the town as a name: the files have some in capitals."""
    city = said.get("LCITY") or said.get("MCITY", "")
    return city.title() if city.isupper() else city


def _numbered(read: _Read) -> Iterator[tuple[int, Sequence[str]]]:
    """Give districts and schools, each with a line of its own; districts' are after those of the file."""
    last = max((line for line, _cells in [*read.schools, *read.districts.values()]), default=1)
    for number, (lea, (line, cells)) in enumerate(read.districts.items(), start=1):
        only_charters = bool(read.schools) and not read.charters[lea]
        sector = str(Sector.CHARTER.label) if only_charters else cells[1]
        yield (last + number if read.schools else line), (cells[0], sector, *cells[2:])
    yield from read.schools


def _notes(read: _Read) -> list[str]:
    """Return what is said of the rows that were left out or mended."""
    said = []
    if read.gone:
        said.append(
            ngettext(
                "We left out %(number)s school or district that is closed, inactive or not open yet.",
                "We left out %(number)s schools and districts that are closed, inactive or not open yet.",
                read.gone,
            )
            % {"number": read.gone}
        )
    if read.nameless:
        said.append(_("We left out %(rows)s without a name.") % {"rows": named_rows(read.nameless)})
    if read.padded:
        said.append(
            ngettext(
                "In %(number)s row an NCES number had lost the zero at its front. We put it back.",
                "In %(number)s rows NCES numbers had lost the zero at their front. We put it back.",
                read.padded,
            )
            % {"number": read.padded}
        )
    return said


def _unclosed(file: IO[bytes]) -> io.RawIOBase:
    """Return a file whose readers don't close it."""

    class Unclosed(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            read = file.read(len(buffer))
            buffer[: len(read)] = read
            return len(read)

    return Unclosed()
