"""Organizations: districts, colleges, businesses and every other body."""

import uuid
from collections.abc import Collection

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models.people.local_time import local_day
from partners.models.people.person import Person
from stemnet.columns import LineColumn
from stemnet.plain_columns import PlainField, PlainNames, PlainNamesQuerySet
from stemnet.plain_names import has_words


class Sector(models.TextChoices):
    """What kind of body it is (docs/rules.md 9.1)."""

    K12_DISTRICT = "k12_district", _("School district")
    K12_REGIONAL = "k12_regional", _("Regional school district")
    SCHOOL = "school", _("School")
    CTE_REGIONAL = "cte_regional", _("Career and technical school")
    CHARTER = "charter", _("Charter school")
    ESD_COLLABORATIVE = "esd_collaborative", _("Educational service district or collaborative")
    HIGHER_ED_2YR = "higher_ed_2yr", _("Community or technical college")
    HIGHER_ED_4YR = "higher_ed_4yr", _("College or university")
    RESEARCH_CENTER = "research_center", _("Research center")
    BUSINESS = "business", _("Business")
    HEALTH = "health", _("Health care")
    NONPROFIT = "nonprofit", _("Non-profit organization")
    YOUTH_OUT_OF_SCHOOL = "youth_out_of_school", _("Youth or out-of-school program")
    MUSEUM_INFORMAL = "museum_informal", _("Museum or informal learning")
    PHILANTHROPY = "philanthropy", _("Philanthropy")
    LABOR_WORKFORCE = "labor_workforce", _("Labor and workforce")
    GOVERNMENT = "government", _("Government")
    STATE_AGENCY = "state_agency", _("State agency")
    PROFESSIONAL_ASSOCIATION = "professional_association", _("Professional association")
    FAMILY_COMMUNITY = "family_community", _("Family and community")
    PARTNERSHIP_BODY = "partnership_body", _("Partnership body")
    BACKBONE = "backbone", _("Backbone organization")


class Level(models.TextChoices):
    """How far a body reaches."""

    LOCAL = "local", _("Local")
    STATE = "state", _("State")
    NATIONAL = "national", _("National")


class Stage(models.TextChoices):
    """How far an organization has come on its way to partner (docs/glossary.md)."""

    NONE = "none", _("Known to us")
    SUGGESTED = "suggested", _("Suggested")
    INVITED = "invited", _("Invited")
    INTERESTED = "interested", _("Interested")
    CAME = "came", _("Came to a session")
    DRAFTING = "drafting", _("Drafting")
    PARTNER = "partner", _("Partner")
    DECLINED = "declined", _("Declined")
    FORMER = "former", _("Former partner")


def answered(person: Person) -> models.Q:
    """Return the condition that somebody is its lead contact, its drafter, or its contact without a part."""
    leads, drafts = (
        roles.standing().values("organization") for roles in (person.leads_roles, person.drafts_roles)
    )
    contact = person.positions.speaking(local_day(timezone.now())).values("organization")
    return models.Q(pk__in=leads) | models.Q(pk__in=drafts) | models.Q(pk__in=contact)


class Publicity(models.TextChoices):
    """Whether the partnership may name a partner and show its logo."""

    UNSAID = "", _("Not said yet")
    AGREED = "agreed", _("Yes, with name and logo")
    NAME_ONLY = "name_only", _("The name, but no logo")
    DECLINED = "declined", _("No")


def logo_path(organization: "Organization", filename: str) -> str:
    """Return a random name in the private storage; a view hands the logo out to those who may see it."""
    return f"logos/{uuid.uuid4().hex}"


def called(words: str, *, path: str = "") -> models.Q:
    """Return the condition that each of ``words``, in any order, is in the name, another name or town of one.

    Or that it is the state code; ``path`` leads to the organization.
    """

    def known_as(word: str) -> models.Q:
        others = Alias.objects.filter(has_words(word, plain=["plain_name"]))
        mine = others.filter(organization=models.OuterRef(f"{path}pk"))
        return models.Q(models.Exists(mine)) | models.Q(**{f"{path}state_org_code": word})

    return has_words(words, plain=[f"{path}plain_name", f"{path}plain_city"], also=known_as)


