"""Merging duplicates: what was decided, what was moved, and how to undo it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.organization import Organization
from partners.models.people.person import Person


class Subject(models.TextChoices):
    """What is merged."""

    ORGANIZATION = "organization", _("Organizations")
    PERSON = "person", _("People")


LIKE = {
    "name": _("the same name"),
    "code": _("the same code"),
    "web": _("the same website"),
    "mail": _("similar addresses"),
    "alike": _("similar names"),
}


class NotTheSame(models.Model):
    """Somebody looked at a likely duplicate and said: not the same."""

    subject = models.CharField(_("what"), max_length=12, choices=Subject)
    first = models.BigIntegerField(_("first"))
    second = models.BigIntegerField(_("second"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reviewed, not the same")
        verbose_name_plural = _("reviewed, not the same")
        constraints = [
            models.UniqueConstraint(fields=["subject", "first", "second"], name="notthesame_once_a_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="notthesame_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"


class LikelyPair(models.Model):
    """Two rows that may be one, as the last look found them; written by the look alone."""

    subject = models.CharField(_("what"), max_length=12, choices=Subject)
    first = models.BigIntegerField(_("first"))
    second = models.BigIntegerField(_("second"))
    likeness = models.FloatField(_("likeness"), help_text=_("From 0 to 1."))
    marks = models.JSONField(_("why"), default=list)

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        constraints = [
            models.UniqueConstraint(fields=["subject", "first", "second"], name="likelypair_once_a_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="likelypair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"

    @property
    def reason(self) -> str:
        """Return why they may be one, in words."""
        return ", ".join(str(LIKE[mark]) for mark in self.marks if mark in LIKE)


class DuplicateLook(models.Model):
    """When likely duplicates of one kind were last looked for."""

    subject = models.CharField(_("what"), max_length=12, choices=Subject, unique=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("search for duplicates")
        verbose_name_plural = _("searches for duplicates")

    def __str__(self) -> str:
        return f"{self.subject}, {self.at:%Y-%m-%d}"


class Merge(models.Model):
    """One merge: the row that stays, the row that went, what moved; undone within 30 days."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(_("what"), max_length=12, choices=Subject)
    kept = models.BigIntegerField(_("kept"))
    gone = models.BigIntegerField(_("merged into it"))
    label = models.CharField(_("names"), max_length=420)
    before = models.JSONField(_("fields before"), default=dict)
    moved = models.JSONField(_("rows that moved"), default=list)
    dropped = models.JSONField(_("rows that went"), default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.label


class OldSlug(models.Model):
    """An address that an organization once had; it redirects."""

    slug = models.SlugField(_("old address"), max_length=120, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.slug
