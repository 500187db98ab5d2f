"""How much of a reservation is used: by people who have a seat, and by those who were named and asked."""

from datetime import datetime
from typing import TypeAlias, TypedDict, cast

from django.db import models
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from meetings.models import Network
from registrations.models import Registration, Reservation, SeatInvitation


class Use(TypedDict):
    """Seats ``used`` by registrations, and ``named`` for addresses that haven't answered."""

    used: int
    named: int


UsedReservation: TypeAlias = "WithAnnotations[Reservation, Use]"


def with_use(reservations: models.QuerySet[Reservation], *, at: datetime) -> models.QuerySet[UsedReservation]:
    """Annotate each reservation with its `Use` at the moment ``at``."""
    annotated = reservations.annotate(
        used=_of_each(Registration.objects.occupying(), models.Sum("party_size")),
        named=_of_each(SeatInvitation.objects.live(at), models.Count("pk")),
    )
    return cast("models.QuerySet[UsedReservation]", annotated)


def with_seats_to_give(
    reservations: models.QuerySet[Reservation], *, at: datetime
) -> models.QuerySet[UsedReservation]:
    """Return those of which nobody has, and nobody was named for, at least one seat."""
    used = models.F("used") + models.F("named")
    return with_use(reservations, at=at).filter(seats__gt=used)


def to_give(reservation: UsedReservation) -> int:
    """Return how many of its seats nobody has and nobody was named for."""
    return max(0, reservation.seats - reservation.used - reservation.named)


def one_for(
    network: Network, within: tuple[int, ...], *, party_size: int, at: datetime
) -> "UsedReservation | None":
    """Return the reservation that people of an organization may use, theirs before that of its district.

    ``within`` are the keys of the organization and of those that it is part of, nearest first.
    """
    standing = Reservation.objects.standing(at).filter(network=network, organization__in=within)
    free = [one for one in with_use(standing, at=at) if to_give(one) >= party_size]
    return min(free, key=lambda one: within.index(one.organization_id), default=None)


def _of_each(rows: models.QuerySet[models.Model], figure: models.Aggregate) -> Coalesce:
    own = rows.filter(reservation=models.OuterRef("pk")).order_by().values("reservation")
    figures = own.annotate(figure=figure).values("figure")
    return Coalesce(models.Subquery(figures), 0, output_field=models.IntegerField())
