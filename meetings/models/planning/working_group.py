"""Working groups: people on one topic."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.planning.network import Network
from partners.models import Person
from stemnet.columns import LineColumn


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Questions about working groups."""

    def led_by(self, person: Person | None) -> "WorkingGroupQuerySet":
        """Return those that this person leads, alone or with others."""
        if person is None:
            return self.none()
        return self.filter(leads__person=person, leads__until__isnull=True)

    def with_team_member(self, person: Person | None) -> "WorkingGroupQuerySet":
        """Return the teams of the partnership that this person sits on."""
        if person is None:
            return self.none()
        return self.teams().filter(team_members__person=person, team_members__left_on__isnull=True)

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
        LOCAL_TEAM = "local_team", _("Local team")

    class Joining(models.TextChoices):
        """How one becomes a member."""

        OPEN = "open", _("Anyone registered can join")
        BY_REQUEST = "by_request", _("People ask, and a lead answers")
        CLOSED = "closed", _("Only leads and staff add people")

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
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    joining = models.CharField(_("joining"), max_length=16, choices=Joining, default=Joining.OPEN)
    is_public = models.BooleanField(
        _("everyone sees what it does"),
        default=False,
        help_text=_(
            "Its description and next date, never its members or files. Its name is listed either way."
        ),
    )
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

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("group", args=[self.uid])

    @property
    def other_topic(self) -> str:
        """Return the topic of its hours where that is not the network's, else nothing."""
        return "" if self.same_topic else self.topic or self.title

    @property
    def is_team(self) -> bool:
        """Return whether it is one of the partnership itself, without a network."""
        return self.network_id is None


class GroupLeadQuerySet(models.QuerySet["GroupLead"]):
    """Questions about leads."""

    def current(self) -> "GroupLeadQuerySet":
        """Return those who lead now."""
        return self.filter(until__isnull=True)


class GroupLead(models.Model):
    """One person who leads one group, alone or with others; the row stays when they stop."""

    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="leads", verbose_name=_("group")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="group_leads", verbose_name=_("person")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = GroupLeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead of a group")
        verbose_name_plural = _("leads of groups")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["working_group", "person"],
                condition=models.Q(until__isnull=True),
                name="grouplead_once",
                violation_error_message=_("This person already leads this group."),
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="grouplead_ends_after_it_begins",
                violation_error_message=_("The last day can't be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.working_group}"
