"""What is due on the staff desk now: meetings, people in line, documents to review, and what lacks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db.models import F, Prefetch, QuerySet, Sum
from django_stubs_ext import WithAnnotations

from meetings.models import Meeting, Network, WorkingGroup, counted, with_dates
from meetings.models.planning.network import Dates
from partners.memorandum.domain import coordinator_inbox
from partners.models import Person
from registrations.credit.domain.awarding import lacking
from registrations.models import CreditRule, Document, Registration

TODAY = timedelta(hours=18)


class Figures(Dates):
    """Seats taken, people in line, meetings whose attendance is to be completed, and documents to review."""

    seated: int
    waiting: int
    due: int
    reviews: int


CountedNetwork: TypeAlias = "WithAnnotations[Network, Figures]"


@dataclass(frozen=True)
class NetworkDuties:
    """What waits in one network, with its figures."""

    network: CountedNetwork
    lacks: list[str]


def meetings_due(person: Person, *, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings of today and those held, whose attendance is not complete, the latest first."""
    return (
        Meeting.objects.markable_by(person)
        .standing()
        .filter(starts_at__lte=at + TODAY, completion__isnull=True, network__isnull=False)
        .select_related("network", "working_group")
        .order_by("-starts_at", "pk")
    )


def has_due(person: Person, *, at: datetime) -> bool:
    """Return whether attendance is to be taken, documents wait for review, or partners for a coordinator."""
    reviews = Document.objects.to_be_reviewed().filter(network__in=Network.objects.staffed_by(person))
    return (
        meetings_due(person, at=at).exists()
        or reviews.exists()
        or (person.is_coordinator and coordinator_inbox.memoranda().exists())
    )


def meetings_ahead(person: Person, *, at: datetime) -> QuerySet[Meeting]:
    """Return the next meetings whose attendance this person takes."""
    ahead = Meeting.objects.markable_by(person).standing().filter(starts_at__gt=at + TODAY)
    return (
        ahead.filter(network__isnull=False)
        .select_related("network", "working_group")
        .order_by("starts_at", "pk")
    )


def groups_of(person: Person) -> QuerySet[WorkingGroup]:
    """Return the groups that this person leads, the latest first, each with its meetings."""
    meetings = Meeting.objects.order_by("starts_at", "pk")
    led = WorkingGroup.objects.led_by(person).select_related("network")
    return led.prefetch_related(Prefetch("meetings", meetings)).order_by("-network__school_year", "title")


def networks_of(person: Person, *, at: datetime) -> QuerySet[CountedNetwork]:
    """Return the networks one works for with their figures: those still running first, then by year."""
    due = Meeting.objects.standing().filter(starts_at__lte=at + TODAY, completion__isnull=True)
    reviews = Document.objects.to_be_reviewed()
    return (
        with_dates(Network.objects.staffed_by(person).select_related("provider"))
        .annotate(
            seated=counted(Registration.objects.seated(), Sum("party_size")),
            waiting=counted(Registration.objects.waiting()),
            due=counted(due),
            reviews=counted(reviews),
        )
        .order_by(F("last_ends_at").desc(nulls_first=True), "title", "pk")
    )


def with_lacks(networks: list[CountedNetwork]) -> list[NetworkDuties]:
    """Return with each network what it lacks to award points, in one query for all."""
    versions = CreditRule.objects.all()
    return [NetworkDuties(network, lacks_of(network, versions.version_for(network))) for network in networks]


def lacks_of(network: Network, version: CreditRule | None) -> list[str]:
    """Return what one network lacks; nothing where it is to give no points."""
    return lacking(network, version) if version else []
