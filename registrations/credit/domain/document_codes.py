"""Numbers and codes of documents (docs/rules.md 12.2, 13.8)."""

import secrets
from datetime import date

from registrations.models import Document, DocumentSequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
LENGTH = 16
LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_code() -> str:
    """Return a code that no document has; 80 bits of chance."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not Document.objects.filter(code=code).exists():
            return code


def normal_code(typed: str) -> str:
    """Return ``typed`` as codes are stored, whatever its case, spaces, dashes or look-alikes."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())
    return letters.translate(LOOK_ALIKES)[: LENGTH + 1]


def lock_numbers(day: date) -> DocumentSequence:
    """Lock the numbers of the year until the transaction ends: documents are issued one after the other."""
    DocumentSequence.objects.get_or_create(year=day.year)
    return DocumentSequence.objects.select_for_update().get(year=day.year)


def next_number(numbers: DocumentSequence) -> str:
    """Return the next number of the year, such as 2021-000318; ``numbers`` must be locked."""
    numbers.last += 1
    numbers.save(update_fields=["last"])
    return f"{numbers.year}-{numbers.last:06d}"
