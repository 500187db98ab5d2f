"""Organizations on the repair desk, with export into a table that can be imported again."""

from typing import Any

from django.contrib import admin
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partners.admin.acts.asking import AskPartners
from partners.admin.acts.describing import Describe
from partners.admin.acts.moving import MoveStage
from partners.admin.acts.reminding import RemindPartners
from partners.admin.acts.writing import WriteLetters
from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.admin.partner_list import PartFilter, PartnerColumns, with_cells
from partners.admin.partner_questions import QUICK
from partners.importing.domain import exporting
from partners.models import Alias, Organization, Position, local_day
from stemnet.admin.filters import ValuesFilter
from stemnet.views.tables import attached


class AliasInline(admin.TabularInline[Alias, Organization]):
    """Other names and former names."""

    model = Alias
    extra = 0


class PeopleInline(ReadOnlyInline):
    """Who works there."""

    model = Position
    fields = ["person", "job", "title", "started_on", "ended_on"]
    readonly_fields = ["person", "job", "title", "started_on", "ended_on"]
    verbose_name_plural = _("people")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the people at once."""
        return super().get_queryset(request).select_related("person", "organization")


@admin.register(Organization)
class OrganizationAdmin(PartnerColumns, HistoryDesk):
    """Every organization: names, what it is part of, sector, level, how far it is on its way to partner."""

    task, place = "partners", 10
    quick = QUICK
    acts = (RemindPartners, AskPartners, WriteLetters, MoveStage, Describe)
    actions = ["export_csv", "export_xlsx"]
    list_display = ["shown_name", "shown_stage", "lead", "part", "needs", "spoken"]
    list_filter = ["stage", PartFilter, "sector", ("region", ValuesFilter), ("city", ValuesFilter), "level"]
    search_fields = ["plain_name", "aliases__plain_name", "plain_city", "state_org_code"]
    search_help_text = _("Name, other name, town or state code")
    autocomplete_fields = ["part_of", "allies"]
    inlines = [AliasInline, PeopleInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what was merged into another, and read what the columns say."""
        return with_cells(super().get_queryset(request).filter(merged_into=None))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the address is given once; the way to partner is the one door to a stage."""
        return ["slug", "stage", "way"] if obj else ["stage"]

    @admin.display(description=_("becoming a partner"))
    def way(self, organization: Organization) -> str:
        """Lead to the page that moves it and keeps who did, when and why."""
        url = reverse("prospect", args=[organization.slug])
        return format_html('<a href="{}">{}</a>', url, _("Move it there"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Suggest the address of a new one."""
        return {} if obj else {"slug": ("name", "city")}

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: Any) -> FileResponse | StreamingHttpResponse:
        """Hand out the chosen ones as a table that comes back unchanged."""
        return self._exported(queryset, "csv")

    @admin.action(description=_("Export as XLSX"), permissions=["view"])
    def export_xlsx(self, request: HttpRequest, queryset: Any) -> FileResponse | StreamingHttpResponse:
        """Hand out the chosen ones as a workbook that comes back unchanged."""
        return self._exported(queryset, "xlsx")

    def _exported(self, queryset: Any, form: str) -> FileResponse | StreamingHttpResponse:
        name = f"organizations-{local_day(timezone.now()):%Y-%m-%d}.{form}"
        chosen = Organization.objects.filter(pk__in=queryset.order_by().values("pk"))
        return attached(name, [exporting.organizations(chosen)])
