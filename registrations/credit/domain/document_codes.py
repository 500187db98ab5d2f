"""Numbers and codes of documents (docs/rules.md 12.2, 13.8)."""

import secrets
from datetime import date

from registrations.models import DocumentSequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
LENGTH = 16
LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_document_code() -> str:
    """Return a code of 80 bits of chance; the table takes each only once."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal_code(typed: str) -> str:
    """Return ``typed`` as codes are stored, whatever its case, spaces, dashes or look-alikes."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())
    return letters.translate(LOOK_ALIKES)[: LENGTH + 1]


def numbers_of(day: date) -> DocumentSequence:
    """Return the numbers of the year as they stand, to see which come next; nothing is locked."""
    return DocumentSequence.objects.filter(year=day.year).first() or DocumentSequence(year=day.year)


def lock_numbers(day: date) -> DocumentSequence:
    """Lock the numbers of the year until the transaction ends: documents are issued one after the other."""
    return DocumentSequence.objects.select_for_update().get_or_create(year=day.year)[0]


def number_after(numbers: DocumentSequence, given: int) -> str:
    """Return the number that comes next once ``given`` more are given, such as 2021-000318."""
    return f"{numbers.year}-{numbers.last + given + 1:06d}"
