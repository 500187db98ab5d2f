"""Coming to one meeting without a seat: as a guest, or as the substitute of somebody who has one."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from registrations.models.seats.registration import Registration
from stemnet.columns import AddressColumn, LineColumn


class MeetingGuestQuerySet(models.QuerySet["MeetingGuest"]):
    """Questions about guests."""

    def standing(self) -> "MeetingGuestQuerySet":
        """Return those who are to come."""
        return self.filter(ended_at=None)


class MeetingGuest(models.Model):
    """Somebody comes to one meeting without a seat in its network; their hours there are their own."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="guest_at", verbose_name=_("who")
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="guests", verbose_name=_("meeting")
    )
    said_at = models.DateTimeField(_("said"))
    ended_at = models.DateTimeField(_("not coming since"), null=True, blank=True)

    objects = MeetingGuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest at a meeting")
        verbose_name_plural = _("guests at meetings")
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "meeting"],
                condition=models.Q(ended_at=None),
                name="meetingguest_once_a_meeting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.meeting}"


class SubstituteQuerySet(models.QuerySet["Substitute"]):
    """Questions about substitutes."""

    def open(self) -> "SubstituteQuerySet":
        """Return those that were asked and not ended, whether they have accepted or not."""
        return self.filter(ended_at=None)

    def coming(self) -> "SubstituteQuerySet":
        """Return those who have accepted, and are to come."""
        return self.open().filter(guest__isnull=False)


class Substitute(models.Model):
    """One colleague who was asked to come to one meeting for somebody who has a seat."""

    class Outcome(models.TextChoices):
        """How it ended, where it did."""

        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        TAKEN_BACK = "taken_back", _("Taken back")
        GIVEN_UP = "given_up", _("Can't come after all")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="substitutes", verbose_name=_("for whom")
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="substitutes", verbose_name=_("meeting")
    )
    address = AddressColumn(_("e-mail"))
    first_name = LineColumn(_("first name"), max_length=100)
    last_name = LineColumn(_("last name"), max_length=100)
    made_at = models.DateTimeField(_("asked"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=16, choices=Outcome, blank=True)
    guest = models.OneToOneField(
        MeetingGuest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substitute",
        verbose_name=_("who comes"),
    )

    objects = SubstituteQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitute")
        verbose_name_plural = _("substitutes")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "meeting"],
                condition=models.Q(ended_at=None),
                name="substitute_one_open_a_meeting",
                violation_error_message=_("A colleague was already asked to come to this meeting."),
            ),
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")), name="substitute_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="substitute_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(guest=None, accepted_at=None)
                | models.Q(guest__isnull=False, accepted_at__isnull=False),
                name="substitute_accepted_is_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def name(self) -> str:
        """Return who was asked; once they accepted, as they call themselves."""
        return str(self.guest.registration.person) if self.guest else f"{self.first_name} {self.last_name}"

    @property
    def is_coming(self) -> bool:
        """Return whether they have accepted, and are to come."""
        return self.ended_at is None and self.guest_id is not None

    def waits(self, *, at: datetime) -> bool:
        """Return whether it can still be accepted at the moment ``at``: until the meeting begins."""
        return self.ended_at is None and self.guest_id is None and at < self.meeting.starts_at
