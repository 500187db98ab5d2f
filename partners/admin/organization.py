"""Organizations on the repair desk, with export into a table that can be imported again."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from partners.admin import partner_page
from partners.admin.acts.asking import AskPartners
from partners.admin.acts.describing import Describe
from partners.admin.acts.moving import MoveStage
from partners.admin.acts.reminding import RemindPartners
from partners.admin.acts.writing import WriteLetters
from partners.admin.base import HistoryDesk
from partners.admin.partner_list import PartFilter, PartnerColumns, with_cells
from partners.admin.partner_page import DAY, AliasInline, ContactInline, PeopleInline
from partners.admin.partner_questions import QUICK
from partners.admin.partner_rows import ContributionInline, NeedInline, PartInline
from partners.importing.domain import exporting
from partners.models import Mou, Organization, local_day
from partners.people.requests import person_or_403, portal_request
from stemnet import wording
from stemnet.admin import added
from stemnet.admin.acts import Asking
from stemnet.admin.exporting import Export
from stemnet.admin.filters import ValuesFilter
from stemnet.tables.writing import Sheet

# Rows that a function of the domain writes.
INLINES = (PartInline, NeedInline, ContributionInline, ContactInline)


class ExportOrganizations(Export):
    """A table of organizations that comes back unchanged."""

    promises = (*Export.promises, _("It can be imported again as it is."))

    def table(self, rows: Any, *, asking: Asking) -> tuple[str, list[Sheet]]:
        """Return the table."""
        name = f"organizations-{local_day(asking.at):%Y-%m-%d}.{asking.said['kind']}"
        chosen = Organization.objects.filter(pk__in=rows.order_by().values("pk"))
        return name, [exporting.organizations(chosen)]


@admin.register(Organization)
class OrganizationAdmin(PartnerColumns, HistoryDesk):
    """Every organization: names, what it is part of, sector, level, how far it is on its way to partner."""

    task, place = "partners", 10
    quick = QUICK
    acts = (RemindPartners, AskPartners, WriteLetters, MoveStage, Describe, ExportOrganizations)
    list_display = ["shown_name", "shown_stage", "lead", "part", "needs", "spoken"]
    list_filter = ["stage", PartFilter, "sector", ("region", ValuesFilter), ("city", ValuesFilter), "level"]
    search_fields = ["plain_name", "aliases__plain_name", "plain_city", "state_org_code", "nces_id"]
    search_help_text = _("Name, other name, town or state code")
    autocomplete_fields = ["part_of", "allies"]
    formfield_overrides = {**HistoryDesk.formfield_overrides, models.DateField: {"widget": DAY}}
    inlines = [AliasInline, PartInline, NeedInline, ContributionInline, PeopleInline, ContactInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "city", "state", "state_org_code", "nces_id"),
                    ("sector", "level", "region", "website"),
                    ("part_of", "publicity", "partner_since", "slug"),
                ]
            },
        ),
        (_("About and allies"), {"fields": ["about", "allies"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what was merged into another, and read what the columns say."""
        return with_cells(super().get_queryset(request).filter(merged_into=None))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the address, which is given once."""
        return ["slug"] if obj else []

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Leave out what a new one, or one without a part, doesn't have yet."""
        without: list[type[Any]] = [] if obj and obj.parts_now else [PartInline]
        if obj is None:
            without += [*INLINES, PeopleInline, *added.of(Organization).inlines]
        return [one for one in super().get_inlines(request, obj) if one not in without]

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return where it stands, its parts, needs and log."""
        person = person_or_403(portal_request(request))
        return partner_page.context_of(row, person=person, at=timezone.now())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Let the domain write what it has a function for; names and positions are saved as they are."""
        inlines = (*INLINES, *added.of(Organization).inlines)
        written = next((one for one in inlines if one.model is formset.model), None)
        if written is None:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        by, at = person_or_403(portal_request(request)), timezone.now()
        written.write_rows(form.instance, formset, by=by, at=at)

    def summary(self, request: HttpRequest) -> str:
        """Say how many are partners, and when parts are due."""
        partners = Organization.objects.partners().count()
        words = ngettext("%(n)s partner.", "%(n)s partners.", partners) % {"n": partners}
        mou = Mou.objects.exclude(status=Mou.Status.ENDED).order_by("-pk").first()
        if mou is None or mou.parts_due_on is None:
            return words
        due = gettext("Parts of “%(mou)s” are due on %(day)s.")
        return f"{words} {due % {'mou': mou, 'day': wording.day(mou.parts_due_on)}}"

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Suggest the address of a new one."""
        return {} if obj else {"slug": ("name", "city")}
