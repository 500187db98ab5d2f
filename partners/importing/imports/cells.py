"""What one cell of an uploaded table says: clean text, or a sentence why it can't be read."""

import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from partners.importing.exceptions import CellRefused
from partners.people.exceptions import UnknownState
from partners.people.states import letters_of
from stemnet.wording import compared

Value = str | list[str]
Reader = Callable[[str], Value]
FAULTS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%d %H:%M")
_check_website = URLValidator(schemes=["http", "https"])


def text(longest: int) -> Reader:
    """Return a reader of words up to ``longest`` characters."""

    def read(cell: str) -> str:
        words = " ".join(cell.split())
        if words in FAULTS:
            raise CellRefused(sentence=_("“%(cell)s” is an error in the spreadsheet.") % {"cell": words})
        if len(words) > longest:
            raise CellRefused(
                sentence=_("This is longer than %(longest)s characters.") % {"longest": longest}
            )
        return words

    return read


def choice(choices: type[TextChoices]) -> Reader:
    """Return a reader of one of ``choices``, by its code or by its words."""
    known = {compared(name): one.value for one in choices for name in (one.value, str(one.label))}

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
    written = str(text(254)(cell.removeprefix("mailto:"))).lower()
    try:
        validate_email(written)
    except ValidationError:
        raise CellRefused(sentence=_("“%(cell)s” isn't an e-mail address.") % {"cell": cell[:80]}) from None
    return written


def addresses(cell: str) -> list[str]:
    """Read several e-mail addresses, with semicolons, commas or spaces between them."""
    return list(dict.fromkeys(address(part) for part in re.split(r"[;,\s]+", cell) if part))


def names(cell: str) -> list[str]:
    """Read several names, with semicolons between them."""
    read = text(200)
    return list(dict.fromkeys(str(read(part)) for part in cell.split(";") if part.strip()))


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
    return str(text(200)(written))


def day(cell: str) -> str:
    """Read a day, as 2026-08-31 or 8/31/2026, month first."""
    for pattern in DAYS:
        try:
            return datetime.strptime(cell, pattern).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise CellRefused(
        sentence=_("“%(cell)s” isn't a date. Write it like 8/31/2026 or 2026-08-31.") % {"cell": cell[:80]}
    )


def full_name(cell: str) -> list[str]:
    """Read first and last name: "Last, First", or two words; anything else can't be split safely."""
    last, comma, first = (part.strip() for part in str(text(200)(cell)).partition(","))
    words = [first, last] if comma else last.split()
    if len(words) == 2 and all(0 < len(word) <= 100 for word in words) and "," not in first:
        return words
    raise CellRefused(
        sentence=_(
            "We can't tell the first name from the last name in “%(cell)s”. Write “Last name, First name”."
        )
        % {"cell": cell[:80]}
    )
