"""Working groups: people on one topic."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.planning.network import Category, Network
from partners.models import Person
from stemnet.columns import LineColumn


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Questions about working groups."""

    def led_by(self, person: Person | None) -> "WorkingGroupQuerySet":
        """Return those that this person leads."""
        return self.none() if person is None else self.filter(lead=person)

    def teams(self) -> "WorkingGroupQuerySet":
        """Return those of the partnership itself, such as its leadership team."""
        return self.filter(network__isnull=True)


class WorkingGroup(models.Model):
    """People on one topic, of a network or of the partnership (docs/glossary.md)."""

    class Kind(models.TextChoices):
        """What people call it."""

        TOPIC_GROUP = "topic_group", _("Working group")
        SUB_COMMITTEE = "sub_committee", _("Sub-committee")
        HUB = "hub", _("Hub")
        LEADERSHIP_TEAM = "leadership_team", _("Leadership team")
        ADVISORY_TEAM = "advisory_team", _("Advisory team")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="working_groups",
        verbose_name=_("network"),
    )
    title = LineColumn(_("topic"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.TOPIC_GROUP)
    description = models.TextField(_("description"), blank=True)
    lead = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads_groups",
        verbose_name=_("lead"),
    )
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    meets = LineColumn(
        _("where it meets"), max_length=100, blank=True, help_text=_("Such as Virtual, or SouthCoast.")
    )
    same_topic = models.BooleanField(
        _("its hours are on the network's topic"),
        default=True,
        help_text=_("If not, they don't count toward the network's points."),
    )
    topic = models.CharField(
        _("topic of its own"),
        max_length=200,
        blank=True,
        help_text=_("If its hours are on another topic. Leave empty to use the group's title."),
    )
    category = models.CharField(
        _("category"),
        max_length=16,
        choices=Category,
        blank=True,
        help_text=_(
            "Only if the credit rule counts hours by category. Leave empty to use the network's category."
        ),
    )
    history = HistoricalRecords()

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "title"],
                name="workinggroup_title_once_a_network",
                violation_error_message=_("This network already has a group with this title."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def other_topic(self) -> str:
        """Return the topic of its hours where that is not the network's, else nothing."""
        return "" if self.same_topic else self.topic or self.title
