"""Letters that people of a network write to each other through the portal."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Person


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def between(self, person: Person) -> "LetterQuerySet":
        """Return those that ``person`` wrote or got, the latest first; nobody else reads them."""
        own = models.Q(sender=person) | models.Q(receiver=person)
        return self.filter(own).order_by("-sent_at", "-pk")


class Letter(models.Model):
    """One letter; the address of whoever wrote it is shown only where they chose so."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="letters")
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters_sent")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters_got")
    answers = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    text = models.TextField(_("letter"), max_length=2000)
    shows_address = models.BooleanField(_("shows the writer's e-mail address"), default=False)
    sent_at = models.DateTimeField(_("sent"))

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["sender", "sent_at"], name="letter_sender_sent")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("receiver")),
                name="letter_to_somebody_else",
                violation_error_message=_("You can't write to yourself."),
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Block(models.Model):
    """One person wants no letters from another one."""

    blocker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blocks")
    blocked = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blocked_by")
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("blocked writer")
        verbose_name_plural = _("blocked writers")
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")), name="block_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return str(self.at)
