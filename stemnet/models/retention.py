"""How long each class of data is kept, what was deleted, and what may not be deleted (docs/rules.md 11.8).

None of these rows has a key to a person, so that a deletion leaves them: objects are named by strings.
"""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from stemnet.columns import LineColumn


class RetentionPolicy(models.Model):
    """The days that coordinators chose for one class, and when it was last looked through.

    Until somebody chooses, ``changed_at`` is empty and the portal's own number of days holds. Afterwards no
    ``days`` mean that it is never deleted. Whoever deletes rows of the class locks this row.
    """

    key = models.CharField(_("class"), max_length=40, unique=True)
    days = models.PositiveIntegerField(_("days"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    changed_by = models.CharField(_("changed by"), max_length=200, blank=True)
    reason = LineColumn(_("why"), max_length=300, blank=True)
    last_run_at = models.DateTimeField(_("last run"), null=True, blank=True)

    class Meta:
        verbose_name = _("retention policy")
        verbose_name_plural = _("retention policies")

    def __str__(self) -> str:
        return self.key


class RetentionRun(models.Model):
    """One line of the log: what a run deleted, what a look counted, or which days were chosen and why."""

    key = models.CharField(_("class"), max_length=40)
    at = models.DateTimeField(_("when"))
    before = models.DateTimeField(_("what is older"), null=True, blank=True)
    dry = models.BooleanField(_("only counted"), default=False)
    found = models.PositiveIntegerField(_("found"), default=0)
    deleted = models.PositiveIntegerField(_("deleted"), default=0)
    words = LineColumn(_("what was changed"), max_length=400, blank=True)
    by = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("run of retention")
        verbose_name_plural = _("runs of retention")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="retentionrun_newest")]

    def __str__(self) -> str:
        return f"{self.key}, {self.at}"


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Questions about legal holds."""

    def standing(self, at: datetime) -> "LegalHoldQuerySet":
        """Return those that nobody lifted and whose last moment has not passed."""
        over = models.Q(until__isnull=False, until__lte=at)
        return self.filter(lifted_at=None, begins_at__lte=at).exclude(over)


class LegalHold(models.Model):
    """What is about one object, such as "person:<uid>" or "network:<slug>", is not deleted meanwhile."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    object = models.CharField(_("about"), max_length=120)
    label = models.CharField(_("what it covers"), max_length=200)
    reason = LineColumn(_("why"), max_length=300)
    ask = LineColumn(_("who to ask"), max_length=200)
    begins_at = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    set_by = models.CharField(_("set by"), max_length=200)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.CharField(_("lifted by"), max_length=200, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-begins_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["object"], condition=models.Q(lifted_at=None), name="legalhold_one_an_object"
            )
        ]

    def __str__(self) -> str:
        return self.label
