"""A table that a coordinator brings: its rows, which column is which, what becomes of each, how it ended."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person
from stemnet.models import Job


class TableImportQuerySet(models.QuerySet["TableImport"]):
    """Questions about imports."""

    def open(self) -> "TableImportQuerySet":
        """Return those that wait for somebody."""
        return self.exclude(state__in=(TableImport.State.APPLIED, TableImport.State.FORGOTTEN))

    def held_too_long(self, since: datetime) -> "TableImportQuerySet":
        """Return those whose rows were brought before ``since`` and are still kept."""
        return self.filter(at__lte=since).exclude(rows=[])

    def without_rows(self) -> "TableImportQuerySet":
        """Return what a list shows: the rows stay in the database."""
        return self.defer("rows", "decided", "answers")


class TableImport(models.Model):
    """One file of organizations or people on its way into the portal.

    ``rows`` are pairs of a line and its cells; ``columns`` names a field for the place of a column;
    ``answers`` and ``decided`` go by line; ``remembered`` says which row became whom, where no key does.
    A bundle of organizations and people is two of them, the people ``after`` the organizations.
    """

    class Kind(models.TextChoices):
        """What the rows are."""

        ORGANIZATIONS = "organizations", _("Organizations")
        PEOPLE = "people", _("People")

    class State(models.TextChoices):
        """How far it has come."""

        NEW = "new", _("columns to match")
        CHECKED = "checked", _("ready to import")
        APPLIED = "applied", _("imported")
        FORGOTTEN = "forgotten", _("discarded")

    class Source(models.TextChoices):
        """What other program or office wrote the file, where that is recognized."""

        TABLE = "", _("a table")
        ONEROSTER = "oneroster", _("OneRoster bundle")
        NATIONAL = "national", _("national school file")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    file_name = models.CharField(_("file"), max_length=200)
    source = models.CharField(_("recognized as"), max_length=12, choices=Source, blank=True, default="")
    notes = models.JSONField(_("what was left out while reading"), default=list)
    after = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("comes after"),
        help_text=_("The organizations of the same bundle."),
    )
    header = models.JSONField(_("columns of the file"), default=list)
    rows = models.JSONField(_("rows"), default=list)
    number = models.PositiveIntegerField(_("rows"), default=0)
    columns = models.JSONField(_("how columns match"), default=dict)
    defaults = models.JSONField(_("used if the file doesn't say"), default=dict)
    answers = models.JSONField(_("decisions made by hand"), default=dict)
    decided = models.JSONField(_("what happens to each row"), default=list)
    counts = models.JSONField(_("rows by what happens to them"), default=dict)
    said = models.PositiveIntegerField(_("times something was said of it"), default=0)
    looks = models.PositiveIntegerField(_("times checked"), default=0)
    remembered = models.JSONField(_("who each row became"), default=dict)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    applied_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )
    applied_at = models.DateTimeField(_("imported"), null=True, blank=True)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False, applied_by__isnull=False)
                | (~Q(state="applied") & Q(applied_at=None, applied_by=None)),
                name="tableimport_applied_by_somebody",
                violation_error_message=_("Only a file that was imported says when, and by whom."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the page of its rows, or of how it ended."""
        return reverse("table_import", args=[self.uid])

    @property
    def waits_for_organizations(self) -> bool:
        """Return whether the organizations of the same bundle can still be imported first."""
        return self.after is not None and self.after.state in (self.State.NEW, self.State.CHECKED)
