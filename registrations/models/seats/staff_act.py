"""What staff did for one registered person, with what stood there before, so that it can be undone."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from partners.models import Person
from registrations.models.seats.registration import Registration

UNDO_WITHIN = timedelta(days=7)


class StaffActQuerySet(models.QuerySet["StaffAct"]):
    """Questions about what staff did."""

    def standing(self) -> "StaffActQuerySet":
        """Return what nobody has undone."""
        return self.filter(undone_at=None)

    def within(self, at: datetime) -> "StaffActQuerySet":
        """Return what is new enough at the moment ``at`` to be undone."""
        return self.standing().filter(at__gt=at - UNDO_WITHIN)


class StaffAct(models.Model):
    """One act on one registration, by whom, when and why, and what stood there before."""

    class Kind(models.TextChoices):
        """What was done."""

        ADDED = "added", _("Registered by staff")
        MOVED = "moved", _("Moved from another network")
        REOPENED = "reopened", _("Registered again")
        REMOVED = "removed", _("Removed")
        CORRECTED = "corrected", _("Corrected")
        EXCUSED = "excused", _("Excused from a meeting")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="staff_acts", verbose_name=_("registration")
    )
    came_from = models.ForeignKey(
        Registration,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("where they were before"),
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("meeting")
    )
    before = models.JSONField(_("what stood there before"), default=dict, blank=True)
    after = models.CharField(_("how to tell that nothing changed since"), max_length=1000, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=200)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by_name = models.CharField(_("undone by"), max_length=200, blank=True)

    objects = StaffActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of staff")
        verbose_name_plural = _("acts of staff")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["registration", "at"], name="staffact_registration_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="moved", came_from__isnull=False)
                | (~models.Q(kind="moved") & models.Q(came_from=None)),
                name="staffact_a_move_came_from_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="excused", meeting__isnull=False)
                | (~models.Q(kind="excused") & models.Q(meeting=None)),
                name="staffact_an_excuse_is_of_a_meeting",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by_name="")
                | (models.Q(undone_at__isnull=False) & ~models.Q(undone_by_name="")),
                name="staffact_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def undo_until(self) -> datetime:
        """Return until when it can be undone."""
        return self.at + UNDO_WITHIN
