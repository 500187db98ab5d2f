"""The one document that is signed: rendered once, hashed and frozen."""

import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.memorandum.memorandum import Mou
from partners.models.memorandum.role import MouRole
from partners.models.memorandum.text import MouText
from partners.models.people.local_time import local_day
from partners.models.people.person import Person


def document_path(document: "MouDocument", filename: str) -> str:
    """Return a random name in the private storage."""
    return f"mou/{uuid.uuid4().hex}.pdf"


class MouDocumentQuerySet(models.QuerySet["MouDocument"]):
    """Questions about documents for signature."""

    def visible_to(self, person: Person | None) -> "MouDocumentQuerySet":
        """Return all for coordinators and staff, for contacts those of their memorandum.

        Signatories see what they were asked to sign, contacts of a partner that left what holds its part.
        """
        if person is None:
            return self.none()
        if person.is_coordinator or person.is_staff_for_all:
            return self
        proved = person.emails.filter(verified_at__isnull=False).values("address")
        own = models.Q(mou__in=MouRole.objects.of(person).values("mou"))
        held = models.Q(parts__role__in=MouRole.objects.visible_to(person))
        return self.filter(own | held | models.Q(signatures__signatory_email__in=proved)).distinct()

    def standing(self) -> "MouDocumentQuerySet":
        """Return those that may be signed or are signed: neither unlocked again nor replaced."""
        return self.filter(unlocked_at=None, replaced_by=None)

    def whole(self) -> "MouDocumentQuerySet":
        """Return the memoranda themselves, without the joinders of those who came later."""
        return self.filter(joins=None)


class MouDocument(models.Model):
    """The memorandum as locked for signature: shared text and every part that was ready.

    A joinder (``joins``) holds the same shared text and the part of one partner that joins later.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="documents", verbose_name=_("MOU"))
    text = models.ForeignKey(MouText, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField(_("number"))
    weight = models.CharField(
        _("kind of change"), max_length=12, choices=MouText.Weight, default=MouText.Weight.FIRST
    )
    joins = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joinders"
    )
    words = models.JSONField(_("words"), default=dict)
    html = models.TextField(_("document, HTML"))
    pdf = models.FileField(_("document, PDF"), upload_to=document_path)
    sha256 = models.CharField(_("SHA-256 of the HTML"), max_length=64)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    locked_at = models.DateTimeField(_("locked"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sign_by = models.DateField(_("to be signed by"), null=True, blank=True)
    objections_until = models.DateTimeField(_("objections until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    unlocked_at = models.DateTimeField(_("unlocked"), null=True, blank=True)

    objects = MouDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document for signature")
        verbose_name_plural = _("documents for signature")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mou", "number"], name="moudocument_number_once")]

    def __str__(self) -> str:
        return f"{self.mou}, {self.number}"

    def get_absolute_url(self) -> str:
        """Return the page of the document."""
        return reverse("mou_document", args=[self.mou.slug, self.number])

    @property
    def printed_number(self) -> str:
        """Return the number as every copy carries it."""
        return f"{self.mou.slug}/{self.number}"

    @property
    def due_on(self) -> date | None:
        """Return the day to sign by: its own, or that of the ceremony."""
        return self.sign_by or self.mou.ceremony_on

    @property
    def objections_on(self) -> date | None:
        """Return the last day on which signatories may object, at the partnership's own place."""
        until = self.objections_until
        return local_day(until - timedelta(microseconds=1)) if until else None

    def takes_objections(self, at: datetime) -> bool:
        """Return whether signatories may still object at ``at`` to this editorial change."""
        return self.unlocked_at is None and self.objections_until is not None and at < self.objections_until


class MouDocumentPart(models.Model):
    """One partner's part as it stands in the document.

    ``closed`` says that the part could be changed until this document was locked.
    """

    document = models.ForeignKey(MouDocument, on_delete=models.PROTECT, related_name="parts")
    role = models.ForeignKey(MouRole, on_delete=models.PROTECT, related_name="document_parts")
    organization_name = models.CharField(_("organization, as it was"), max_length=200)
    words = models.JSONField(_("words"), default=dict)
    sha256 = models.CharField(_("SHA-256 of the part"), max_length=64)
    closed = models.BooleanField(_("locked with this document"), default=False)

    class Meta:
        verbose_name = _("part in a document")
        verbose_name_plural = _("parts in documents")
        ordering = ["organization_name"]
        constraints = [models.UniqueConstraint(fields=["document", "role"], name="moudocumentpart_once")]

    def __str__(self) -> str:
        return self.organization_name


class Objection(models.Model):
    """A signatory objects to an editorial change, which makes it a material one."""

    document = models.ForeignKey(MouDocument, on_delete=models.PROTECT, related_name="objections")
    role = models.ForeignKey(MouRole, on_delete=models.PROTECT, related_name="objections")
    name = models.CharField(_("by"), max_length=150)
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [models.UniqueConstraint(fields=["document", "role"], name="objection_once_a_partner")]

    def __str__(self) -> str:
        return f"{self.role}, {self.document}"
