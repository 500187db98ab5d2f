"""How full networks are and whether they take registrations: one annotation a network, for every list."""

from datetime import datetime
from typing import Any, TypeAlias, TypedDict

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from meetings.models import Meeting, Network
from registrations.models import Hold, Registration


class Standing(models.TextChoices):
    """Whether a network takes registrations at a moment (docs/rules.md 4.2)."""

    OPEN = "open", _("Open")
    WAITLIST = "waitlist", _("Waitlist")
    FULL = "full", _("Full")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    DRAFT = "draft", _("Draft")


class Occupancy(TypedDict):
    """Seats ``taken`` (seated, offered, held), people ``waiting`` in line, when its own standing meetings
    begin and end (UTC), and whether it takes registrations, a value of `Standing`.
    """

    taken: int
    waiting: int
    first_starts_at: datetime | None
    last_ends_at: datetime | None
    standing: str


OccupiedNetwork: TypeAlias = "WithAnnotations[Network, Occupancy]"


def with_occupancy(networks: models.QuerySet[Network], *, at: datetime) -> models.QuerySet[OccupiedNetwork]:
    """Annotate each network with its `Occupancy` at the moment ``at``."""
    return networks.annotate(
        taken=of_network(Registration.objects.occupying(), models.Sum("party_size"))
        + of_network(Hold.objects.occupying(at), models.Count("pk")),
        waiting=of_network(Registration.objects.waiting(), models.Count("pk")),
        first_starts_at=first_or_last(models.Min("starts_at")),
        last_ends_at=first_or_last(models.Max("ends_at")),
    ).annotate(standing=standing_at(at))


def in_standing(
    networks: models.QuerySet[OccupiedNetwork], *standings: Standing
) -> models.QuerySet[OccupiedNetwork]:
    """Return those of ``networks`` that stand in one of ``standings``."""
    return networks.filter(standing__in=standings)


def of_network(rows: models.QuerySet[Any], figure: models.Aggregate) -> Coalesce:
    """Return the figure over those of ``rows`` that are of the outer query's network, at least zero."""
    counted = rows.filter(network=models.OuterRef("pk")).order_by().values("network").annotate(figure=figure)
    return Coalesce(models.Subquery(counted.values("figure")), 0, output_field=models.IntegerField())


def first_or_last(figure: models.Aggregate) -> models.Subquery:
    """Return a figure over the standing meetings that are the outer network's own."""
    own = Meeting.objects.standing().filter(network=models.OuterRef("pk"), working_group__isnull=True)
    dated = own.order_by().values("network").annotate(figure=figure)
    return models.Subquery(dated.values("figure"), output_field=models.DateTimeField())


def standing_at(at: datetime) -> models.Case:
    """Return the expression that says whether a network takes registrations; the domain asks the same."""
    may_wait = models.Q(waitlist=True) & (
        models.Q(waitlist_limit__isnull=True) | models.Q(waitlist_limit__gt=models.F("waiting"))
    )
    return models.Case(
        models.When(status=Network.Status.CANCELLED, then=models.Value(Standing.CANCELLED)),
        models.When(status=Network.Status.DRAFT, then=models.Value(Standing.DRAFT)),
        models.When(first_starts_at__lte=at, then=models.Value(Standing.CLOSED)),
        models.When(closed_at__lte=at, then=models.Value(Standing.CLOSED)),
        models.When(taken__lt=models.F("seats"), waiting=0, then=models.Value(Standing.OPEN)),
        models.When(may_wait, then=models.Value(Standing.WAITLIST)),
        default=models.Value(Standing.FULL),
        output_field=models.CharField(),
    )
