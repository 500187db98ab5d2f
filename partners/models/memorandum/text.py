"""The shared text: sections in numbered versions, and changes that partners propose."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.memorandum.memorandum import Mou
from partners.models.memorandum.role import MouRole
from partners.models.people.organization import Organization
from partners.models.people.person import Person


class MouTextQuerySet(models.QuerySet["MouText"]):
    """Questions about versions of the shared text."""

    def visible_to(self, person: Person | None) -> "MouTextQuerySet":
        """Return all for coordinators; for contacts of a standing part those that were circulated."""
        if person is None:
            return self.none()
        if person.is_coordinator:
            return self
        theirs = MouRole.objects.of(person).values("mou")
        return self.filter(mou__in=theirs).exclude(status=MouText.Status.DRAFT)


class MouText(models.Model):
    """One numbered version of the shared text."""

    class Status(models.TextChoices):
        """Who sees it."""

        DRAFT = "draft", _("Draft")
        CIRCULATED = "circulated", _("Circulated")
        LOCKED = "locked", _("Locked for signature")

    class Weight(models.TextChoices):
        """What a new version asks of those who signed the one before."""

        FIRST = "first", _("First text")
        EDITORIAL = "editorial", _("Editorial change")
        MATERIAL = "material", _("Material change")

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="texts", verbose_name=_("MOU"))
    number = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    weight = models.CharField(_("kind of change"), max_length=12, choices=Weight, default=Weight.FIRST)
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1, help_text=_("Goes up with every save."))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))
    circulated_at = models.DateTimeField(_("circulated"), null=True, blank=True)

    objects = MouTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the shared text")
        verbose_name_plural = _("versions of the shared text")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mou", "number"], name="moutext_number_once")]

    def __str__(self) -> str:
        return f"{self.mou}, v{self.number}"

    def get_absolute_url(self) -> str:
        """Return the page of the version."""
        return reverse("mou_text_version", args=[self.mou.slug, self.number])


class MouSection(models.Model):
    """One section of one version, in Markdown; ``key`` is the same in every version."""

    text = models.ForeignKey(MouText, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order"))
    heading = models.CharField(_("heading"), max_length=150)
    body = models.TextField(_("text"), max_length=60_000, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["text", "key"], name="mousection_key_once")]

    def __str__(self) -> str:
        return self.heading


class Proposal(models.Model):
    """A change to one section that a partner proposes; the coordinator accepts or declines it."""

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(MouSection, on_delete=models.PROTECT, related_name="proposals")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="proposals")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("proposed text"), max_length=60_000)
    why = models.CharField(_("why"), max_length=500)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    made_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.organization}, {self.section}"

    def get_absolute_url(self) -> str:
        """Return the page of the proposed change."""
        return reverse("mou_proposal", args=[self.section.text.mou.slug, self.uid])