class OrganizationQuerySet(PlainNamesQuerySet["Organization"]):
    """Questions about organizations."""

    def current(self) -> "OrganizationQuerySet":
        """Return all but those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def partners(self) -> "OrganizationQuerySet":
        """Return those who are partners now."""
        return self.current().filter(stage=Stage.PARTNER)

    def public(self) -> "OrganizationQuerySet":
        """Return those that the directory shows to everyone: partners."""
        return self.partners()

    def found_by(self, words: str) -> "OrganizationQuerySet":
        """Return those that have each of ``words`` in a name, former name, other name or town, or as code."""
        return self.filter(called(words))

    def of(self, person: Person) -> "OrganizationQuerySet":
        """Return those where somebody works, as was confirmed, or for which they answer."""
        works = person.positions.confirmed().staying(local_day(timezone.now()))
        here, above = works.values("organization"), works.values("organization__part_of")
        return self.filter(models.Q(pk__in=here) | models.Q(pk__in=above) | answered(person))

    def not_left_by(self, person: Person) -> "OrganizationQuerySet":
        """Return all but those where somebody worked and works no longer."""
        today = local_day(timezone.now())
        held = person.positions.filter(organization=models.OuterRef("pk"))
        left = models.Exists(held.filter(ended_on__lte=today)) & ~models.Exists(held.staying(today))
        return self.exclude(left)

    def spoken_for_by(self, person: Person) -> "OrganizationQuerySet":
        """Return those for which somebody writes: lead contacts, drafters, contacts without a part."""
        return self.filter(answered(person))

    def answered_for_by(self, person: Person | None) -> "OrganizationQuerySet":
        """Return those for which somebody writes; for coordinators all."""
        if person is None:
            return self.none()
        return self if person.is_coordinator else self.spoken_for_by(person)

    def visible_to(self, person: Person | None) -> "OrganizationQuerySet":
        """Return partners; for coordinators every organization, for others also their own."""
        if person is None:
            return self.public()
        if person.is_coordinator:
            return self
        return self.filter(models.Q(stage=Stage.PARTNER) | models.Q(positions__person=person)).distinct()


class Organization(PlainNames):
    """Any body: district, school, university, center, business, agency, association."""

    name = LineColumn(_("name"), max_length=200)
    slug = models.SlugField(
        _("page address"), max_length=120, unique=True, help_text=_("Set once and never changed.")
    )
    sector = models.CharField(_("sector"), max_length=32, choices=Sector)
    level = models.CharField(_("level"), max_length=16, choices=Level, default=Level.LOCAL)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.NONE)
    partner_since = models.DateField(_("partner since"), null=True, blank=True)
    city = LineColumn(_("town"), max_length=100, blank=True)
    plain_name = PlainField("name", max_length=400)
    plain_city = PlainField("city", max_length=200)
    state = models.CharField(_("state"), max_length=2, blank=True)
    region = LineColumn(_("region"), max_length=60, blank=True)
    state_org_code = LineColumn(
        _("state code"),
        max_length=20,
        blank=True,
        help_text=_("With its leading zeros, as in the state's directory."),
    )
    nces_id = LineColumn(
        _("NCES number"),
        max_length=12,
        blank=True,
        help_text=_("Of the national directory: 7 digits of a district, 12 of a school."),
    )
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about"), blank=True)
    publicity = models.CharField(
        _("may be shown in our publications"), max_length=12, choices=Publicity, blank=True, default=""
    )
    logo = models.FileField(_("logo"), upload_to=logo_path, blank=True, editable=False)
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    allies = models.ManyToManyField("self", blank=True, verbose_name=_("allied with"))
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    history = HistoricalRecords(excluded_fields=["plain_name", "plain_city", "logo"])

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        base_manager_name = "objects"
        ordering = ["plain_name", "pk"]
        indexes = [
            models.Index(fields=["plain_name"], name="organization_by_name"),
            models.Index(fields=["stage", "plain_name"], name="organization_by_stage_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "state_org_code"],
                condition=~models.Q(state_org_code="") & models.Q(merged_into__isnull=True),
                name="organization_code_once_a_state",
                violation_error_message=_("Another organization in this state already has this code."),
            ),
            models.UniqueConstraint(
                fields=["nces_id"],
                condition=~models.Q(nces_id="") & models.Q(merged_into__isnull=True),
                name="organization_nces_number_once",
                violation_error_message=_("Another organization has this NCES number."),
            ),
            models.CheckConstraint(
                condition=models.Q(nces_id__regex=r"^(\d{7}|\d{12})?$"),
                name="organization_nces_number_format",
                violation_error_message=_("An NCES number has 7 digits, or 12 for a school."),
            ),
            models.UniqueConstraint(
                Lower("name"),
                "city",
                "state",
                condition=models.Q(merged_into__isnull=True),
                name="organization_name_once_a_town",
                violation_error_message=_("There's already an organization with this name in this town."),
            ),
            models.CheckConstraint(
                condition=models.Q(part_of__isnull=True) | ~models.Q(part_of=models.F("id")),
                name="organization_not_part_of_itself",
                violation_error_message=_("An organization can't be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its page in the directory."""
        return reverse("partner", args=[self.slug])

    @property
    def logo_is_public(self) -> bool:
        """Return whether everyone may see the logo: of a partner that agreed to it."""
        agreed = self.publicity == Publicity.AGREED and self.stage == Stage.PARTNER
        return agreed and bool(self.logo)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check in forms, too, the constraints whose condition names ``merged_into``, which no form shows."""
        super().validate_constraints(exclude=set(exclude or ()) - {"merged_into"})


class Alias(PlainNames):
    """Another name that people know an organization by, or a name it once had."""

    class Kind(models.TextChoices):
        """Why it has this name."""

        ALIAS = "alias", _("also called")
        FORMER = "former", _("formerly")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="aliases")
    name = LineColumn(_("name"), max_length=200)
    plain_name = PlainField("name", max_length=400)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ALIAS)

    objects = PlainNamesQuerySet["Alias"].as_manager()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        base_manager_name = "objects"
        ordering = ["plain_name", "pk"]
        indexes = [models.Index(fields=["plain_name"], name="alias_by_name")]
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("name"),
                name="alias_once_an_organization",
                violation_error_message=_("This organization already has this other name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
