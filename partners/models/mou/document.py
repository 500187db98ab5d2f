"""The one document that is signed: rendered once, hashed and frozen."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.mou.memorandum import Mou
from partners.models.mou.role import MouRole
from partners.models.mou.text import MouText
from partners.models.person import Person


def document_path(document: "MouDocument", filename: str) -> str:
    """A random name in the private storage."""
    return f"mou/{uuid.uuid4().hex}.pdf"


class MouDocument(models.Model):
    """The memorandum as locked for signature: shared text and every part that was ready."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="documents")
    text = models.ForeignKey(MouText, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField(_("number"))
    html = models.TextField(_("document, HTML"))
    pdf = models.FileField(_("document, PDF"), upload_to=document_path)
    sha256 = models.CharField(_("SHA-256 of the HTML"), max_length=64)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    locked_at = models.DateTimeField(_("locked"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    objections_until = models.DateTimeField(_("objections until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        verbose_name = _("document for signature")
        verbose_name_plural = _("documents for signature")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mou", "number"], name="moudocument_number_once")]

    def __str__(self) -> str:
        return f"{self.mou}, {self.number}"


class MouDocumentPart(models.Model):
    """One partner's part as it stands in the document."""

    document = models.ForeignKey(MouDocument, on_delete=models.PROTECT, related_name="parts")
    role = models.ForeignKey(MouRole, on_delete=models.PROTECT, related_name="document_parts")
    organization_name = models.CharField(_("organization, as it was"), max_length=200)
    words = models.JSONField(_("words"), default=dict)
    sha256 = models.CharField(_("SHA-256 of the part"), max_length=64)

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
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [models.UniqueConstraint(fields=["document", "role"], name="objection_once_a_partner")]

    def __str__(self) -> str:
        return f"{self.role}, {self.document}"
