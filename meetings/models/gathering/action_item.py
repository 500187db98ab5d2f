"""Action items: what a person or an organization promised to do, until when, and homework for many."""

import uuid
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.gathering import meeting_roles
from meetings.models.gathering.minutes import minuted_by
from meetings.models.planning.meeting import Meeting
from meetings.models.planning.network import Network
from meetings.models.planning.working_group import WorkingGroup
from partners.models import Change, Organization, Person
from stemnet.columns import LineColumn

LONGEST_ANSWER = 10_000


def is_owned_by(person: Person) -> models.Q:
    """Return the condition that an item is somebody's own, or that of an organization they write for."""
    theirs = Organization.objects.spoken_for_by(person)
    return models.Q(person=person) | models.Q(organization__in=theirs.values("pk"))


def is_run_by(person: Person) -> models.Q:
    """Return the condition that somebody writes the action items of the place where an item belongs."""
    if person.is_staff_for_all:
        return models.Q(pk__isnull=False)
    return (
        models.Q(meeting__in=minuted_by(person).values("pk"))
        | models.Q(network__in=Network.objects.staffed_by(person).values("pk"))
        | models.Q(working_group__in=WorkingGroup.objects.led_by(person).values("pk"))
    )


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """Questions about action items."""

    def whole(self) -> "ActionItemQuerySet":
        """Return those that stand for themselves: homework once, and not once an owner."""
        return self.filter(part_of__isnull=True)

    def single(self) -> "ActionItemQuerySet":
        """Return those with one owner, each of homework included."""
        return self.filter(is_homework=False)

    def open(self) -> "ActionItemQuerySet":
        """Return those that are neither done nor dropped."""
        return self.filter(state=ActionItem.State.OPEN)

    def overdue(self, on: date) -> "ActionItemQuerySet":
        """Return those that were due before a day and are still open."""
        return self.open().filter(due_on__lt=on)

    def owned_by(self, person: Person | None) -> "ActionItemQuerySet":
        """Return those of a person, and of the organizations that they write for."""
        return self.none() if person is None else self.single().filter(is_owned_by(person))

    def run_by(self, person: Person | None) -> "ActionItemQuerySet":
        """Return those that a person may give to others, change and drop."""
        return self.none() if person is None else self.filter(is_run_by(person))

    def visible_to(self, person: Person | None) -> "ActionItemQuerySet":
        """Return one's own, those one gives, and those of the networks and groups that one belongs to.

        What others answered to homework is for those who gave it.
        """
        if person is None:
            return self.none()
        if person.is_staff_for_all:
            return self
        here = models.Q(pk__in=[])
        for role in (meeting_roles.REGISTERED, meeting_roles.ATTENDED):
            meetings = meeting_roles.meetings_as(role, person)
            own, groups = meetings.filter(working_group=None), meetings.filter(working_group__isnull=False)
            here |= models.Q(meeting__in=meetings.values("pk"))
            here |= models.Q(working_group=None, network__in=own.values("network"))
            here |= models.Q(working_group__in=groups.values("working_group"))
        shared = models.Q(part_of__isnull=True) & here
        return self.filter(is_owned_by(person) | is_run_by(person) | shared)


class ActionItem(models.Model):
    """One thing to do, of one owner; or homework, whose owners each have an item that is part of it.

    ``network`` and ``working_group`` are those of the meeting it comes from, where it comes from one; an item
    of neither is the partnership's own.
    """

    class State(models.TextChoices):
        """Whether it is still to be done."""

        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = LineColumn(_("what to do"), max_length=300)
    details = models.TextField(_("details"), max_length=4000, blank=True)
    due_on = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    is_homework = models.BooleanField(_("homework for many"), default=False)
    part_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("part of"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("person"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("organization"),
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("meeting"),
    )
    network = models.ForeignKey(
        Network,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("network"),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("working group"),
    )
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    made_by_name = models.CharField(_("given by"), max_length=200)
    made_at = models.DateTimeField(_("given"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded"), null=True, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="actionitem_by_state_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="actionitem_says_what",
                violation_error_message=_("Say what should be done."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_homework=True, person=None, organization=None, part_of=None, answer="")
                | models.Q(is_homework=False, person__isnull=False, organization=None)
                | models.Q(is_homework=False, person=None, organization__isnull=False),
                name="actionitem_has_one_owner",
                violation_error_message=_("An action item has one owner: a person or an organization."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
                name="actionitem_closed_unless_open",
                violation_error_message=_("An action item is closed on a day once it's not open."),
            ),
            models.UniqueConstraint(
                fields=["part_of", "person"],
                name="actionitem_asks_a_person_once",
                violation_error_message=_("This person already has this homework."),
            ),
            models.UniqueConstraint(
                fields=["part_of", "organization"],
                name="actionitem_asks_an_organization_once",
                violation_error_message=_("This organization already has this homework."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return its page; of homework the one that shows the answers side by side."""
        return reverse("homework" if self.is_homework else "action_item", args=[self.uid])

    @property
    def owner(self) -> Person | Organization | None:
        """Return who does it; None of homework, which has many."""
        return self.person or self.organization

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done."""
        return self.state == self.State.OPEN

    @property
    def source(self) -> Meeting | WorkingGroup | Network | None:
        """Return where it comes from; None is the partnership itself."""
        return self.meeting or self.working_group or self.network


class ActionItemChange(Change):
    """One step of an action item: given, done, dropped, opened again, or given to somebody else."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("change of an action item")
        verbose_name_plural = _("changes of action items")
