"""Tablets at the door that staff opened for one meeting, and what was scanned at them."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from partners.models import Person
from registrations.models.seats.registration import Registration
from stemnet.columns import LineColumn

OPEN_AFTER = timedelta(hours=4)  # after the meeting's end, for who stays on
SENDS_AFTER = timedelta(days=14)  # and for a tablet that had no connection


class Kiosk(models.Model):
    """One tablet at the door of one meeting, which works without anybody signed in by a token of its own.

    What is kept of the token is its hash. It takes scans until it is closed, or four hours after the meeting;
    what was scanned before may arrive for two weeks more.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="kiosks")
    place = LineColumn(_("where it stands"), max_length=60, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    opened_at = models.DateTimeField(_("opened"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("opened by"), max_length=200)
    heard_at = models.DateTimeField(_("last heard from"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kiosk")
        verbose_name_plural = _("kiosks")
        ordering = ["opened_at", "id"]

    def __str__(self) -> str:
        return self.place or str(_("Tablet at the door"))

    @property
    def scans_until(self) -> datetime:
        """Return until when what is scanned counts."""
        over = self.meeting.ends_at + OPEN_AFTER
        return min(over, self.closed_at) if self.closed_at else over

    @property
    def sends_until(self) -> datetime:
        """Return until when what was scanned is taken."""
        return self.meeting.ends_at + SENDS_AFTER

    def is_open(self, *, at: datetime) -> bool:
        """Return whether it takes scans now."""
        return at < self.scans_until


class DoorScan(models.Model):
    """One scan, or one name that was pressed, at a kiosk: who, in or out, and when. Never edited.

    What the kiosk saw of a person at a meeting follows from all of theirs; what was refused says why.
    """

    class Way(models.TextChoices):
        """Coming in, or going out."""

        IN = "in", _("came in")
        OUT = "out", _("went out")

    class Refusal(models.TextChoices):
        """Why a scan counts for nothing."""

        UNKNOWN = "unknown", _("nobody has this code")
        OTHER_NETWORK = "other", _("registered for another network")
        NO_SEAT = "no_seat", _("has no seat in this network")
        SENT = "sent", _("sent a substitute")
        EARLY = "early", _("before the day of the meeting")
        LATE = "late", _("after the meeting")
        CLOSED = "closed", _("after the kiosk was closed")
        CANCELLED = "cancelled", _("the meeting was cancelled")

    key = models.UUIDField(_("key of the device"), unique=True, editable=False)
    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, related_name="scans")
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, null=True, blank=True, related_name="door_scans"
    )
    way = models.CharField(_("in or out"), max_length=3, choices=Way)
    by_hand = models.BooleanField(_("found by name"), default=False)
    at = models.DateTimeField(_("scanned"))
    received_at = models.DateTimeField(_("received"))
    refusal = models.CharField(_("why it doesn't count"), max_length=12, choices=Refusal, blank=True)

    class Meta:
        verbose_name = _("scan at the door")
        verbose_name_plural = _("scans at the door")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.at}"
