"""Meetings: dated gatherings of a network or a working group."""

import uuid
from datetime import datetime
from typing import cast

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.planning.network import DatedNetwork, Network, of_network
from meetings.models.planning.working_group import WorkingGroup
from partners.models import Change, Organization, Person, Standard, Subject
from stemnet.columns import LineColumn


class Modality(models.TextChoices):
    """How one takes part."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def own(self) -> "MeetingQuerySet":
        """Return those of networks themselves, without those of their working groups."""
        return self.filter(working_group__isnull=True)

    def standing(self) -> "MeetingQuerySet":
        """Return those that are not cancelled."""
        return self.filter(status=Meeting.Status.SCHEDULED)

    def upcoming(self, at: datetime) -> "MeetingQuerySet":
        """Return those that stand and have not ended, soonest first."""
        return self.standing().filter(ends_at__gt=at).order_by("starts_at")

    def held(self, at: datetime) -> "MeetingQuerySet":
        """Return those that stood and have ended."""
        return self.standing().filter(ends_at__lte=at)

    def visible_to(self, person: Person | None) -> "MeetingQuerySet":
        """Return those of networks that this person may see, and of teams that one leads or sits on.

        What a group planned by itself is seen by everyone only where what it does is public; who else comes
        is added by `meetings.models.meeting_roles`.
        """
        if person is not None and person.is_staff_for_all:
            return self
        shown = models.Q(working_group__isnull=True) | models.Q(in_slot=True)
        shown |= models.Q(working_group__is_public=True)
        seen = shown & models.Q(network__in=Network.objects.visible_to(person))
        if person is None:
            return self.filter(seen)
        groups = WorkingGroup.objects
        return self.filter(
            seen
            | models.Q(network__in=Network.objects.staffed_by(person))
            | models.Q(working_group__in=groups.led_by(person))
            | models.Q(network__isnull=True, working_group__in=groups.with_team_member(person))
        )

    def markable_by(self, person: Person | None) -> "MeetingQuerySet":
        """Return those whose attendance this person takes: staff of the network, or the lead of the group."""
        if person is None:
            return self.none()
        if person.is_staff_for_all:
            return self
        return self.filter(
            models.Q(network__in=Network.objects.staffed_by(person))
            | models.Q(working_group__in=WorkingGroup.objects.led_by(person))
        )


def with_dates(networks: models.QuerySet[Network]) -> models.QuerySet[DatedNetwork]:
    """Annotate each network with its `Dates`."""
    own = Meeting.objects.own().standing()
    dated = networks.annotate(
        first_starts_at=of_network(own, models.Min("starts_at")),
        last_ends_at=of_network(own, models.Max("ends_at")),
    )
    return cast("models.QuerySet[DatedNetwork]", dated)


class Meeting(models.Model):
    """One dated gathering. `meetings.planning.domain.planning` writes wall time and instants together."""

    class Status(models.TextChoices):
        """Whether it takes place."""

        SCHEDULED = "scheduled", _("Scheduled")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("network"),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("working group"),
    )
    title = LineColumn(_("title"), max_length=200)
    on = models.DateField(_("date"))
    start_time = models.TimeField(_("begins"))
    end_time = models.TimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=64)
    starts_at = models.DateTimeField(_("begins, UTC"), editable=False)
    ends_at = models.DateTimeField(_("ends, UTC"), editable=False)
    modality = models.CharField(_("how"), max_length=16, choices=Modality, default=Modality.IN_PERSON)
    room_seats = models.PositiveIntegerField(
        _("places in the room"), null=True, blank=True, help_text=_("Leave empty for no limit.")
    )
    online_seats = models.PositiveIntegerField(
        _("places online"), null=True, blank=True, help_text=_("Leave empty for no limit.")
    )
    subjects = models.ManyToManyField(
        Subject,
        blank=True,
        related_name="meetings",
        verbose_name=_("subjects"),
        help_text=_("Leave empty if it's about what its network is about."),
    )
    standards = models.ManyToManyField(
        Standard, blank=True, related_name="meetings", verbose_name=_("standards")
    )
    venue = LineColumn(_("place"), max_length=150, blank=True)
    address = LineColumn(_("address"), max_length=300, blank=True)
    room = LineColumn(_("room"), max_length=100, blank=True)
    arrival = models.TextField(
        _("parking, entrance, elevator"), max_length=1000, blank=True, help_text=_("How people get in.")
    )
    aim = models.TextField(
        _("what people have at the end"), max_length=500, blank=True, help_text=_("Stands above the agenda.")
    )
    join_url = models.URLField(
        _("link to join"), max_length=500, blank=True, help_text=_("Only people with a seat see it.")
    )
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.SCHEDULED)
    moved_online = models.BooleanField(_("moved online"), default=False)
    rescheduled = models.BooleanField(_("rescheduled"), default=False)
    sequence = models.PositiveIntegerField(
        _("revision"),
        default=0,
        help_text=_("Goes up with every change that people are told about (RFC 5545 SEQUENCE)."),
    )
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    counts = models.BooleanField(_("hours count"), default=True)
    in_slot = models.BooleanField(
        _("in a slot after the network's meeting"),
        default=False,
        editable=False,
        help_text=_("Planned with the network; the others of a group are planned by its leads."),
    )
    category = models.CharField(
        _("category"),
        max_length=16,
        blank=True,
        help_text=_(
            "Only if the credit rule counts hours by category. Leave empty to use the group's or "
            "network's category."
        ),
    )
    category_minutes = models.JSONField(
        _("minutes by category"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Pairs of a category and its minutes, which add up to the meeting's length."),
    )
    host = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("hosted by"),
    )
    history = HistoricalRecords()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["status", "starts_at"], name="meeting_status_starts")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("A meeting can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(network__isnull=False) | models.Q(working_group__isnull=False),
                name="meeting_belongs_somewhere",
                violation_error_message=_("A meeting belongs to a network or a working group."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page, the same for its whole life."""
        return reverse("meeting", args=[self.uid])

    @property
    def is_cancelled(self) -> bool:
        """Return whether it was called off."""
        return self.status == self.Status.CANCELLED

    @property
    def is_of_team(self) -> bool:
        """Return whether a team of the partnership meets, which has no registrations."""
        return self.network_id is None and self.working_group is not None and self.working_group.is_team

    @property
    def minutes(self) -> int:
        """Return planned length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class MeetingChange(Change):
    """One change of a meeting that people are told of; ``sequence`` is the revision it made."""

    class What(models.TextChoices):
        """What happened."""

        CANCELLED = "cancelled", _("Cancelled")
        RESCHEDULED = "rescheduled", _("New date or time")
        MOVED_ONLINE = "moved_online", _("Moved online")
        PLACE = "place", _("New room or link")
        ADDED = "added", _("New meeting")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(_("what"), max_length=16, choices=What)
    sequence = models.PositiveIntegerField(_("revision"))
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta(Change.Meta):
        verbose_name = _("meeting change")
        verbose_name_plural = _("meeting changes")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sequence"], name="meetingchange_once_a_revision")
        ]
