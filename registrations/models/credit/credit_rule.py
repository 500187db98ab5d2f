"""Credit rules: the versioned arithmetic of one jurisdiction, as data."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import NumberKind, local_day
from stemnet.briefly import Briefly
from stemnet.columns import LineColumn


def first_day(network: Network) -> date:
    """Return the day of the first meeting where the network is; before it has any, the first of September."""
    first = network.first_start()
    if first is None:
        return date(int(network.school_year[:4]), 9, 1)
    return local_day(first, network.zone)


class CreditRuleQuerySet(models.QuerySet["CreditRule"]):
    """Questions about rules; rules that were read once answer for many networks without another query."""

    _known: "list[CreditRule] | None" = None

    def version_for(self, network: Network) -> "CreditRule | None":
        """Return the version that the network keeps, else the one in force on its first day, or None.

        It holds for the whole series (docs/rules.md 2.5).
        """
        if not network.credit_code:
            return None
        kept = self.kept_by(network, network.credit_code)
        return kept or self.version_on(first_day(network), network.credit_code)

    def kept_by(self, network: Network, code: str) -> "CreditRule | None":
        """Return the version of the rule ``code`` that ``network`` keeps, or None."""
        fit = (one for one in self._read() if one.code == code and one.kept_in == network.pk)
        return next(fit, None) if network.pk else None

    def version_on(self, day: date, code: str) -> "CreditRule | None":
        """Return the newest version of the rule ``code`` in force on ``day``, or None."""
        fit = [version for version in self._read() if version.code == code and version.is_in_force(day)]
        return max(fit, key=lambda version: version.version, default=None)

    def newest(self) -> "dict[str, CreditRule]":
        """Return the newest version of each rule, by its code and in that order."""
        return {one.code: one for one in sorted(self._read(), key=lambda one: (one.code, one.version))}

    def known_now(self) -> "CreditRuleQuerySet":
        """Return all versions as they were read within the last moment: for what is shown, not written."""
        return KNOWN_NOW.get()

    def _read(self) -> "list[CreditRule]":
        """Return each version, once for every network that keeps it; one query for all questions."""
        if self._known is None:
            self._known = list(self.annotate(kept_in=models.F("kept_by__network")))
        return self._known


def _read_once() -> CreditRuleQuerySet:
    versions = CreditRule.objects.all()
    versions._read()
    return versions


KNOWN_NOW = Briefly(_read_once)


class Rounding(models.TextChoices):
    """To which multiple of a step a figure is rounded; half a step goes up."""

    DOWN = "down", _("down")
    NEAREST = "nearest", _("to the nearest")


def massachusetts() -> list[list[str]]:
    """Return the categories of Massachusetts, code and label, with which a new rule begins."""
    return [list(each) for each in MASSACHUSETTS]


MASSACHUSETTS = (
    ("content", "Content"),
    ("pedagogy", "Pedagogy"),
    ("sei_esl", "SEI or ESL"),
    ("swd_diverse", "Students with disabilities and diverse learners"),
    ("elective", "Elective"),
)


class CreditRule(models.Model):
    """One version of the arithmetic of one jurisdiction; minutes unless said otherwise.

    See docs/rules.md 2.5.
    """

    class Basis(models.TextChoices):
        """What the minimum is tested on."""

        CONTACT_HOURS = "contact_hours", _("hours")
        UNITS = "units", _("points")

    class Scope(models.TextChoices):
        """What the hours of the minimum must share."""

        TOPIC = "topic", _("one topic")
        ACTIVITY = "activity", _("the network, whatever its topics")

    code = LineColumn(_("code"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = LineColumn(_("name"), max_length=100)
    unit_label = models.CharField(_("unit"), max_length=30, default="PDP")
    unit_label_plural = models.CharField(_("unit, plural"), max_length=30, default="PDPs")
    minutes_per_unit = models.PositiveIntegerField(_("minutes per unit"), default=60)
    multiplier = models.DecimalField(_("multiplier"), max_digits=4, decimal_places=2, default=1)
    count_breaks = models.BooleanField(_("breaks count"), default=True)
    breaks_by_choice = models.BooleanField(
        _("the provider chooses whether breaks count"),
        default=False,
        help_text=_("Each network then has a field for it; without a choice the line above holds."),
    )
    session_grace_min = models.PositiveSmallIntegerField(_("minutes of grace"), default=10)
    session_min_percent_for_any_credit = models.PositiveSmallIntegerField(
        _("smallest part of a meeting that counts, percent"), default=50
    )
    session_increment_min = models.PositiveSmallIntegerField(
        _("round each meeting to, minutes"), default=15, help_text=_("0 means no rounding.")
    )
    session_rounding = models.CharField(
        _("round each meeting"), max_length=8, choices=Rounding, default=Rounding.DOWN
    )
    total_increment = models.DecimalField(
        _("round the total to, units"), max_digits=4, decimal_places=2, default="0.5"
    )
    total_rounding = models.CharField(
        _("round the total"), max_length=8, choices=Rounding, default=Rounding.DOWN
    )
    minimum = models.DecimalField(_("minimum"), max_digits=6, decimal_places=2, default=10)
    minimum_basis = models.CharField(
        _("minimum of"), max_length=16, choices=Basis, default=Basis.CONTACT_HOURS
    )
    minimum_scope = models.CharField(_("minimum on"), max_length=8, choices=Scope, default=Scope.TOPIC)
    cap = models.DecimalField(_("cap, units"), max_digits=6, decimal_places=2, null=True, blank=True)
    categories = models.JSONField(
        _("categories"),
        default=massachusetts,
        blank=True,
        help_text=_("Pairs of a code and what it is called, in their order on documents."),
    )
    hours_by_category = models.BooleanField(
        _("hours by category"), default=False, help_text=_("Documents say how many hours each category has.")
    )
    include_working_groups = models.BooleanField(_("working groups count"), default=True)
    presenter_multiplier = models.DecimalField(
        _("presenters' hours count, times"),
        max_digits=4,
        decimal_places=2,
        default=0,
        help_text=_("0: presenting gives no hours. 1: as for anybody. 2: twice the points."),
    )
    presenter_cap = models.DecimalField(
        _("cap for presenting, units"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    wants_product = models.BooleanField(
        _("new networks require a demonstration of learning"),
        default=False,
        help_text=_("Each network can choose otherwise."),
    )
    require_evaluation = models.BooleanField(_("requires the evaluation"), default=True)
    require_provider_number = models.BooleanField(_("requires the provider's number"), default=True)
    require_place = models.BooleanField(
        _("requires the place of each meeting"),
        default=False,
        help_text=_("Documents then say where each meeting was."),
    )
    require_category = models.BooleanField(_("requires the category of each hour"), default=True)
    educator_number = models.CharField(
        _("educator number"),
        max_length=16,
        choices=NumberKind,
        blank=True,
        help_text=_("By which the state knows people, if it has one."),
    )
    retention_years = models.PositiveSmallIntegerField(_("years to keep records"), default=10)
    statement = models.TextField(_("statement on documents"), blank=True)
    suspended = models.TextField(
        _("reporting suspended"),
        max_length=300,
        blank=True,
        help_text=_("What pages and documents say while the state isn't taking hours."),
    )
    source = models.CharField(_("source of the rule"), max_length=500, blank=True)
    effective_from = models.DateField(_("in effect from"))
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    kept_in: "int | None" = None  # the network that keeps it, as `CreditRuleQuerySet` reads it

    objects = CreditRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit rule")
        verbose_name_plural = _("credit rules")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="creditrule_version_once",
                violation_error_message=_("This version of the rule already exists."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def is_in_force(self, on: date) -> bool:
        """Return whether a series that begins on this day goes by this version."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
