"""Materials of a meeting: files in versions, links and recordings, each for whom and from when."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.gathering.meeting_roles import ATTENDED, REGISTERED, meetings_as
from meetings.models.planning.meeting import Meeting
from partners.models import Person
from stemnet.columns import LineColumn


class SeenBy(models.TextChoices):
    """Who may see a material, beside those who work for the meeting."""

    PUBLIC = "public", _("Everyone")
    REGISTERED = "registered", _("People who are registered")
    ATTENDED = "attended", _("People who came")
    STAFF = "staff", _("Staff only")


class SeenFrom(models.TextChoices):
    """From when a material is seen."""

    NOW = "now", _("Right away")
    START = "start", _("When the meeting begins")
    END = "end", _("When the meeting is over")


def released(at: datetime) -> Q:
    """Return the condition that the time of a material has come."""
    return (
        Q(seen_from=SeenFrom.NOW)
        | Q(seen_from=SeenFrom.START, meeting__starts_at__lte=at)
        | Q(seen_from=SeenFrom.END, meeting__ends_at__lte=at)
    )


class MaterialQuerySet(models.QuerySet["Material"]):
    """Questions about materials."""

    def standing(self) -> "MaterialQuerySet":
        """Return those that nobody removed."""
        return self.filter(removed_at__isnull=True)

    def released(self, at: datetime) -> "MaterialQuerySet":
        """Return those whose time has come."""
        return self.filter(released(at))

    def editable_by(self, person: Person | None) -> "MaterialQuerySet":
        """Return those of meetings that this person works for: staff of the network, lead of the group."""
        return self.standing().filter(meeting__in=Meeting.objects.markable_by(person))

    def visible_to(self, person: Person | None, *, at: datetime) -> "MaterialQuerySet":
        """Return what this person sees at ``at``; whoever works for the meeting sees all of it."""
        if person is None:
            shown = Q(seen_by=SeenBy.PUBLIC)
            return self.standing().filter(shown & released(at), meeting__in=Meeting.objects.visible_to(None))
        came = Q(meeting__in=meetings_as(ATTENDED, person))
        belongs = Q(meeting__in=meetings_as(REGISTERED, person)) | came
        seen_meeting = Q(meeting__in=Meeting.objects.visible_to(person)) | belongs
        shown = (
            Q(seen_by=SeenBy.PUBLIC)
            | (Q(seen_by=SeenBy.REGISTERED) & belongs)
            | (Q(seen_by=SeenBy.ATTENDED) & came)
        )
        works = Q(meeting__in=Meeting.objects.markable_by(person))
        return self.standing().filter(works | (seen_meeting & shown & released(at)))


class Material(models.Model):
    """One thing of a meeting, under one address for good; of a file the newest version is shown."""

    class Kind(models.TextChoices):
        """What it is."""

        READING = "reading", _("To read before")
        SLIDES = "slides", _("Slides")
        HANDOUT = "handout", _("Handout")
        PICTURES = "pictures", _("Pictures")
        RECORDING = "recording", _("Recording")
        LINK = "link", _("Link")
        OTHER = "other", _("Something else")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="materials", verbose_name=_("meeting")
    )
    title = LineColumn(_("title"), max_length=150)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.HANDOUT)
    note = LineColumn(_("note"), max_length=200, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    seen_by = models.CharField(_("who sees it"), max_length=16, choices=SeenBy, default=SeenBy.REGISTERED)
    seen_from = models.CharField(_("from when"), max_length=8, choices=SeenFrom, default=SeenFrom.NOW)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    told_at = models.DateTimeField(_("people were told"), null=True, blank=True, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "title"],
                condition=Q(removed_at__isnull=True),
                name="material_title_once_a_meeting",
                violation_error_message=_("This meeting already has a material with this title."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the material, whichever version it shows."""
        return reverse("material", args=[self.uid])

    def released_at(self, at: datetime) -> bool:
        """Return whether others see it at ``at``."""
        begins = {SeenFrom.START: self.meeting.starts_at, SeenFrom.END: self.meeting.ends_at}
        return begins.get(SeenFrom(self.seen_from), at) <= at


def version_path(version: "MaterialVersion", _name: str) -> str:
    """Return where a version is kept: nothing of it comes from whoever sent it."""
    return f"materials/{version.uid}"


class MaterialVersion(models.Model):
    """One file of a material as it came; a newer one takes its place and never its row."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to=version_path, editable=False)
    name = LineColumn(_("name"), max_length=150)
    size = models.PositiveBigIntegerField(_("bytes"))
    content_type = models.CharField(_("type"), max_length=100)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("version of a material")
        verbose_name_plural = _("versions of materials")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="materialversion_number_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="materialversion_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name
