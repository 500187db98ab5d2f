"""Saved texts, which a message can begin with."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from registrations.models.messages.message import LONGEST_SUBJECT, LONGEST_TEXT
from stemnet.columns import LineColumn


class SavedText(models.Model):
    """A subject and a text under a name, of one network, or of the partnership where it has none."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_texts",
        verbose_name=_("network"),
    )
    name = LineColumn(_("name"), max_length=80)
    subject = LineColumn(_("subject"), max_length=LONGEST_SUBJECT)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    saved_by_name = models.CharField(_("saved by"), max_length=200, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved text")
        verbose_name_plural = _("saved texts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "name"],
                name="savedtext_name_once_a_network",
                violation_error_message=_("There's already a text with this name."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(network=None),
                name="savedtext_name_once_for_partners",
                violation_error_message=_("There's already a text with this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
