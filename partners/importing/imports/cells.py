"""What one cell of an uploaded table says: clean text, or a sentence why it can't be read."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from partners.importing.exceptions import CellRefused
from partners.importing.imports import names as people_names
from partners.importing.imports import nces, spreadsheet_marks
from partners.people.exceptions import UnknownState
from partners.people.states import letters_of
from stemnet.forms.fields import LINK
from stemnet.one_line import one_line
from stemnet.wording import compared

Value = str | list[str]
# A full name that can be read in several ways begins with it; its readings follow, first and last name.
OPEN = "?"


class CellRead(NamedTuple):
    """A value, and what of the cell was left out of it, which is said."""

    value: Value
    left_out: Sequence[str] = ()


Reader = Callable[[str], Value | CellRead]
# What is an address without asking Django, which takes its time; the rest is asked.
USUAL_ADDRESS = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_check_website = URLValidator(schemes=["http", "https"])


def text(longest: int) -> Callable[[str], str]:
    """Return a reader of words up to ``longest`` characters."""

    def read(cell: str) -> str:
        words = one_line(cell)
        spreadsheet_marks.refuse_faults(words)
        if len(words) > longest:
            raise CellRefused(
                sentence=_("This is longer than %(longest)s characters.") % {"longest": longest}
            )
        return words

    return read


def name_text(longest: int) -> Callable[[str], str]:
    """Return a reader of a name: neither a date nor a number."""
    read = text(longest)
    return lambda cell: spreadsheet_marks.name(read(cell))


MOST_OF_ADDRESS = 254
_a_code, _an_address, _a_name, _a_title = text(20), text(MOST_OF_ADDRESS), name_text(200), text(150)
_longest_part = text(people_names.LONGEST)


def code(cell: str) -> str:
    """Read a code, as text, without the letters of a state that national files put before it."""
    return _a_code(nces.state_code(spreadsheet_marks.code(one_line(cell))))


def nces_number(cell: str) -> str:
    """Read a number of the National Center for Education Statistics."""
    return nces.number(spreadsheet_marks.code(one_line(cell)))


def choice(choices: type[TextChoices], also: Mapping[str, str] | None = None) -> Reader:
    """Return a reader of one of ``choices``, by its code, its words, or what ``also`` says is the same."""
    known = {compared(name): one.value for one in choices for name in (one.value, str(one.label))}
    known |= {compared(name): value for name, value in (also or {}).items()}

    def read(cell: str) -> str:
        if (found := known.get(compared(cell))) is None:
            names = ", ".join(str(label) for label in choices.labels)
            raise CellRefused(
                sentence=_("“%(cell)s” has to be one of these: %(names)s.")
                % {"cell": cell[:80], "names": names}
            )
        return found

    return read


def address(cell: str) -> str:
    """Read one e-mail address, as the portal keeps it."""
    written = _an_address(cell.strip("<> ").removeprefix("mailto:")).lower()
    if USUAL_ADDRESS.fullmatch(written):
        return written
    try:
        validate_email(written)
    except ValidationError:
        raise CellRefused(sentence=_("“%(cell)s” isn't an e-mail address.") % {"cell": cell[:80]}) from None
    return written


def addresses(cell: str) -> list[str]:
    """Read several e-mail addresses, with semicolons, commas, colons or spaces between them."""
    return list(dict.fromkeys(address(part) for part in re.split(r"(?:[;,\s]|:::)+", cell) if part))


def first_address(cell: str) -> CellRead:
    """Read an e-mail address; of several in one cell the first is the main one, and the others are added."""
    if USUAL_ADDRESS.fullmatch(cell) and len(cell) <= MOST_OF_ADDRESS:  # most
        return CellRead(cell)
    every = addresses(cell) or [address(cell)]
    return CellRead(every) if len(every) > 1 else CellRead(every[0])


def names(cell: str) -> list[str]:
    """Read several names, with semicolons between them."""
    read = text(200)
    return list(dict.fromkeys(read(part) for part in cell.split(";") if part.strip()))


def state(cell: str) -> str:
    """Read a state or territory by its two letters, or by its name written out."""
    try:
        return letters_of(cell)
    except UnknownState as refusal:
        raise CellRefused(sentence=str(refusal)) from None


def uid(cell: str) -> str:
    """Read the key by which an export of this portal names a person."""
    try:
        return str(UUID(cell))
    except ValueError:
        raise CellRefused(
            sentence=_("“%(cell)s” isn't a key from our export. Leave this column out.") % {"cell": cell[:80]}
        ) from None


def website(cell: str) -> str:
    """Read an address of the web, https:// where it says nothing."""
    written = cell if "://" in cell else f"https://{cell}"
    try:
        _check_website(written)
    except ValidationError:
        raise CellRefused(sentence=_("“%(cell)s” isn't a web address.") % {"cell": cell[:80]}) from None
    return text(200)(written)


def day(cell: str) -> str:
    """Read a day, as 2026-08-31 or 8/31/2026, month first."""
    words = one_line(cell)
    spreadsheet_marks.refuse_faults(words)
    return spreadsheet_marks.day(words)


def first_name(cell: str) -> CellRead:
    """Read a first name, without a title in front of it."""
    return _part_of_name(cell, is_last=False)


def last_name(cell: str) -> CellRead:
    """Read a last name, without degrees behind it."""
    return _part_of_name(cell, is_last=True)


def job_title(cell: str) -> CellRead:
    """Read a title that somebody has at work; how they are addressed is none."""
    words = _a_title(cell)
    return CellRead("", [words]) if people_names.is_title(words) else CellRead(words)


def full_name(cell: str) -> CellRead:
    """Read first and last name, or all ways in which they can be read (`OPEN`)."""
    found = people_names.readings(_no_address(_a_name(cell)))
    if not found:
        raise CellRefused(
            sentence=_(
                "We can't tell the first name from the last name in “%(cell)s”. Write “Last name, First "
                "name”."
            )
            % {"cell": cell[:80]}
        )
    if len(found) == 1:
        return CellRead([found[0].first, found[0].last], found[0].left_out)
    return CellRead([OPEN, *(part for one in found for part in (one.first, one.last))])


def _part_of_name(cell: str, *, is_last: bool) -> CellRead:
    words = _no_address(_a_name(cell))
    name, left_out = people_names.without_titles(words, is_last=is_last)
    return CellRead(_longest_part(name or words), left_out if name else ())


def _no_address(name: str) -> str:
    """Refuse what a mail program would turn into a link, as every form does (docs/rules.md 13.11)."""
    if LINK.search(name):
        raise CellRefused(sentence=_("“%(cell)s” is an address, not a name.") % {"cell": name[:80]})
    return name
