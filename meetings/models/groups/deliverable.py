"""What a group makes, such as a review sheet: who sees to it, until when, and how far it is."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.planning.working_group import WorkingGroup
from partners.models import Person
from stemnet.columns import LineColumn


class Deliverable(models.Model):
    """One thing that a group makes; ``done_parts`` of ``parts`` say how much of it is there."""

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("Planned")
        IN_WORK = "in_work", _("In work")
        IN_REVIEW = "in_review", _("In review")
        DONE = "done", _("Done")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="deliverables", verbose_name=_("group")
    )
    title = LineColumn(_("what it is"), max_length=200)
    note = models.CharField(_("where it stands"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.PLANNED)
    due_on = models.DateField(_("due"), null=True, blank=True)
    parts = models.PositiveSmallIntegerField(_("parts"), null=True, blank=True)
    done_parts = models.PositiveSmallIntegerField(_("parts done"), default=0)
    owner = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliverables",
        verbose_name=_("who sees to it"),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = [models.F("due_on").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parts__isnull=True)
                | models.Q(parts__gte=1, done_parts__lte=models.F("parts")),
                name="deliverable_no_more_done_than_parts",
                violation_error_message=_("There can't be more parts done than parts."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        """Return whether it is finished."""
        return self.state == self.State.DONE
