"""Networks: series that one registers for once."""

from datetime import datetime
from typing import Any, TypeAlias, TypedDict

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations
from simple_history.models import HistoricalRecords

from partners.models import Audience, Organization, Person, Provider, Standard, Subject
from stemnet.columns import AddressColumn, LineColumn

EACH = models.Count("pk")


class NetworkQuerySet(models.QuerySet["Network"]):
    """Questions about networks."""

    def published(self) -> "NetworkQuerySet":
        """Return those that the public sees, cancelled ones included (they say so)."""
        return self.filter(status__in=[Network.Status.PUBLISHED, Network.Status.CANCELLED])

    def staffed_by(self, person: Person | None) -> "NetworkQuerySet":
        """Return those whose registrations, attendance and documents this person works on."""
        if person is None:
            return self.none()
        if person.is_staff_for_all:
            return self
        return self.filter(
            models.Exists(Appointment.objects.filter(network=models.OuterRef("pk"), person=person))
        )

    def coordinated_by(self, person: Person | None) -> "NetworkQuerySet":
        """Return those that this person sets up, publishes and clones."""
        if person is None:
            return self.none()
        if person.is_coordinator:
            return self
        return self.filter(
            models.Exists(
                Appointment.objects.filter(
                    network=models.OuterRef("pk"), person=person, role=Appointment.Role.COORDINATOR
                )
            )
        )

    def visible_to(self, person: Person | None) -> "NetworkQuerySet":
        """Return published ones for everyone; drafts only for those who work on them."""
        if person is None:
            return self.published()
        if person.is_staff_for_all:
            return self
        appointed = Appointment.objects.filter(network=models.OuterRef("pk"), person=person)
        return self.filter(
            models.Q(status__in=[Network.Status.PUBLISHED, Network.Status.CANCELLED])
            | models.Exists(appointed)
        )


def of_network(rows: models.QuerySet[Any], figure: models.Aggregate) -> models.Subquery:
    """Return the figure over those of ``rows`` that are of the network of the outer query; None over none."""
    own = rows.filter(network=models.OuterRef("pk")).order_by().values("network")
    return models.Subquery(own.annotate(figure=figure).values("figure"))


def counted(rows: models.QuerySet[Any], figure: models.Aggregate = EACH) -> Coalesce:
    """Return how many of ``rows`` are of the network of the outer query, or the sum ``figure``; 0 of none."""
    return Coalesce(of_network(rows, figure), 0, output_field=models.IntegerField())


