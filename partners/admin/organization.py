"""Organizations on the repair desk, with import from a table and export into one."""

from io import BytesIO
from typing import Any

import tablib
from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats import base_formats
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import MediaStorage

from partners.admin.base import HistoryDesk, PlainInline, ReadOnlyInline
from partners.admin.resource import REQUIRED, OrganizationResource
from partners.models import Alias, Organization, Position
from stemnet.domain.spreadsheets import Sheet, csv_lines, xlsx_file
from stemnet.domain.tables import read_table
from stemnet.exceptions import UnreadableTable


class OurTable:
    """Reads a table with the portal's one careful reader, whichever format it is in."""

    def create_dataset(self, content: bytes | str) -> tablib.Dataset:
        """Return the rows as import-export wants them."""
        data = content.encode() if isinstance(content, str) else content
        rows = read_table(BytesIO(data), required=REQUIRED)
        headers = list(rows[0].cells) if rows else list(REQUIRED)
        return tablib.Dataset(*[tuple(row.cells.values()) for row in rows], headers=headers)


class OurCSV(OurTable, base_formats.CSV):
    """CSV in UTF-8."""

    def get_read_mode(self) -> str:
        """Read bytes: the reader looks at the encoding itself."""
        return "rb"

    def is_binary(self) -> bool:
        """Keep bytes."""
        return True


class OurXLSX(OurTable, base_formats.XLSX):
    """A workbook; its first sheet."""


class TableForm(ImportForm):
    """A file that is looked at before anything else."""

    def clean_import_file(self) -> Any:
        """Refuse what is too large, no table, or lacks a column, in a sentence."""
        file = self.cleaned_data["import_file"]
        try:
            read_table(file, required=REQUIRED)
        except UnreadableTable as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        file.seek(0)
        return file


class AliasInline(PlainInline):
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
class OrganizationAdmin(ImportExportMixin, HistoryDesk):
    """Every organization: names, what it is part of, sector, level, how far it is on its way to partner."""

    resource_classes = [OrganizationResource]
    formats = [OurCSV, OurXLSX]
    import_form_class = TableForm
    confirm_form_class = ConfirmImportForm
    tmp_storage_class = MediaStorage
    export_form_class = ExportForm
    list_display = ["name", "city", "sector", "stage", "part_of"]
    list_select_related = ["part_of"]
    list_filter = ["stage", "sector", "level", "state", "region"]
    search_fields = ["name", "aliases__name", "city", "state_org_code"]
    search_help_text = _("Name, other name, town or state code")
    date_hierarchy = "partner_since"
    autocomplete_fields = ["part_of", "allies"]
    inlines = [AliasInline, PeopleInline]
    save_on_top = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address is given once."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Suggest the address of a new one."""
        return {} if obj else {"slug": ("name", "city")}

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any) -> bytes:
        """Write through the portal's one safe writer: no formula, any script."""
        data = self.get_data_for_export(request, queryset, **kwargs)
        sheet = Sheet(str(_("Organizations")), data.headers, iter(data))
        if isinstance(file_format, base_formats.XLSX):
            with xlsx_file([sheet]) as file:
                return file.read()
        return b"".join(csv_lines(sheet))
