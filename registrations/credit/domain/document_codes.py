"""Numbers of documents (docs/rules.md 13.8)."""

from datetime import date

from registrations.models import DocumentSequence


def numbers_of(day: date) -> DocumentSequence:
    """Return the numbers of the year as they stand, to see which come next; nothing is locked."""
    return DocumentSequence.objects.filter(year=day.year).first() or DocumentSequence(year=day.year)


def lock_numbers(day: date) -> DocumentSequence:
    """Lock the numbers of the year until the transaction ends: documents are issued one after the other."""
    return DocumentSequence.objects.select_for_update().get_or_create(year=day.year)[0]


def number_after(numbers: DocumentSequence, given: int) -> str:
    """Return the number that comes next once ``given`` more are given, such as 2021-000318."""
    return f"{numbers.year}-{numbers.last + given + 1:06d}"
