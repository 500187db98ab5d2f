"""Where people work, over time, and who confirmed that they do."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models.memorandum import MouRole
from partners.models.people.coverage import StakeholderGroup
from partners.models.people.organization import Organization, Stage
from partners.models.people.person import Person
from stemnet.columns import LineColumn
from stemnet.plain_columns import PlainField, PlainNames, PlainNamesQuerySet


class Job(models.TextChoices):
    """What one does at an organization (docs/rules.md 4.1)."""

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


class PositionQuerySet(PlainNamesQuerySet["Position"]):
    """Questions about positions."""

    def unlinked(self) -> "PositionQuerySet":
        """Return those whose organization was "not listed": a coordinator links or adds it."""
        return self.filter(organization__isnull=True).exclude(organization_words="")

    def confirmed(self) -> "PositionQuerySet":
        """Return those that somebody confirmed, or of whoever is named in a part of the organization's."""
        person = models.OuterRef("person")
        named = models.Q(lead_contact=person) | models.Q(drafter=person)
        parts = MouRole.objects.standing().filter(named, organization=models.OuterRef("organization"))
        return self.filter(models.Q(confirmed_at__isnull=False) | models.Exists(parts))

    def unconfirmed_at_partners(self) -> "PositionQuerySet":
        """Return those said to be at a partner or at a part of one, and confirmed by nobody."""
        at_partner = models.Q(organization__stage=Stage.PARTNER)
        at_partner |= models.Q(organization__part_of__stage=Stage.PARTNER)
        return self.filter(at_partner, confirmed_at__isnull=True)

    def speaking(self, on: date) -> "PositionQuerySet":
        """Return those by which somebody writes for it on a day, beside those named in its part."""
        return self.staying(on).filter(is_contact=True)

    def at(self, organization: Organization) -> "PositionQuerySet":
        """Return those at an organization or at a part of it."""
        return self.filter(models.Q(organization=organization) | models.Q(organization__part_of=organization))

    def current(self, on: date) -> "PositionQuerySet":
        """Return those held on a day."""
        return self.filter(
            models.Q(started_on__isnull=True) | models.Q(started_on__lte=on),
            models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=on),
        )

    def staying(self, on: date) -> "PositionQuerySet":
        """Return those that give rights on a day: who leaves on it has none any more, at whatever hour."""
        return self.current(on).exclude(ended_on=on)


class Position(PlainNames):
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
    organization_words = LineColumn(
        _("organization, as typed"), max_length=200, blank=True, help_text=_("If it wasn't listed.")
    )
    plain_organization_words = PlainField("organization_words", max_length=400)
    job = models.CharField(_("job"), max_length=32, choices=Job, blank=True)
    title = LineColumn(_("title"), max_length=150, blank=True)
    stakeholder_group = models.CharField(
        _("stakeholder group"), max_length=24, choices=StakeholderGroup, blank=True
    )
    public = models.BooleanField(_("shown in the directory"), default=False)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    asked_at = models.DateTimeField(
        _("asked to be confirmed"),
        null=True,
        blank=True,
        help_text=_("The lead contact sees it from then on."),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    is_contact = models.BooleanField(
        _("contact"),
        default=False,
        help_text=_("Speaks for the organization, even without a part of an MOU."),
    )
    history = HistoricalRecords(excluded_fields=["plain_organization_words"])

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        base_manager_name = "objects"
        ordering = ["id"]
        indexes = [models.Index(fields=["plain_organization_words"], name="position_by_words")]
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
                violation_error_message=_("A position can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_contact=False)
                | models.Q(confirmed_at__isnull=False, organization__isnull=False),
                name="position_contact_is_confirmed",
                violation_error_message=_("Only someone confirmed there can be the contact."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(
            part for part in (self.title or self.get_job_display(), self.organization_name) if part
        )

    @property
    def organization_name(self) -> str:
        """Return the organization's name, or the words that were typed."""
        return self.organization.name if self.organization else self.organization_words


def contacts_of(organization: Organization, *, on: date) -> models.QuerySet[Person]:
    """Return the lead contacts of a partner's standing parts, and its contacts without one."""
    leads = MouRole.objects.standing().filter(organization=organization)
    contacts = Position.objects.speaking(on).filter(organization=organization)
    named = models.Q(pk__in=leads.values("lead_contact")) | models.Q(pk__in=contacts.values("person"))
    return Person.objects.current().filter(named)


def writers_of(organization: Organization, *, on: date) -> models.QuerySet[Person]:
    """Return who writes for a partner: its contacts, and who drafts its standing parts."""
    parts = MouRole.objects.standing().filter(organization=organization)
    people = Person.objects.current().filter(pk__in=parts.values("drafter"))
    return contacts_of(organization, on=on) | people


def contacts_of_each(organizations: Collection[Organization], *, on: date) -> dict[int, list[Person]]:
    """Return the contacts of each of ``organizations`` by its key, with their addresses; four queries."""
    keys = [one.pk for one in organizations]
    leads = MouRole.objects.standing().filter(organization__in=keys)
    speaking = Position.objects.speaking(on).filter(organization__in=keys)
    pairs = [
        *leads.exclude(lead_contact=None).values_list("organization", "lead_contact"),
        *speaking.values_list("organization", "person"),
    ]
    people = Person.objects.current().filter(pk__in={person for _key, person in pairs})
    known = {person.pk: person for person in people.prefetch_related("emails")}
    found: dict[int, list[Person]] = {key: [] for key in keys}
    for key, person in dict.fromkeys(pairs):
        if person in known:
            found[key].append(known[person])
    return found
