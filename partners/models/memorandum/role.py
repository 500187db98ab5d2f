"""One partner's part of the memorandum, edited independently of every other."""

from datetime import date, tzinfo

from django.db import models
from django.db.models.functions import Lower, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.memorandum.memorandum import Mou
from partners.models.people.change import Change
from partners.models.people.local_time import is_over
from partners.models.people.organization import Organization
from partners.models.people.person import Person
from stemnet.columns import AddressColumn, LineColumn


class MouRoleQuerySet(models.QuerySet["MouRole"]):
    """Questions about parts."""

    def visible_to(self, person: Person | None) -> "MouRoleQuerySet":
        """Return all for coordinators, their own for contacts and drafters, signed ones for others."""
        if person is None:
            return self.none()
        if person.is_coordinator:
            return self
        return self.filter(models.Q(lead_contact=person) | models.Q(drafter=person))

    def standing(self) -> "MouRoleQuerySet":
        """Return those not withdrawn; a partner that left and joins again has a new one."""
        return self.exclude(status=MouRole.Status.WITHDRAWN)

    def of(self, person: Person) -> "MouRoleQuerySet":
        """Return the standing parts that this person writes or answers for."""
        own = models.Q(lead_contact=person) | models.Q(drafter=person)
        return self.standing().filter(own)

    def overdue(self, today: date, *, zone: tzinfo) -> "MouRoleQuerySet":
        """Return those whose day is past, as `MouRole.due` says it."""
        asked_in_time = models.Q(asked_at=None) | models.Q(asked_on__lte=models.F("mou__parts_due_on"))
        shared = models.Q(due_on=None, mou__parts_due_on__lt=today) & asked_in_time
        asked_on = TruncDate("asked_at", tzinfo=zone)
        return self.annotate(asked_on=asked_on).filter(models.Q(due_on__lt=today) | shared)

    def signed_by(self, person: Person) -> "MouRoleQuerySet":
        """Return the standing parts that name a proved address of this person as the signatory's."""
        proved = person.emails.exclude(verified_at=None).values("address")
        parts = self.standing().annotate(signs=Lower("signatory_email"))
        return parts.filter(signs__in=proved)

    def editable_by(self, person: Person | None) -> "MouRoleQuerySet":
        """Return the parts whose words this person may change now."""
        return self.visible_to(person).filter(status__in=MouRole.EDITABLE)


class MouRole(models.Model):
    """What one partner does, needs and contributes; its contacts and signatory (docs/rules.md 8.1)."""

    class Status(models.TextChoices):
        """How far the part is."""

        NOT_STARTED = "not_started", _("Not started")
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned with comments")
        ACCEPTED = "accepted", _("Accepted")
        LOCKED = "locked", _("Locked for signature")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    EDITABLE = (Status.NOT_STARTED, Status.DRAFT, Status.RETURNED)

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="roles", verbose_name=_("MOU"))
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="mou_roles")
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NOT_STARTED)
    revision = models.PositiveIntegerField(_("revision"), default=1, help_text=_("Goes up with every save."))
    does = models.TextField(_("what we do"), max_length=60_000, blank=True)
    needs_text = models.TextField(_("what we need"), max_length=20_000, blank=True)
    contributes_text = models.TextField(_("what we contribute"), max_length=20_000, blank=True)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("started as a copy of"),
    )
    model_title = LineColumn(
        _("offered as a model"),
        max_length=100,
        blank=True,
        help_text=_("Such as: school district, as in Salem-Keizer."),
    )
    lead_contact = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads_roles",
        verbose_name=_("lead contact"),
    )
    drafter = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="drafts_roles",
        verbose_name=_("drafter"),
    )
    signatory_name = LineColumn(_("signatory"), max_length=150, blank=True)
    signatory_title = LineColumn(_("signatory's title"), max_length=150, blank=True)
    signatory_email = AddressColumn(_("signatory's e-mail address"), blank=True)
    due_on = models.DateField(
        _("due on"), null=True, blank=True, help_text=_("Only if it's different from the MOU's date.")
    )
    asked_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    reminded_on = models.DateField(_("last reminded"), null=True, blank=True)
    chased_from = models.DateField(_("asked again on"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    renews = models.BooleanField(_("plans to renew"), null=True, blank=True)
    renews_after = models.DateField(
        _("said for the term that ends on"), null=True, blank=True, help_text=_("What it said counts for it.")
    )
    withdrawn_on = models.DateField(_("withdrawn from"), null=True, blank=True)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)

    objects = MouRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of the MOU")
        verbose_name_plural = _("parts of the MOU")
        ordering = ["organization__plain_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou", "organization"],
                condition=~models.Q(status="withdrawn"),
                name="mourole_once_a_partner",
                violation_error_message=_("This organization already has a part in this MOU."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["submitted", "accepted", "locked"])
                | (
                    ~models.Q(signatory_name="")
                    & ~models.Q(signatory_title="")
                    & ~models.Q(signatory_email="")
                ),
                name="mourole_submitted_names_its_signatory",
                violation_error_message=_(
                    "Give the signatory's name, title and e-mail address before you submit."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(renews=None, renews_after=None)
                | models.Q(renews__isnull=False, renews_after__isnull=False),
                name="mourole_renews_after_a_day",
                violation_error_message=_("Say for which term it plans to renew."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    def get_absolute_url(self) -> str:
        """Return the page of the part."""
        return reverse("mou_part", args=[self.mou.slug, self.organization.slug])

    @property
    def due(self) -> date | None:
        """Return the day the part is due; the memorandum's day is none for who was asked after it."""
        shared = self.mou.parts_due_on
        late = shared and self.asked_at and is_over(shared, at=self.asked_at)
        return self.due_on or (None if late else shared)


class RoleChange(Change):
    """One change of status of a part."""

    role = models.ForeignKey(MouRole, on_delete=models.CASCADE, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("part change")
        verbose_name_plural = _("part changes")

    @property
    def status(self) -> str:
        """Return the status that it went to, in words."""
        return str(MouRole.Status(self.to_status).label)


class RoleEdit(models.Model):
    """The words of a part as they were after one save."""

    role = models.ForeignKey(MouRole, on_delete=models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField(_("revision"))
    words = models.JSONField(_("words"), default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("saved text of a part")
        verbose_name_plural = _("saved texts of parts")
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(fields=["role", "revision"], name="roleedit_revision_once")]

    def __str__(self) -> str:
        return f"{self.role}, {self.revision}"


class RoleComment(models.Model):
    """A remark on a part, by the coordinator or by the partner."""

    role = models.ForeignKey(MouRole, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("comment on a part")
        verbose_name_plural = _("comments on parts")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text[:60]
