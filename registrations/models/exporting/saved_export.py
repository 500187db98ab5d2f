"""Exports that staff defined and saved: which rows, which columns, in which form."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Organization, Person
from stemnet.columns import LineColumn


class SavedExportQuerySet(models.QuerySet["SavedExport"]):
    """Questions about saved exports."""

    def visible_to(self, person: Person | None) -> "SavedExportQuerySet":
        """Return one's own, and those that others share, for whoever is staff of any network.

        Coordinators also see those that went out by themselves until their owner was no longer staff.
        """
        if person is None or not Network.objects.staffed_by(person).exists():
            return self.none()
        seen = models.Q(owner=person) | models.Q(shared=True)
        if person.is_coordinator:
            seen |= models.Q(schedule__stopped_at__isnull=False)
        return self.filter(seen)

    def editable_by(self, person: Person | None) -> "SavedExportQuerySet":
        """Return one's own; of others one makes a copy."""
        return self.visible_to(person).filter(owner=person)


class SavedExport(models.Model):
    """One export: whoever runs it gets the rows of those of its networks for which they are staff.

    ``columns`` are pairs of the key of a column and its heading, empty for its own.
    """

    class Table(models.TextChoices):
        """What a row is."""

        PEOPLE = "people", _("A person in a network")
        MEETINGS = "meetings", _("A person at a meeting")

    class Reach(models.TextChoices):
        """Whose rows."""

        ALL = "all", _("All networks you're staff for")
        YEAR = "year", _("All of a school year")
        CHOSEN = "chosen", _("The networks you check")

    class Who(models.TextChoices):
        """Which people."""

        TOOK_PART = "took_part", _("People with a seat, or who were at a meeting")
        ATTENDED = "attended", _("People who were at a meeting")
        EVERYONE = "everyone", _("Everyone, also the waitlist and people who left")

    class Papers(models.TextChoices):
        """With which documents."""

        ANY = "any", _("With a valid document or without")
        WITH = "with", _("Only with a valid document")
        WITHOUT = "without", _("Only without a valid document")

    class Order(models.TextChoices):
        """In which order."""

        NETWORK = "network", _("By network, then by name")
        PERSON = "person", _("By name, then by network")

    class Headings(models.TextChoices):
        """What stands above the columns."""

        WORDS = "words", _("Words, as on this page")
        KEYS = "keys", _("Fixed English names, for another program")
        NONE = "none", _("No row of headings")

    class DateForm(models.TextChoices):
        """How dates are written."""

        ISO = "iso", _("2026-10-14")
        US = "us", _("10/14/2026")
        WORDS = "words", _("Wed, Oct 14, 2026")

    class FileForm(models.TextChoices):
        """Which file."""

        XLSX = "xlsx", _("Excel (XLSX)")
        CSV = "csv", _("CSV to open in Excel")
        EXACT = "exact", _("CSV for another program, exactly")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = LineColumn(_("name"), max_length=100)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="saved_exports", verbose_name=_("owner")
    )
    shared = models.BooleanField(_("other staff can use it"), default=False)
    table = models.CharField(_("a row is"), max_length=12, choices=Table, default=Table.PEOPLE)
    reach = models.CharField(_("networks"), max_length=8, choices=Reach, default=Reach.ALL)
    school_year = models.CharField(_("school year"), max_length=9, blank=True)
    networks = models.ManyToManyField(
        Network, blank=True, related_name="saved_exports", verbose_name=_("these networks")
    )
    who = models.CharField(_("people"), max_length=12, choices=Who, default=Who.TOOK_PART)
    papers = models.CharField(_("documents"), max_length=8, choices=Papers, default=Papers.ANY)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="saved_exports",
        verbose_name=_("people of"),
    )
    first_day = models.DateField(_("from"), null=True, blank=True)
    last_day = models.DateField(_("until"), null=True, blank=True)
    order = models.CharField(_("order"), max_length=8, choices=Order, default=Order.NETWORK)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    headings = models.CharField(_("headings"), max_length=8, choices=Headings, default=Headings.WORDS)
    date_form = models.CharField(_("dates"), max_length=8, choices=DateForm, default=DateForm.ISO)
    file_form = models.CharField(_("file"), max_length=8, choices=FileForm, default=FileForm.XLSX)
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    saved_at = models.DateTimeField(_("saved"))

    objects = SavedExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved export")
        verbose_name_plural = _("saved exports")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reach="year", school_year__regex=r"^\d{4}-\d{2}$")
                | (~models.Q(reach="year") & models.Q(school_year="")),
                name="savedexport_year_has_a_school_year",
                violation_error_message=_("Choose the school year."),
            ),
            models.CheckConstraint(
                condition=models.Q(first_day=None)
                | models.Q(last_day=None)
                | models.Q(last_day__gte=models.F("first_day")),
                name="savedexport_last_day_after_the_first",
                violation_error_message=_("The last day can't be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def keys(self) -> list[str]:
        """Return the keys of its columns, in their order."""
        return [key for key, _name in self.columns]
