"""Somebody at the door who asks to be let in, by what they typed on their phone."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from stemnet.columns import AddressColumn, NameColumn


class DoorRequestQuerySet(models.QuerySet["DoorRequest"]):
    """Questions about who waits at the door."""

    def waiting(self) -> "DoorRequestQuerySet":
        """Return those whom nobody has answered, who asked first first."""
        return self.filter(state=DoorRequest.State.WAITING).order_by("asked_at", "pk")


class DoorRequest(models.Model):
    """One person who asks the desk of one meeting; nothing counts before the desk lets them in."""

    class Why(models.TextChoices):
        """Why they can't check in by themselves."""

        NOT_LISTED = "not_listed", _("not on the list")
        SAME_PHONE = "same_phone", _("the phone has checked in somebody else")

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting at the door")
        LET_IN = "let_in", _("Let in")
        REFUSED = "refused", _("Not let in")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="door_requests")
    first_name = NameColumn(_("first name"), max_length=100)
    last_name = NameColumn(_("last name"), max_length=100)
    address = AddressColumn(_("e-mail"))
    why = models.CharField(_("why"), max_length=16, choices=Why, default=Why.NOT_LISTED)
    note = models.CharField(_("note"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True)

    objects = DoorRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("person at the door")
        verbose_name_plural = _("people at the door")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "address"],
                condition=models.Q(state="waiting"),
                name="doorrequest_one_waits_for_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
