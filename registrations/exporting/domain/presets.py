"""Exports to begin with: lists that people read, and the records that other programs take."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.credit.domain.record_columns import RECORD_COLUMNS
from registrations.models import SavedExport

Table, Headings, FileForm, Order, Who = (
    SavedExport.Table,
    SavedExport.Headings,
    SavedExport.FileForm,
    SavedExport.Order,
    SavedExport.Who,
)


@dataclass(frozen=True)
class Preset:
    """What an export begins with: its name, what it is good for, its columns and forms."""

    key: str
    title: str | Promise
    about: str | Promise
    columns: Sequence[str]
    table: str = Table.PEOPLE
    headings: str = Headings.WORDS
    file_form: str = FileForm.XLSX
    order: str = Order.NETWORK
    who: str = Who.TOOK_PART


PEOPLE = (
    "last_name",
    "first_name",
    "email",
    "organization",
    "job",
    "offering_title",
    "school_year",
    "groups",
    "registration_status",
    "meetings_attended",
    "hours",
)
AT_MEETINGS = (
    "last_name",
    "first_name",
    "organization",
    "offering_title",
    "meeting_date",
    "begins",
    "ends",
    "zone",
    "meeting",
    "attendance",
    "arrived",
    "left",
    "meeting_minutes_attended",
    "meeting_minutes_counted",
    "why",
)
TRANSCRIPT = (
    "last_name",
    "first_name",
    "certificate_name",
    "educator_id_type",
    "educator_id",
    "start_date",
    "end_date",
    "completion_date",
    "offering_title",
    "school_year",
    "topic",
    "network_category",
    "provider_name",
    "provider_number",
    "location",
    "hours",
    "units",
    "unit_type",
    "document_number",
    "status",
    "verify_url",
)
PRESETS = {
    one.key: one
    for one in (
        Preset("people", _("List of people"), _("Who's in which network, and how far they are."), PEOPLE),
        Preset(
            "meetings",
            _("Who was at which meeting"),
            _("Each meeting with arrival, departure and minutes, as Illinois and Washington ask for."),
            AT_MEETINGS,
            table=Table.MEETINGS,
        ),
        Preset(
            "credit_records",
            _("Credit records"),
            _(
                "For people who type or load credit elsewhere: a district, a registrar, a state's system. "
                "Fixed English headings, dates like 2026-10-14, and nothing altered."
            ),
            tuple(one.key for one in RECORD_COLUMNS),
            headings=Headings.KEYS,
            file_form=FileForm.EXACT,
        ),
        Preset(
            "transcripts",
            _("Transcripts"),
            _("Everything each person did, across all networks and years, even below the minimum."),
            TRANSCRIPT,
            headings=Headings.KEYS,
            file_form=FileForm.EXACT,
            order=Order.PERSON,
            who=Who.ATTENDED,
        ),
        Preset("empty", _("Only names"), _("Add the other columns yourself."), ("last_name", "first_name")),
    )
}
