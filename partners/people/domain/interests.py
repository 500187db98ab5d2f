"""The subjects that somebody says they care about."""

from collections.abc import Iterable

from django.db import transaction

from partners.models import Interest, Person, Subject


def of(person: Person) -> list[Subject]:
    """Return the subjects that ``person`` chose, in the order of the list."""
    return list(Subject.objects.filter(interested__person=person))


@transaction.atomic
def choose(person: Person, subjects: Iterable[Subject]) -> None:
    """Make exactly these the interests of ``person``; one that left the forms stays."""
    wanted = {one.pk for one in subjects}
    person.interests.filter(subject__active=True).exclude(subject__in=wanted).delete()
    rows = (Interest(person=person, subject_id=key) for key in wanted)
    Interest.objects.bulk_create(rows, ignore_conflicts=True)
