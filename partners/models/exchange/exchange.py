"""Needs and contributions of partners, the matches between them, and the gaps that remain."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.exchange.category import Category
from partners.models.exchange.grades import GradeBand
from partners.models.memorandum import MouDocumentPart, MouRole
from partners.models.people.change import Change
from partners.models.people.organization import Organization
from partners.models.people.person import Person
from partners.models.people.standard import Standard
from partners.models.people.subject_lists import Subject


def sees_needs(person: Person | None) -> bool:
    """Return whether somebody coordinates, or belongs to a partner: confirmed, or named in its part.

    Who left a partner is no longer let in by being named as its signatory.
    """
    if person is None:
        return False
    partners = Organization.objects.partners()
    return (
        person.is_coordinator
        or partners.of(person).exists()
        or partners.filter(mou_roles__in=MouRole.objects.signed_by(person)).not_left_by(person).exists()
    )


class NeedQuerySet(models.QuerySet["Need"]):
    """Questions about needs."""

    def open(self) -> "NeedQuerySet":
        """Return those not withdrawn, of present partners."""
        return self.filter(withdrawn_at__isnull=True, organization__stage="partner")

    def visible_to(self, person: Person | None) -> "NeedQuerySet":
        """Return needs for people of partners and coordinators, and none for others."""
        return self if sees_needs(person) else self.none()

    def editable_by(self, person: Person | None) -> "NeedQuerySet":
        """Return the open needs of organizations that this person answers for."""
        mine = Organization.objects.answered_for_by(person)
        return self.filter(withdrawn_at=None, organization__in=mine)

    def gaps(self) -> "NeedQuerySet":
        """Open needs that no match ties to a contribution confirmed for that partner."""
        met = Match.objects.filter(
            need=models.OuterRef("pk"),
            state__in=Match.CONFIRMED,
            contribution__withdrawn_at__isnull=True,
            contribution__organization__stage="partner",
        )
        return self.open().filter(~models.Exists(met))


class Need(models.Model):
    """What one partner lacks in one category.

    Of a row in a part of the memorandum (``role``), ``promised_in`` are the documents that say it. While the
    part is open for change, ``taken_out_at`` says that it is to drop out once the part is signed again.
    """

    class Priority(models.IntegerChoices):
        """How much it presses."""

        HIGH = 1, _("High")
        MEDIUM = 2, _("Medium")
        LOW = 3, _("Low")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="needs")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="needs")
    school = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="school_needs",
        verbose_name=_("for the school"),
    )
    teacher = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("for the teacher"),
    )
    role = models.ForeignKey(
        MouRole,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        help_text=_("Committed in the MOU. Leave empty if it's informal."),
    )
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.MEDIUM)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    grade_bands = models.JSONField(_("grades"), default=list, blank=True)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="needs", verbose_name=_("subjects"))
    standards = models.ManyToManyField(
        Standard, blank=True, related_name="needs", verbose_name=_("standards")
    )
    wanted_by = models.DateField(_("by when"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"))
    promised_in = models.ManyToManyField(
        MouDocumentPart,
        blank=True,
        editable=False,
        related_name="needs",
        verbose_name=_("documents that say it"),
    )
    taken_out_at = models.DateTimeField(_("removed from the draft of the part"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["priority", "id"]

    def __str__(self) -> str:
        return f"{self.organization}: {self.category}"

    @property
    def grades(self) -> str:
        """Return the grades in words."""
        words = dict(GradeBand.choices)
        return ", ".join(str(words.get(band, band)) for band in self.grade_bands)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Questions about contributions."""

    def open(self) -> "ContributionQuerySet":
        """Return those not withdrawn, of present partners."""
        return self.filter(withdrawn_at__isnull=True, organization__stage="partner")

    def visible_to(self, person: Person | None) -> "ContributionQuerySet":
        """Return what is public; for people of partners and coordinators, all."""
        return self if sees_needs(person) else self.filter(public=True)

    def editable_by(self, person: Person | None) -> "ContributionQuerySet":
        """Return the open contributions of organizations that this person answers for."""
        mine = Organization.objects.answered_for_by(person)
        return self.filter(withdrawn_at=None, organization__in=mine)


class Contribution(models.Model):
    """What one partner gives in one category; what belongs to the memorandum is as in `Need`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="contributions")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="contributions")
    role = models.ForeignKey(
        MouRole,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        help_text=_("Committed in the MOU. Leave empty if it's informal."),
    )
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    quantity = models.CharField(_("how much"), max_length=100, blank=True)
    available_from = models.DateField(_("from"), null=True, blank=True)
    available_until = models.DateField(_("until"), null=True, blank=True)
    conditions = models.CharField(_("conditions"), max_length=300, blank=True)
    public = models.BooleanField(_("shown to everyone"), default=False)
    written_at = models.DateTimeField(_("written"))
    promised_in = models.ManyToManyField(
        MouDocumentPart,
        blank=True,
        editable=False,
        related_name="contributions",
        verbose_name=_("documents that say it"),
    )
    taken_out_at = models.DateTimeField(_("removed from the draft of the part"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(available_until__isnull=True)
                | models.Q(available_from__isnull=True)
                | models.Q(available_until__gte=models.F("available_from")),
                name="contribution_window_in_order",
                violation_error_message=_("It can't end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.category}"


class MatchQuerySet(models.QuerySet["Match"]):
    """Questions about matches."""

    def visible_to(self, person: Person | None) -> "MatchQuerySet":
        """Return all for coordinators; for others those of organizations that they answer for."""
        mine = Organization.objects.answered_for_by(person).values("pk")
        return self.filter(
            models.Q(need__organization__in=mine) | models.Q(contribution__organization__in=mine)
        )

    def of(self, organization: Organization) -> "MatchQuerySet":
        """Return those in which an organization takes or gives."""
        return self.filter(
            models.Q(need__organization=organization) | models.Q(contribution__organization=organization)
        )

    def live(self) -> "MatchQuerySet":
        """Return those that were not dropped, between a need and a contribution that both stand."""
        return self.exclude(state=Match.State.DROPPED).filter(
            need__withdrawn_at=None, contribution__withdrawn_at=None
        )


class Match(models.Model):
    """The tie between one need and one contribution; confirmed means confirmed for that partner."""

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", _("Proposed")
        INTRODUCED = "introduced", _("Introduced")
        CONFIRMED = "confirmed", _("Confirmed")
        DELIVERED = "delivered", _("Delivered")
        DROPPED = "dropped", _("Dropped")

    CONFIRMED = (State.CONFIRMED, State.DELIVERED)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="matches")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="matches")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED)
    owner = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matches",
        verbose_name=_("followed up by"),
    )
    made_at = models.DateTimeField(_("since"))
    reminded_on = models.DateField(_("asked how it's going"), null=True, blank=True, editable=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "contribution"],
                name="match_once_a_pair",
                violation_error_message=_("These two are already matched."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} / {self.contribution}"


class MatchChange(Change):
    """One step of a match."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("match step")
        verbose_name_plural = _("match steps")

    @property
    def to_words(self) -> str:
        """Return what it became, in words."""
        return str(dict(Match.State.choices).get(self.to_status, self.to_status))
