"""The sweep that tells people that a document can be had, once the evaluation is answered."""

from collections import defaultdict
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from meetings.models import Network
from registrations.domain.readiness import readiness_of
from registrations.emails import documents as emails
from registrations.models import Document, EvaluationCompletion
from stemnet.models import Mail


def tell_ready(*, at: datetime) -> int:
    """Queue the mail to everyone who can have a document and was not told; return how many.

    Late is better than never: whoever was missed is found by the next sweep.
    """
    waiting: dict[Network, set[int]] = defaultdict(set)
    for completion in _untold().select_related("evaluation__network", "registration"):
        waiting[completion.evaluation.network].add(completion.registration.person_id)
    told = 0
    for network, people in waiting.items():
        for readiness in readiness_of(network, at=at, people=people):
            if readiness.ready:
                emails.documents_ready(
                    registration=readiness.registration, names=readiness.ready_names, at=at
                )
                told += 1
    return told


def _untold() -> QuerySet[EvaluationCompletion]:
    """Return the completed evaluations of people who have neither a document nor a mail about one."""
    about = Concat(Value("documents:"), Cast(OuterRef("registration_id"), CharField()))
    documents = Document.objects.filter(
        person=OuterRef("registration__person"), network=OuterRef("registration__network")
    )
    return EvaluationCompletion.objects.exclude(Exists(Mail.objects.filter(object=about))).exclude(
        Exists(documents)
    )
