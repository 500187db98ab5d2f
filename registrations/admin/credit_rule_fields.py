"""How the form of a version of a credit rule is laid out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDSETS: Any = [
    (
        _("The rule"),
        {
            "fields": [
                ("code", "version"),
                "name",
                ("unit_label", "unit_label_plural"),
                ("effective_from", "effective_to"),
                "source",
            ]
        },
    ),
    (
        _("A meeting"),
        {
            "fields": [
                ("session_grace_min", "session_min_percent_for_any_credit"),
                ("session_increment_min", "session_rounding"),
                "count_breaks",
                "breaks_by_choice",
                "include_working_groups",
            ]
        },
    ),
    (
        _("The total"),
        {
            "fields": [
                ("minutes_per_unit", "multiplier"),
                ("total_increment", "total_rounding"),
                ("minimum", "minimum_basis", "minimum_scope"),
                "cap",
                ("presenter_multiplier", "presenter_cap"),
            ]
        },
    ),
    (_("Categories"), {"fields": ["categories", "hours_by_category", "require_category"]}),
    (
        _("Documents and records"),
        {
            "fields": [
                "require_evaluation",
                "wants_product",
                "require_provider_number",
                "require_place",
                "educator_number",
                "retention_years",
                "statement",
                "suspended",
            ]
        },
    ),
]
