"""Documents: confirmations of attendance and PDP certificates, never mixed."""

import uuid

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Change, Person
from registrations.models.credit.seal import Seal
from registrations.models.seats.registration import Registration


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about documents."""

    def valid(self) -> "DocumentQuerySet":
        """Return those that stand."""
        return self.filter(status=Document.Status.VALID)

    def visible_to(self, person: Person | None) -> "DocumentQuerySet":
        """Return one's own, and those of networks one staffs."""
        if person is None:
            return self.none()
        if person.is_staff_for_all:
            return self
        return self.filter(models.Q(person=person) | models.Q(network__in=Network.objects.staffed_by(person)))

    def editable_by(self, person: Person | None) -> "DocumentQuerySet":
        """Return those of networks one staffs: they may be revoked and issued anew."""
        return self.filter(network__in=Network.objects.staffed_by(person))

    def to_be_reviewed(self) -> "DocumentQuerySet":
        """Return those that stand, though the figures were corrected after they were issued."""
        return self.valid().filter(to_be_reviewed_at__isnull=False)


def document_path(document: "Document", filename: str) -> str:
    """Return a random name in the private storage; nothing personal in it."""
    return f"documents/{uuid.uuid4().hex}.pdf"


def grouped(code: str) -> str:
    """Return a code in groups of four, as it is printed: 7KQM-4HZD-92XW-TP3C."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def name_of(kind: str, unit_label: str) -> str:
    """Return what a document of ``kind`` is called under a rule that awards ``unit_label``."""
    if kind == Document.Kind.PDP and unit_label:
        return capfirst(gettext("%(label)s certificate") % {"label": unit_label})
    return str(Document.Kind(kind).label)


class Document(models.Model):
    """An issued document: an immutable snapshot, the stored PDF, a number and a code to check it."""

    class Kind(models.TextChoices):
        """Which of the two."""

        ATTENDANCE = "attendance", _("Confirmation of attendance")
        PDP = "pdp", _("Certificate of points")

    class Status(models.TextChoices):
        """What its page says."""

        VALID = "valid", _("Valid")
        SUPERSEDED = "superseded", _("Superseded")
        REVOKED = "revoked", _("Revoked")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="documents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.VALID)
    number = models.CharField(_("number"), max_length=20, unique=True)
    code = models.CharField(_("check code"), max_length=16, unique=True)
    snapshot = models.JSONField(_("what it says"))
    pdf = models.FileField(_("PDF"), upload_to=document_path)
    sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, db_index=True)
    seal = models.ForeignKey(
        Seal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("seal"),
    )
    issued_at = models.DateTimeField(_("issued"))
    replaced_by = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    to_be_reviewed_at = models.DateTimeField(_("needs review since"), null=True, blank=True)
    review_reason = models.CharField(_("why it needs review"), max_length=500, blank=True)
    kept_as = models.JSONField(
        _("kept against these figures"),
        null=True,
        blank=True,
        help_text=_("The figures of the day on which staff looked at it and kept it."),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "network", "kind"],
                condition=models.Q(status="valid"),
                name="document_one_valid_a_kind",
                violation_error_message=_("This person already has a valid document of this kind."),
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by__isnull=True) | models.Q(status="superseded"),
                name="document_replaced_is_superseded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def name(self) -> str:
        """Return what it is called: "PDP certificate" or "Confirmation of attendance"."""
        return name_of(self.kind, self.snapshot.get("unit_label", ""))

    @property
    def printed_code(self) -> str:
        """Return the code as it is printed."""
        return grouped(self.code)


class DocumentChange(Change):
    """One change of status of a document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("document change")
        verbose_name_plural = _("document changes")


class DocumentSequence(models.Model):
    """The last number given to a document in one year; its row is locked to give the next."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("document numbers")
        verbose_name_plural = _("document numbers")
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
