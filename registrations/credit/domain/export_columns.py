"""All columns of exports by their keys, and those of the export for certificates (docs/rules.md 3.5).

A column is defined once, in `record_columns` or `word_columns`; what says which of them stand where is a
definition that staff saved, or the fixed order below.
"""

from django.utils.translation import gettext as _

from partners.models import EducatorNumber
from registrations.credit.domain.export_kinds import ExportColumn
from registrations.credit.domain.export_lines import Line
from registrations.credit.domain.readiness import NetworkFacts
from registrations.credit.domain.record_columns import RECORD_COLUMNS
from registrations.credit.domain.word_columns import MEETING_COLUMNS, NUMBER_COLUMNS, WORD_COLUMNS
from stemnet.tables.writing import Column, Columns

COLUMNS: dict[str, ExportColumn] = {
    one.key: one for one in (*RECORD_COLUMNS, *WORD_COLUMNS, *MEETING_COLUMNS)
}
WHO = ("last_name", "first_name")
MERGED = ("organization", "org_state_code", "job", "meetings_attended", "dates_attended", "hours")
DONE = ("evaluation_done", "document_numbers", "missing")


def columns(*keys: str) -> list[Column[Line]]:
    """Return columns by their keys, under their own headings."""
    return [COLUMNS[key].column() for key in keys]


def people_columns(course: NetworkFacts) -> Columns[Line]:
    """Return the columns of sheet 1, a row a person, ready for mail merge."""
    rule = course.rule
    return Columns(
        [
            *columns(*WHO, "certificate_name", "email"),
            *number_columns(course),
            *columns(*MERGED),
            COLUMNS["units"].column(rule.unit_label_plural),
            *columns(*DONE),
            *columns(*(["hours_by_category"] if rule.hours_by_category else [])),
            *columns(*(["hours_presented"] if rule.presenter_multiplier else [])),
        ]
    )


def number_columns(course: NetworkFacts) -> list[Column[Line]]:
    """Return a column for each kind of educator number that somebody of the network has; one statement."""
    people = course.network.registrations.values("person")
    kinds = EducatorNumber.objects.filter(person__in=people).order_by("kind").values_list("kind", flat=True)
    return [NUMBER_COLUMNS[kind].column() for kind in kinds.distinct()]


def meeting_columns(course: NetworkFacts) -> Columns[Line]:
    """Return the columns of sheet 2, a row a person and meeting; times are those of the zone in the row."""
    shown = [one.key for one in MEETING_COLUMNS if one.key not in ("category", "place")]
    return Columns(
        [
            *columns(*WHO, "email", *shown),
            *columns(*(["category"] if course.rule.hours_by_category else [])),
            *([COLUMNS["place"].column(_("Place"))] if course.shows_places else []),
        ]
    )
