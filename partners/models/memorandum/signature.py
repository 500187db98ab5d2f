"""Signatures: what was signed, by whom, for whom, and how we know."""

import uuid
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.memorandum.document import MouDocument, MouDocumentPart
from partners.models.people.change import Change
from partners.models.people.local_time import is_over
from partners.models.people.person import Person
from stemnet.columns import AddressColumn, LineColumn


def scan_path(signature: "Signature", filename: str) -> str:
    """Return a random name in the private storage."""
    return f"mou/scans/{uuid.uuid4().hex}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Questions about signatures."""

    def visible_to(self, person: Person | None) -> "SignatureQuerySet":
        """Return all for coordinators and staff, a partner's for contacts, their own for signatories."""
        if person is None:
            return self.none()
        if person.is_coordinator or person.is_staff_for_all:
            return self
        proved = person.emails.filter(verified_at__isnull=False).values("address")
        return self.filter(
            models.Q(part__role__lead_contact=person)
            | models.Q(part__role__drafter=person)
            | models.Q(signatory_email__in=proved)
        )

    def asked(self) -> "SignatureQuerySet":
        """Return those that are waited for."""
        return self.filter(status=Signature.Status.ASKED)

    def signed(self) -> "SignatureQuerySet":
        """Return those that were given."""
        return self.filter(status=Signature.Status.SIGNED)

    def given(self) -> "SignatureQuerySet":
        """Return those given under a document that was not taken back."""
        return self.signed().filter(document__unlocked_at=None)


class Signature(models.Model):
    """One partner's signature under one document: asked for, then signed, declined or replaced.

    ``overtaken_by`` is the document that made a request stale; unlocking it restores the request.
    """

    class Status(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("Asked to sign")
        SIGNED = "signed", _("Signed")
        DECLINED = "declined", _("Declined")
        REPLACED = "replaced", _("Somebody else was named to sign")
        STALE = "stale", _("The text changed")

    class Method(models.TextChoices):
        """How it was given."""

        ELECTRONIC = "electronic", _("Electronically")
        PAPER = "paper", _("On paper")
        CARRIED = "carried", _("Kept through an editorial change")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(MouDocument, on_delete=models.PROTECT, related_name="signatures")
    part = models.ForeignKey(MouDocumentPart, on_delete=models.PROTECT, related_name="signatures")
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ASKED)
    method = models.CharField(_("how"), max_length=12, choices=Method, blank=True)
    signatory_name = LineColumn(_("signatory"), max_length=150)
    signatory_title = LineColumn(_("title"), max_length=150)
    signatory_email = AddressColumn(_("e-mail"), blank=True)
    organization_name = models.CharField(_("organization, as it was"), max_length=200)
    document_sha256 = models.CharField(_("hash of the document"), max_length=64)
    part_sha256 = models.CharField(_("hash of the part"), max_length=64)
    text_number = models.PositiveSmallIntegerField(_("version of the shared text"))
    asked_at = models.DateTimeField(_("asked"))
    reminded_on = models.DateField(_("last reminded"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_until = models.DateTimeField(_("link works until"), null=True, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    consent = models.TextField(_("consent, as shown"), blank=True)
    statement = models.CharField(_("statement of authority"), max_length=500, blank=True)
    typed_name = LineColumn(_("typed name"), max_length=150, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    zone = models.CharField(_("time zone of the signatory"), max_length=64, blank=True)
    ip_address = models.GenericIPAddressField(_("IP address"), null=True, blank=True)
    user_agent = models.CharField(_("browser"), max_length=300, blank=True)
    signed_on = models.DateField(_("date on paper"), null=True, blank=True)
    place = LineColumn(_("place"), max_length=200, blank=True)
    scan = models.FileField(_("scan"), upload_to=scan_path, blank=True)
    scan_sha256 = models.CharField(_("hash of the scan"), max_length=64, blank=True, db_index=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    overtaken_by = models.ForeignKey(
        MouDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="overtook", editable=False
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["organization_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["part"],
                condition=models.Q(status__in=["asked", "signed"]),
                name="signature_one_open_or_given_a_part",
                violation_error_message=_("This partner has already been asked to sign or has signed."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="signed")
                | (models.Q(signed_at__isnull=False) & ~models.Q(method="")),
                name="signature_signed_says_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_name}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        """Return the page that says what was signed, and how we know."""
        return reverse("mou_evidence", args=[self.document.mou.slug, self.uid])

    @property
    def due_on(self) -> date | None:
        """Return the day to sign by; none for who was asked after it."""
        due = self.document.due_on
        return due if due is not None and not is_over(due, at=self.asked_at) else None


class EarlierLink(models.Model):
    """A private link to a signature that went out before the newest; it works until its own end.

    One that was replaced, because somebody asked for a new one or another signs, opens nothing any more.
    """

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="earlier_links")
    token_hash = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(_("works until"))
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("earlier link to sign")
        verbose_name_plural = _("earlier links to sign")

    def __str__(self) -> str:
        return f"{self.signature}, {self.until}"


class SignatureCode(models.Model):
    """The code that one browser asked for behind the signatory's link, with its own tries and consent."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="codes")
    browser = models.CharField(_("browser, as it is called in its session"), max_length=64, blank=True)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    consent = models.TextField(_("consent, as shown"), blank=True)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("code to sign")
        verbose_name_plural = _("codes to sign")
        constraints = [
            models.UniqueConstraint(fields=["signature", "browser"], name="signaturecode_once_a_browser")
        ]

    def __str__(self) -> str:
        return str(self.signature)


class SignatureChange(Change):
    """One step of a signature: asked, signed, declined, handed on."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("signature step")
        verbose_name_plural = _("signature steps")
