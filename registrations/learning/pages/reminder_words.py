"""What the reminder of a meeting says of the way to the minimum, for many people at once."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial

from meetings.models import Meeting
from registrations.credit.domain.reach_words import reach_words
from registrations.learning.pages.learning_progress import also_missing, awards_units
from registrations.learning.pages.learning_rows import OwnNetwork, studies_among
from registrations.models import Registration


def way_of_each(
    registrations: Collection[int], *, at: datetime
) -> dict[int, Callable[[Sequence[Meeting]], str]]:
    """Return for each registration (key) what a mail about some meetings says, in the language of then.

    Those are left out whose network can award nothing. Statements don't grow with people.
    """
    mine = Registration.objects.filter(pk__in=registrations)
    theirs = Registration.objects.filter(
        person__in=mine.values("person"), network__in=mine.values("network")
    ).order_by("person_id", "network_id", "pk")
    return {
        study.registration.pk: partial(words_of, study)
        for study in studies_among(theirs, at=at)
        if study.registration.pk in registrations and awards_units(study)
    }


def words_of(study: OwnNetwork, here: Sequence[Meeting]) -> str:
    """Say how far somebody is with the meetings of one mail, and what else the certificate needs."""
    return " ".join(filter(None, [reach_words(study.reach, here=here), also_missing(study)]))
