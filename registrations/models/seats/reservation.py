"""Seats that staff keep for an organization, and how many one sector may take."""

import uuid
from datetime import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Organization, Person, Sector


class ReservationQuerySet(models.QuerySet["Reservation"]):
    """Questions about reservations."""

    def standing(self, at: datetime) -> "ReservationQuerySet":
        """Return those that keep seats at the moment ``at``: not given back, not past their last moment."""
        return self.filter(given_back_at=None).filter(models.Q(until=None) | models.Q(until__gt=at))


class Reservation(models.Model):
    """So many seats of one network for one organization, whose lead contact names who comes.

    A registration or an invitation that uses one of them points here; the others count as taken until they
    are given back, by hand or because ``until`` has passed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="reservations", verbose_name=_("network")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="seat_reservations",
        verbose_name=_("organization"),
    )
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    until = models.DateTimeField(_("kept until"), null=True, blank=True)
    made_at = models.DateTimeField(_("reserved"))
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("reserved by"), max_length=200)
    over_reason = models.CharField(_("why more than were free"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    given_back_at = models.DateTimeField(_("given back"), null=True, blank=True)
    given_back_by = models.CharField(_("given back by"), max_length=200, blank=True)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation of seats")
        verbose_name_plural = _("reservations of seats")
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seats__gte=1),
                name="reservation_of_one_seat_at_least",
                violation_error_message=_("Reserve one seat at least."),
            ),
            models.UniqueConstraint(
                fields=["network", "organization"],
                condition=models.Q(given_back_at=None),
                name="reservation_one_an_organization",
                violation_error_message=_("This organization already has reserved seats here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.network}"


class SectorLimit(models.Model):
    """At most so many seats of a network for people from organizations of one sector."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="sector_limits")
    sector = models.CharField(_("sector"), max_length=32, choices=Sector)
    at_most = models.PositiveIntegerField(_("seats at most"))

    class Meta:
        verbose_name = _("limit of a sector")
        verbose_name_plural = _("limits of sectors")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "sector"],
                name="sectorlimit_once_a_network",
                violation_error_message=_("This sector already has a limit."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_sector_display()}: {self.at_most}"
