"""The sweep that tells people that a document can be had, after the evaluation or without one."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from meetings.models import Meeting, Network
from partners.models import is_night
from registrations.credit.domain.readiness import readiness_of
from registrations.credit.domain.telling import tell_of_documents
from registrations.evaluation.domain.evaluating import documents_wait
from registrations.models import (
    AttendanceCompletion,
    CreditRule,
    Document,
    EvaluationCompletion,
    Registration,
)
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet import jobs

NEWS = timedelta(days=60)


def tell_ready(*, at: datetime) -> int:
    """Queue the mail to everyone who can have a document and was not told of it, by day; return how many.

    Late is better than never: whoever was missed is found by the next sweep.
    """
    if is_night(at):
        return 0
    waiting: dict[Network, set[int]] = defaultdict(set)
    for registration in _untold(at=at).select_related("network"):
        waiting[registration.network].add(registration.person_id)
    return sum(_tell(network, people, at=at) for network, people in waiting.items())


@jobs.finishing()
@transaction.atomic
def _tell(network: Network, people: set[int], *, at: datetime) -> int:
    """Tell those of ``people`` who can have a document; what changed for them was looked at."""
    found = readiness_of(network, at=at, people=people)
    told = tell_of_documents(network, [(one, one.ready_names) for one in found if one.ready], at=at)
    mine = Registration.objects.filter(network=network, person__in=people, news_at__lte=at)
    mine.update(news_at=None)
    return told


def _untold(*, at: datetime) -> RegistrationQuerySet:
    """Return the registrations of people who may have a document that they were not told of.

    Either nobody told them of any and they have none, or their figures changed since.
    """
    same = {"registration__person": OuterRef("person"), "registration__network": OuterRef("network")}
    documents = Document.objects.filter(person=OuterRef("person"), network=OuterRef("network"))
    answered = Exists(EvaluationCompletion.objects.filter(**same))
    first = (answered | Q(network__in=_without_waiting(at=at))) & Q(told_of_documents=False)
    return Registration.objects.filter(Q(news_at__isnull=False) | (first & ~Exists(documents)))


def _without_waiting(*, at: datetime) -> list[Network]:
    """Return the series whose documents wait for no evaluation and whose attendance was completed of late.

    What was completed long ago is no news, such as that of networks whose rule was changed since.
    """
    unfinished = Meeting.objects.standing().filter(network=OuterRef("pk"), completion__isnull=True)
    fresh = AttendanceCompletion.objects.filter(meeting__network=OuterRef("pk"), at__gte=at - NEWS)
    networks = Network.objects.filter(Exists(fresh), ~Exists(unfinished), kind=Network.Kind.SERIES)
    versions = CreditRule.objects.all()
    return [
        network
        for network in networks.prefetch_related("meetings")
        if not documents_wait(network, versions.version_for(network))
    ]
