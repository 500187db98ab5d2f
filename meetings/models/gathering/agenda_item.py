"""What a meeting goes through, item by item; its breaks are `Break`, which the rule of credit knows."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.planning.meeting import Meeting
from partners.models import Person
from stemnet.columns import LineColumn

LONGEST = 12 * 60  # minutes; a day of work


class AgendaItem(models.Model):
    """One item of an agenda; when it begins follows from those before it (`gathering.domain.layout`)."""

    class Kind(models.TextChoices):
        """What people do."""

        TALK = "talk", _("Talk")
        DISCUSSION = "discussion", _("Discussion")
        GROUPS = "groups", _("Work in groups")
        REPORTS = "reports", _("Reports")
        OTHER = "other", _("Other")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda_items")
    place = models.PositiveIntegerField(_("place"), help_text=_("Its order among the items of the meeting."))
    title = LineColumn(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.TALK)
    presenter = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("presenter"),
    )
    presenter_name = LineColumn(_("who presents"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__range=(1, LONGEST)),
                name="agendaitem_lasts_minutes",
                violation_error_message=_("An item lasts 1 to 720 minutes."),
            ),
            models.CheckConstraint(
                condition=~models.Q(title=""),
                name="agendaitem_has_a_title",
                violation_error_message=_("Say what the item is about."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