class Network(models.Model):
    """A series registered for once, always shown with its school year (docs/rules.md 1.2)."""

    class Kind(models.TextChoices):
        """A series with credit, or one open session."""

        SERIES = "series", _("Network")
        INFORMATION_SESSION = "information_session", _("Information session")

    class Status(models.TextChoices):
        """Where the network is in its life."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    class LineRule(models.TextChoices):
        """Who is offered a free seat first; the same is decided by when one asked."""

        ASKED = "asked", _("Whoever asked first")
        ORGANIZATIONS = "organizations", _("People of organizations that have no seat yet, then the others")
        PARTNERS = "partners", _("People of partners, then the others")

    title = LineColumn(_("title"), max_length=200)
    slug = models.SlugField(_("page address"), max_length=120, unique=True)
    school_year = models.CharField(_("school year"), max_length=9, help_text=_("Such as 2020-21."))
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, default=Kind.SERIES)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.DRAFT)
    subjects = models.ManyToManyField(
        Subject, blank=True, related_name="networks", verbose_name=_("subjects")
    )
    audiences = models.ManyToManyField(
        Audience,
        blank=True,
        related_name="networks",
        verbose_name=_("for whom"),
        help_text=_("Leave empty if it's for everyone."),
    )
    standards = models.ManyToManyField(
        Standard, blank=True, related_name="networks", verbose_name=_("standards")
    )
    who_should_attend = models.TextField(_("who should attend"), blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("content language"), max_length=10, default="en")
    zone = models.CharField(_("time zone"), max_length=64, default="America/New_York")
    seats = models.PositiveIntegerField(_("seats"), default=60)
    waitlist = models.BooleanField(_("has a waitlist"), default=True)
    waitlist_limit = models.PositiveIntegerField(_("waitlist limit"), null=True, blank=True)
    line_rule = models.CharField(
        _("who goes first on the waitlist"),
        max_length=16,
        choices=LineRule,
        default=LineRule.ASKED,
        help_text=_("Everyone can read the rule on the network's page."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered seat"),
        default=48,
        validators=[MaxValueValidator(720)],
        help_text=_("0 gives a free seat to the first in line at once."),
    )
    each_organization = models.PositiveSmallIntegerField(
        _("seats for each organization at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leave empty for no limit."),
    )
    takes_guests = models.BooleanField(
        _("takes guests at single meetings"),
        default=False,
        help_text=_("People without a seat can come to one meeting."),
    )
    guest_places = models.PositiveSmallIntegerField(
        _("guests at each meeting at most"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("Beside the seats, so the room has to hold both."),
    )
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    members_open_at = models.DateTimeField(
        _("opens earlier for partners' people"),
        null=True,
        blank=True,
        help_text=_("For people who work at a partner. Leave empty if it opens for everyone at once."),
    )
    closed_at = models.DateTimeField(_("registration closed by staff"), null=True, blank=True)
    groups_each = models.PositiveSmallIntegerField(
        _("groups that one person can be in"), default=1, validators=[MinValueValidator(1)]
    )
    contact_name = LineColumn(_("contact"), max_length=200, blank=True)
    contact_email = AddressColumn(_("contact e-mail"), blank=True)
    asks_evaluation = models.BooleanField(_("asks for the network evaluation"), default=True)
    evaluation_days = models.PositiveSmallIntegerField(
        _("days to answer the evaluation"),
        default=21,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    requires_demonstration = models.BooleanField(_("requires a demonstration of learning"), default=False)
    credit_code = LineColumn(
        _("credit rule"),
        max_length=20,
        blank=True,
        help_text=_("The rule's code, such as MA-PDP. Leave empty to give no points."),
    )
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("provider")
    )
    pdp_topic = LineColumn(_("topic"), max_length=200, blank=True)
    pdp_category = models.CharField(
        _("category"),
        max_length=16,
        blank=True,
        help_text=_("The code of one of the rule's categories, such as content."),
    )
    breaks_count = models.BooleanField(
        _("breaks count"),
        null=True,
        blank=True,
        help_text=_("If the credit rule leaves that to the provider."),
    )
    objectives = models.TextField(_("objectives"), blank=True)
    assessment = models.TextField(_("how learning is assessed"), blank=True)
    signatory_name = LineColumn(_("signatory"), max_length=150, blank=True)
    signatory_title = LineColumn(_("signatory's title"), max_length=150, blank=True)
    cloned_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clones",
        verbose_name=_("continues"),
    )
    mail_words = models.JSONField(
        _("words of its mail"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Subject and opening of the mail that this network words itself, by kind."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edition = models.PositiveIntegerField(
        _("edition"), default=1, editable=False, help_text=_("Goes up each time somebody saves the page.")
    )
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    edited_by_name = models.CharField(_("edited by"), max_length=200, blank=True, editable=False)
    history = HistoricalRecords()

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["-school_year", "title"]
        indexes = [models.Index(fields=["status", "school_year"], name="network_status_year")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(school_year__regex=r"^\d{4}-\d{2}$"),
                name="network_school_year_format",
                violation_error_message=_("Write the school year like 2020-21."),
            ),
            models.CheckConstraint(
                condition=models.Q(evaluation_days__range=(1, 365)),
                name="network_evaluation_days_within_a_year",
                violation_error_message=_("An evaluation can be open for 1 to 365 days."),
            ),
            models.CheckConstraint(
                condition=models.Q(groups_each__gte=1),
                name="network_one_group_each_at_least",
                violation_error_message=_("Everyone can be in one group at least."),
            ),
            models.CheckConstraint(
                condition=models.Q(offer_hours__lte=720),
                name="network_offers_end_within_30_days",
                violation_error_message=_("A seat can be offered for 720 hours at most."),
            ),
            models.CheckConstraint(
                condition=models.Q(each_organization=None) | models.Q(each_organization__gte=1),
                name="network_one_seat_each_organization_at_least",
                violation_error_message=_("Every organization can have one seat at least."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="series") | models.Q(credit_code="", asks_evaluation=False),
                name="network_information_session_gives_no_credit",
                violation_error_message=_(
                    "An information session doesn't give points or ask for an evaluation."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.school_year}"

    def get_absolute_url(self) -> str:
        """Return its public page."""
        return reverse("network", args=[self.slug])

    @property
    def is_information_session(self) -> bool:
        """Return whether one comes without commitments, credit or login."""
        return self.kind == self.Kind.INFORMATION_SESSION

    @property
    def subject_words(self) -> str:
        """Return what it is about, such as "Mathematics, Science"; empty where nobody said."""
        return ", ".join(str(one) for one in self.subjects.all())

    @property
    def audience_words(self) -> str:
        """Return whom it is for."""
        return ", ".join(str(one) for one in self.audiences.all()) or gettext("Everyone")

    @property
    def line_words(self) -> str:
        """Say in one sentence who goes first on its waitlist."""
        if self.line_rule == self.LineRule.ORGANIZATIONS:
            return gettext(
                "People of organizations without a seat go first, one of each organization. Then everyone "
                "else, by when they asked."
            )
        if self.line_rule == self.LineRule.PARTNERS:
            return gettext("People of partners go first. Then everyone else, by when they asked.")
        return gettext("Whoever asked first goes first.")

    def first_start(self) -> datetime | None:
        """Return when its first own meeting that stands begins, as annotated or as they say; or None."""
        if hasattr(self, "first_starts_at"):
            annotated: datetime | None = self.first_starts_at
            return annotated
        own = (one for one in self.meetings.all() if one.working_group_id is None and not one.is_cancelled)
        return min((one.starts_at for one in own), default=None)

    def opens_after(self, at: datetime) -> bool:
        """Return whether registration has not opened yet at the moment ``at``."""
        return self.opens_at is not None and self.opens_at > at

    def closes_at(self) -> datetime | None:
        """Return when registration ends, at the first start or by hand (docs/rules.md 4.2); None for neither.

        It is asked for each time; `with_dates` says the first start of many at once.
        """
        first = self.meetings.own().standing().aggregate(first=models.Min("starts_at"))["first"]
        return self.closes_with(first)

    def closes_with(self, first_start: datetime | None) -> datetime | None:
        """Return when registration ends where the first start is known."""
        return min((moment for moment in (first_start, self.closed_at) if moment is not None), default=None)


class Dates(TypedDict):
    """When the own standing meetings of a network begin and end (UTC); None where it has none."""

    first_starts_at: datetime | None
    last_ends_at: datetime | None


DatedNetwork: TypeAlias = "WithAnnotations[Network, Dates]"


class CoHost(models.Model):
    """An organization that holds the network together with the partnership."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="co_hosts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="co_hosted")

    class Meta:
        verbose_name = _("co-host")
        verbose_name_plural = _("co-hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organization"],
                name="cohost_once_a_network",
                violation_error_message=_("This organization is already a co-host."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Appointment(models.Model):
    """A person works for one network only; who works for all is in a group instead."""

    class Role(models.TextChoices):
        """What they do there."""

        STAFF = "staff", _("Staff")
        COORDINATOR = "coordinator", _("Coordinator")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.STAFF)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person"],
                name="appointment_once_a_network",
                violation_error_message=_("This person already has this role in this network."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"
