"""People: humans we know of, who may never sign in."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models.coverage import StakeholderGroup
from partners.models.organization import Organization

if TYPE_CHECKING:
    from datetime import date

    from partners.models.user import User


class Job(models.TextChoices):
    """What one does at an organization (rules.md 2.1)."""

    SUPERINTENDENT = "superintendent", _("Superintendent")
    ASSISTANT_SUPERINTENDENT = "assistant_superintendent", _("Assistant superintendent")
    CURRICULUM_DIRECTOR = "curriculum_director", _("Curriculum director")
    COORDINATOR = "coordinator", _("STE or mathematics coordinator")
    DEPARTMENT_CHAIR = "department_chair", _("Department chair")
    PRINCIPAL = "principal", _("Principal")
    COACH = "coach", _("Coach")
    TEACHER_LEADER = "teacher_leader", _("Teacher leader")
    TEACHER = "teacher", _("Teacher")
    FACULTY = "faculty", _("College or university faculty")
    CONSULTANT = "consultant", _("Education consultant")
    BUSINESS = "business", _("Business")
    COMMUNITY = "community", _("Community organization")
    OTHER = "other", _("Other")


COORDINATOR = "coordinator"
STAFF = "staff"


def login_of(person: "Person") -> "User | None":
    """The active login of a person, or None."""
    user: User | None = getattr(person, "user", None)
    return user if user is not None and user.is_active else None


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def current(self) -> "PersonQuerySet":
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def holding(self, address: str) -> "PersonQuerySet":
        """The person who holds this e-mail address (any case), verified or not."""
        return self.filter(emails__address=address.strip().lower())

    def found_by(self, words: str) -> "PersonQuerySet":
        """Those whose name or address has every one of ``words``."""
        people = self
        for word in words.split()[:6]:
            people = people.filter(
                models.Q(first_name__icontains=word)
                | models.Q(last_name__icontains=word)
                | models.Exists(
                    PersonEmail.objects.filter(person=models.OuterRef("pk"), address__icontains=word)
                )
            )
        return people


class Person(models.Model):
    """A human we know of: names, and through other rows addresses, positions, registrations."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    certificate_name = models.CharField(
        _("name for the certificate"), max_length=200, blank=True, help_text=_("As it should be printed.")
    )
    language = models.CharField(_("language of mail"), max_length=10, default="en")
    link_number = models.PositiveIntegerField(
        _("number in private links"),
        default=0,
        help_text=_("Raising it makes old calendar and unsubscribe links void."),
    )
    shares_registrations = models.BooleanField(
        _("My organization's lead contact may see my registrations"),
        default=False,
        help_text=_("Which networks you registered for through it, never what you answered there."),
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)
    history = HistoricalRecords(excluded_fields=["link_number"])

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name", "id"]
        indexes = [models.Index(Lower("last_name"), Lower("first_name"), name="person_name")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def now(self) -> "Person":
        """Who this is now: the person whom they were merged into, or they themselves."""
        return self.merged_into or self

    @property
    def printed_name(self) -> str:
        """The name that documents carry."""
        return self.certificate_name or str(self)

    @property
    def sorted_name(self) -> str:
        """Last name first, for lists."""
        return f"{self.last_name}, {self.first_name}"

    @cached_property
    def primary_address(self) -> str:
        """The address that mail goes to, or an empty string."""
        emails = sorted(self.emails.all(), key=lambda email: (not email.primary, email.pk))
        return emails[0].address if emails else ""

    @cached_property
    def groups(self) -> frozenset[str]:
        """Names of the groups of the person's login (``coordinator``, ``staff``)."""
        user = login_of(self)
        return frozenset(user.groups.values_list("name", flat=True)) if user else frozenset()

    @property
    def is_coordinator(self) -> bool:
        """Whether they coordinate the whole partnership."""
        user = login_of(self)
        return bool(user and user.is_superuser) or COORDINATOR in self.groups

    @property
    def is_staff_for_all(self) -> bool:
        """Whether they are staff for every network."""
        return self.is_coordinator or STAFF in self.groups


class PersonEmail(models.Model):
    """An e-mail address of a person; the truth that logins copy (architecture.md, People and addresses)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="emails")
    address = models.EmailField(_("e-mail"), unique=True)
    verified_at = models.DateTimeField(_("proved"), null=True, blank=True)
    primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        ordering = ["-primary", "address"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")),
                name="personemail_lower_case",
                violation_error_message=_("E-mail addresses are kept in lower case."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(primary=True),
                name="personemail_one_primary",
                violation_error_message=_("One address is the primary one."),
            ),
        ]

    def __str__(self) -> str:
        return self.address


class PositionQuerySet(models.QuerySet["Position"]):
    """Questions about positions."""

    def unlinked(self) -> "PositionQuerySet":
        """Those whose organization was "not listed": a coordinator links or adds it."""
        return self.filter(organization__isnull=True).exclude(organization_words="")

    def current(self, on: "date") -> "PositionQuerySet":
        """Those held on a day."""
        return self.filter(
            models.Q(started_on__isnull=True) | models.Q(started_on__lte=on),
            models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=on),
        )


class Position(models.Model):
    """What one person does at one organization, over time; several at once are fine."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("organization"),
    )
    organization_words = models.CharField(
        _("organization, as typed"), max_length=200, blank=True, help_text=_("Where it was not listed.")
    )
    job = models.CharField(_("job"), max_length=32, choices=Job, blank=True)
    title = models.CharField(_("title"), max_length=150, blank=True)
    stakeholder_group = models.CharField(
        _("stakeholder group"), max_length=24, choices=StakeholderGroup, blank=True
    )
    public = models.BooleanField(_("shown in the directory"), default=False)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False)
                | ~models.Q(organization_words="")
                | ~models.Q(title=""),
                name="position_says_where",
                violation_error_message=_("Choose an organization or type its name."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="position_ends_after_it_starts",
                violation_error_message=_("A position can't end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(
            part for part in (self.title or self.get_job_display(), self.organization_name) if part
        )

    @property
    def organization_name(self) -> str:
        """The organization's name, or the words that were typed."""
        return self.organization.name if self.organization else self.organization_words
