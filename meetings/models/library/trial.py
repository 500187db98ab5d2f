"""What colleagues say of a resource: where they tried it and what happened, or that something is wrong."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.library.resource import Resource
from partners.models import GradeBand, Organization, Person


class Trial(models.Model):
    """One time that a resource was tried: where, when, with which grades, and what happened."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="trials")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="trials")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="trials", verbose_name=_("where")
    )
    on = models.DateField(_("when"))
    band = models.CharField(_("grades"), max_length=12, choices=GradeBand, blank=True)
    text = models.TextField(_("what happened"), max_length=1500)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.organization}, {self.on:%Y-%m-%d}"


class ResourceReport(models.Model):
    """Somebody says that something is wrong with a resource."""

    class What(models.TextChoices):
        """What is wrong."""

        LINK = "link", _("The link doesn't work")
        WRONG = "wrong", _("Something in it is wrong")
        RIGHTS = "rights", _("It isn't theirs to share")
        PERSON = "person", _("It says something about a student or another person")
        OTHER = "other", _("Something else")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(_("what's wrong"), max_length=8, choices=What)
    words = models.TextField(_("in your words"), max_length=1000, blank=True)
    at = models.DateTimeField(_("when"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report of a resource")
        verbose_name_plural = _("reports of resources")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "by", "what"],
                condition=models.Q(settled_at=None),
                name="resourcereport_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.get_what_display()}"
