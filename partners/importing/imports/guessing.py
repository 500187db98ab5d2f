"""Which column of a file seems to mean which field, by its header and by what stands below it."""

from collections.abc import Mapping, Sequence

from partners.importing.exceptions import CellRefused
from partners.importing.imports import headers
from partners.importing.imports.fields import FIELDS, Field
from partners.importing.imports.names import is_title
from partners.models import TableImport
from stemnet.wording import compared

Kind = TableImport.Kind
LOOKED_AT = 50  # rows whose cells are read before a column is said to mean a field
CHOSEN = ("sector", "level", "job", "stakeholder_group")
Rows = Sequence[Sequence[str]]


def guess(kind: str, header: Sequence[str], rows: Rows = ()) -> dict[str, str]:
    """Return the field that each column seems to mean, by its place; a field once, unless it may be many.

    Beside first and last name the full name is left out: it says nothing more. A column is left out whose
    cells the field could not read, unless it bears the field's own name.
    """
    names = [headers.bare_header(name) for name in header]
    guessed: dict[int, str] = {}
    for field in FIELDS[kind]:
        for place in _places(field, names, taken=guessed):
            own = names[place] in field.own and field.name != "title"
            own = own and (field.name in CHOSEN or names[place] == compared(str(field.label)))
            if own or _fits(field, [row[place] for row in rows[:LOOKED_AT]]):
                guessed[place] = field.name
                if not field.many:
                    break
    if kind == Kind.PEOPLE:
        _by_question(names, guessed)
        _first_address(guessed)
    else:
        _districts_of_schools(names, guessed)
    if {"first_name", "last_name"} <= set(guessed.values()):
        guessed = {place: name for place, name in guessed.items() if name != "full_name"}
    return {str(place): guessed[place] for place in sorted(guessed)}


def _places(field: Field, names: Sequence[str], *, taken: Mapping[int, str]) -> list[int]:
    """Return the columns whose header means a field, the surest first."""
    ranks = field.ranks
    found = [place for place, name in enumerate(names) if name in ranks and place not in taken]
    return sorted(found, key=lambda place: (ranks[names[place]], place))


def _fits(field: Field, cells: Sequence[str]) -> bool:
    """Say whether the field can read what stands in a column; where nothing stands there, it can."""
    said = [cell for cell in cells if cell.strip()]
    if field.name == "title":
        return not said or sum(map(is_title, said)) * 2 < len(said)
    if field.name == "address":
        return not said or sum("@" in cell for cell in said) * 2 > len(said)
    if field.name not in CHOSEN or not said:
        return True
    return sum(_reads(field, cell) for cell in said) * 2 > len(said)


def _reads(field: Field, cell: str) -> bool:
    try:
        field.read(cell)
    except CellRefused:
        return False
    return True


def _by_question(names: Sequence[str], guessed: dict[int, str]) -> None:
    """Find what no header of a program means in the questions of a form."""
    for place, name in enumerate(names):
        if place in guessed or len(name.split()) < 3 or headers.ELSEWHERE.search(name):
            continue
        asked = (field for field, words in headers.ASKED if words.search(name))
        found = next(asked, "")
        if found and found not in guessed.values():
            guessed[place] = found


def _first_address(guessed: dict[int, str]) -> None:
    """Let the first of other addresses be the main one where there is none."""
    if "address" not in guessed.values():
        others = sorted(place for place, name in guessed.items() if name == "addresses")
        guessed |= dict.fromkeys(others[:1], "address")


def _districts_of_schools(names: Sequence[str], guessed: dict[int, str]) -> None:
    """Let the district that stands beside a school be what the school is part of."""
    named = next((place for place, field in guessed.items() if field == "name"), None)
    if named is None or names[named] not in headers.SCHOOLS or "part_of" in guessed.values():
        return
    above = [place for place, name in enumerate(names) if name in headers.DISTRICTS and place not in guessed]
    guessed |= dict.fromkeys(above[:1], "part_of")
