"""The numbers by which states and districts know a person: typed, changed and removed by themselves."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from partners.models import EducatorNumber, NumberKind, Person
from partners.people.domain.number_shapes import clean_number

_sources: list[Callable[[Person], Iterable[str]]] = []


def ask_first(source: Callable[[Person], Iterable[str]]) -> None:
    """Let an upper app say in ``ready()`` which kinds a person is asked for, such as by a credit rule."""
    if source not in _sources:
        _sources.append(source)


def kinds_for(person: Person) -> list[NumberKind]:
    """Return every kind, those that the person is asked for first; a kind that we don't know is left out."""
    wanted = {code for source in _sources for code in source(person)}
    return sorted(NumberKind, key=lambda kind: kind not in wanted)


def printed_numbers(person: Person) -> list[EducatorNumber]:
    """Return those that ``person`` wants on documents; of many people, with their numbers fetched at once."""
    return [one for one in person.educator_numbers.all() if one.on_documents]


@transaction.atomic
def save_number(
    person: Person, *, kind: NumberKind, typed: str, on_documents: bool, at: datetime
) -> EducatorNumber:
    """Keep the number of ``kind`` as ``person`` typed it, in place of the one they had.

    Raises EducatorNumberRefused where it is too long or short, or no number that we may keep.
    """
    number = clean_number(typed, kind)
    person = Person.objects.select_for_update().get(pk=person.pk)
    given = {"number": number, "on_documents": on_documents, "typed_at": at}
    return EducatorNumber.objects.update_or_create(person=person, kind=kind, defaults=given)[0]


def remove_number(number: EducatorNumber) -> None:
    """Remove a number for good; a document that carries it stays as it was issued."""
    number.delete()
