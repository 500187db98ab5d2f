"""What merges remember of people, once the data of one of them is deleted."""

from datetime import datetime

from django.db.models import Q

from partners.models import LikelyPair, Merge, Person
from partners.models.merging.merging import Subject
from partners.models.people.person import REMOVED


def forget_merges(person: Person, /, *, by: Person, at: datetime) -> None:
    """Leave that two were merged, without names and without what would take it back."""
    theirs = Q(kept=person.pk) | Q(gone=person.pk)
    Merge.objects.filter(theirs, subject=Subject.PERSON).update(
        label=str(REMOVED), before={}, moved=[], dropped=[]
    )
    pairs = Q(first=person.pk) | Q(second=person.pk)
    LikelyPair.objects.filter(pairs, subject=Subject.PERSON).delete()
