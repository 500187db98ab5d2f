"""Transcripts: all hours of a person on one day, and the links by which they hand one on."""

import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Person, local_day
from registrations.models.credit.document import document_path, grouped
from registrations.models.credit.renewal_rule import RenewalRule
from stemnet.columns import LineColumn


class TranscriptQuerySet(models.QuerySet["Transcript"]):
    """Questions about transcripts."""

    def visible_to(self, person: Person | None) -> "TranscriptQuerySet":
        """Return one's own."""
        return self.none() if person is None else self.filter(person=person)


class Transcript(models.Model):
    """What somebody's hours were on one day: an immutable snapshot, its PDF, a number and a code."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="transcripts")
    number = models.CharField(_("number"), max_length=20, unique=True)
    code = models.CharField(_("check code"), max_length=16, unique=True)
    snapshot = models.JSONField(_("what it says"))
    pdf = models.FileField(_("PDF"), upload_to=document_path)
    sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, db_index=True)
    issued_at = models.DateTimeField(_("issued"))

    objects = TranscriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return self.number

    @property
    def printed_code(self) -> str:
        """Return the code as it is printed."""
        return grouped(self.code)


class TranscriptSequence(models.Model):
    """The last number given to a transcript in one year; its row is locked to give the next."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("transcript numbers")
        verbose_name_plural = _("transcript numbers")
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class TranscriptLink(models.Model):
    """A link that shows one transcript to whoever has it, until it ends; what is kept of it is a hash."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="links")
    name = LineColumn(_("for whom"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to a transcript")
        verbose_name_plural = _("links to transcripts")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("made_at")),
                name="transcriptlink_ends_after_it_begins",
                violation_error_message=_("A link can't end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, *, at: datetime) -> bool:
        """Return whether it shows anything at the moment ``at``."""
        return self.ended_at is None and at < self.until

    @property
    def last_day(self) -> date:
        """Return the last day on which it works, at the partnership's place."""
        return local_day(self.until - timedelta(seconds=1))


class LicenseWindow(models.Model):
    """The license that somebody renews next, and the last day of its window, as they typed it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="license_window")
    rule = models.ForeignKey(
        RenewalRule, on_delete=models.PROTECT, related_name="windows", verbose_name=_("license")
    )
    ends_on = models.DateField(_("last day"))
    typed_at = models.DateTimeField(_("typed"))

    class Meta:
        verbose_name = _("license window")
        verbose_name_plural = _("license windows")
        ordering = ["person"]

    def __str__(self) -> str:
        return f"{self.rule}, {self.ends_on}"
