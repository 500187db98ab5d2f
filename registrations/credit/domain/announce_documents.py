"""The sweep that tells people that a document can be had, once the evaluation is answered."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from meetings.models import Network
from partners.models import is_night
from registrations.credit import emails
from registrations.credit.domain.readiness import Readiness, readiness_of
from registrations.models import Document, EvaluationCompletion


def tell_ready(*, at: datetime) -> int:
    """Queue the mail to everyone who can have a document and was not told, by day; return how many.

    Late is better than never: whoever was missed is found by the next sweep.
    """
    if is_night(at):
        return 0
    waiting: dict[Network, set[int]] = defaultdict(set)
    for completion in _untold().select_related("evaluation__network", "registration"):
        waiting[completion.evaluation.network].add(completion.registration.person_id)
    told = 0
    for network, people in waiting.items():
        for readiness in readiness_of(network, at=at, people=people):
            if readiness.ready:
                _tell(readiness, at=at)
                told += 1
    return told


@transaction.atomic
def _tell(readiness: Readiness, *, at: datetime) -> None:
    """Queue the mail of one person and note that they were told: the outbox forgets old mail, rows do not."""
    registration = readiness.registration
    emails.documents_ready([(registration, readiness.ready_names)], at=at)
    own = EvaluationCompletion.objects.filter(registration__person=registration.person)
    own.filter(evaluation__network=registration.network).update(told=True)


def _untold() -> QuerySet[EvaluationCompletion]:
    """Return the completed evaluations of people who have no document and were not told of one."""
    documents = Document.objects.filter(
        person=OuterRef("registration__person"), network=OuterRef("registration__network")
    )
    return EvaluationCompletion.objects.filter(told=False).exclude(Exists(documents))
