"""How full networks are and whether they take registrations: one annotation a network, for every list."""

from datetime import datetime
from typing import Any, TypeAlias, TypedDict, cast

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from meetings.models import Meeting, Network, counted, with_dates
from meetings.models.planning.network import Dates, of_network
from registrations.models import (
    Hold,
    Party,
    Registration,
    Reservation,
    SeatInvitation,
    SectorLimit,
)
from registrations.seats.domain.reserved import with_seats_to_give


class Standing(models.TextChoices):
    """Whether a network takes registrations at a moment (docs/rules.md 4.2)."""

    SOON = "soon", _("Opens later")
    OPEN = "open", _("Open")
    WAITLIST = "waitlist", _("Waitlist")
    FULL = "full", _("Full")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    DRAFT = "draft", _("Draft")


class Seats(TypedDict):
    """Seats ``taken`` (seated, offered, held, reserved), who is ``waiting`` in line, and the first start.

    ``ahead`` are those in line whom no limit keeps from a seat; ``limited`` says that an organization or a
    sector may have only so many, ``reserves`` that a reserved seat is to be given.
    """

    taken: int
    waiting: int
    ahead: int
    limited: bool
    reserves: bool
    first_starts_at: datetime | None


class Occupancy(Dates):
    """The same figures as `Seats`, and its `Standing`."""

    taken: int
    waiting: int
    ahead: int
    limited: bool
    reserves: bool
    standing: str


SeatedNetwork: TypeAlias = "WithAnnotations[Network, Seats]"
OccupiedNetwork: TypeAlias = "WithAnnotations[Network, Occupancy]"


def with_seats(networks: models.QuerySet[Network], *, at: datetime) -> models.QuerySet[SeatedNetwork]:
    """Annotate each network with its `Seats` at the moment ``at``: what a registration asks, and no more."""
    own = Meeting.objects.own().standing()
    seated = networks.annotate(
        **_figures(at),
        first_starts_at=of_network(own, models.Min("starts_at")),
    )
    return cast("models.QuerySet[SeatedNetwork]", seated)


def _figures(at: datetime) -> dict[str, Any]:
    """Return the expressions of `Seats` beside the dates."""
    waiting, together = Registration.objects.waiting(), Party.objects.filter(line__isnull=False)
    return {
        "taken": _taken(at),
        "waiting": counted(waiting) + counted(together),
        "ahead": counted(waiting.filter(limited_by="")) + counted(together.filter(limited_by="")),
        "limited": models.Q(each_organization__isnull=False) | models.Exists(_of_each(SectorLimit.objects)),
        "reserves": models.Exists(with_seats_to_give(_of_each(Reservation.objects.standing(at)), at=at)),
    }


def _of_each(rows: models.QuerySet[Any] | models.Manager[Any]) -> models.QuerySet[Any]:
    """Return those of ``rows`` that are of the network of the outer query."""
    return rows.filter(network=models.OuterRef("pk"))


def parts(at: datetime) -> dict[str, models.Expression]:
    """Return by name the expressions of the seats that nobody else can have (docs/rules.md 4.3)."""
    seated, holds = Registration.objects.seated(), Hold.objects.occupying(at)
    offered = Registration.objects.filter(status=Registration.Status.OFFERED)
    for_leaders = Registration.objects.filter(status=Registration.Status.HELD)
    asked, reserved = SeatInvitation.objects.occupying(at), Reservation.objects.standing(at)
    of_reserved = Registration.objects.occupying().filter(reservation__in=reserved.values("pk"))
    unused = counted(reserved, models.Sum("seats")) - counted(of_reserved, models.Sum("party_size"))
    return {
        "seated": counted(seated, models.Sum("party_size")),
        "offered": counted(offered, models.Sum("party_size")),
        "held": counted(holds) + counted(for_leaders, models.Sum("party_size")),
        "asked": counted(asked),
        "reserved": unused,
    }


def _taken(at: datetime) -> models.expressions.CombinedExpression:
    """Return the expression of all of them; one question of those seated, offered, and held for a leader."""
    seated = counted(Registration.objects.occupying(), models.Sum("party_size"))
    apart = parts(at)
    return seated + counted(Hold.objects.occupying(at)) + apart["asked"] + apart["reserved"]


def with_occupancy(networks: models.QuerySet[Network], *, at: datetime) -> models.QuerySet[OccupiedNetwork]:
    """Annotate each network with its `Occupancy` at the moment ``at``."""
    figures = with_dates(networks).annotate(**_figures(at))
    return cast("models.QuerySet[OccupiedNetwork]", figures.annotate(standing=standing_at(at)))


def in_standing(
    networks: models.QuerySet[OccupiedNetwork], *standings: Standing
) -> models.QuerySet[OccupiedNetwork]:
    """Return those of ``networks`` that stand in one of ``standings``."""
    return networks.filter(standing__in=standings)


def standing_at(at: datetime) -> models.Case:
    """Return the expression that says whether a network takes registrations, as `seats.check_room` finds."""
    may_wait = models.Q(waitlist=True) & (
        models.Q(waitlist_limit__isnull=True) | models.Q(waitlist_limit__gt=models.F("waiting"))
    )
    return models.Case(
        models.When(status=Network.Status.CANCELLED, then=models.Value(Standing.CANCELLED)),
        models.When(status=Network.Status.DRAFT, then=models.Value(Standing.DRAFT)),
        models.When(first_starts_at__lte=at, then=models.Value(Standing.CLOSED)),
        models.When(closed_at__lte=at, then=models.Value(Standing.CLOSED)),
        models.When(opens_at__gt=at, then=models.Value(Standing.SOON)),
        models.When(taken__lt=models.F("seats"), ahead=0, then=models.Value(Standing.OPEN)),
        models.When(may_wait, then=models.Value(Standing.WAITLIST)),
        default=models.Value(Standing.FULL),
        output_field=models.CharField(),
    )
