"""The rules of the rule book, as data: Massachusetts, and others by configuration.

See docs/rules.md 2.4, 2.5.
"""

from datetime import date

COMMON = {"version": 1, "effective_from": date(2012, 7, 1)}
RULES = [
    {
        "code": "MA-PDP",
        "name": "Massachusetts Professional Development Points",
        "source": "603 CMR 44.06; DESE professional development FAQ",
        "retention_years": 10,
    },
    {
        "code": "WA-CLOCK",
        "name": "Washington clock hours",
        "unit_label": "clock hour",
        "unit_label_plural": "clock hours",
        "minimum": 0,
        "retention_years": 7,
        "source": "WAC 181-85-030, 181-85-205",
    },
    {
        "code": "NY-CTLE",
        "name": "New York CTLE hours",
        "unit_label": "CTLE hour",
        "unit_label_plural": "CTLE hours",
        "minimum": 0,
        "hours_by_category": True,
        "retention_years": 8,
        "source": "New York State Education Department, CTLE",
    },
    {
        "code": "TX-CPE",
        "name": "Texas CPE clock hours",
        "unit_label": "CPE hour",
        "unit_label_plural": "CPE hours",
        "minimum": 0,
        "retention_years": 7,
        "source": "19 TAC 232.21",
    },
    {
        "code": "OR-PDU",
        "name": "Oregon professional development units",
        "unit_label": "PDU",
        "unit_label_plural": "PDUs",
        "minimum": 0,
        "require_provider_number": False,
        "retention_years": 7,
        "source": "OAR 584-255-0010",
    },
    {
        "code": "CEU",
        "name": "Continuing education units",
        "unit_label": "CEU",
        "unit_label_plural": "CEUs",
        "minutes_per_unit": 600,
        "total_increment": "0.1",
        "minimum": "0.1",
        "minimum_basis": "units",
        "count_breaks": False,
        "retention_years": 7,
        "source": "IACET: 10 contact hours are one CEU",
    },
]


def write_rules(apps, schema_editor):
    CreditRule = apps.get_model("registrations", "CreditRule")
    for rule in RULES:
        CreditRule.objects.get_or_create(code=rule["code"], version=1, defaults={**COMMON, **rule})
