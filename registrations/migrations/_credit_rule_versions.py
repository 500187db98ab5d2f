"""What was found on the rules of states in November 2026, as new versions; docs/rules.md 2.4 has the sources.

Networks that were planned before keep the version that they went by.
"""

from datetime import date

SINCE = date(2026, 12, 1)
WASHINGTON = [
    ["stem", "STEM"],
    ["equity", "Equity"],
    ["leadership", "Leadership"],
    ["government", "Government-to-government"],
    ["fundamental", "Fundamental course of study"],
    ["para_subject", "Para subject matter"],
]
NEW_YORK = [
    ["content", "Content"],
    ["pedagogy", "Pedagogy"],
    ["language", "Language acquisition"],
]
NUMBERS = {"MA-PDP": "MEPID", "WA-CLOCK": "WA_CERT", "TX-CPE": "TX_TEA"}
NO_CATEGORY = {"categories": [], "require_category": False}
EXACT_MINUTES = {"session_increment_min": 1, "session_min_percent_for_any_credit": 0}
NEXT = {
    "WA-CLOCK": {
        "count_breaks": False,
        "breaks_by_choice": True,
        **EXACT_MINUTES,
        "categories": WASHINGTON,
        "hours_by_category": True,
        "require_category": False,
        "educator_number": "WA_CERT",
        "statement": (
            "Washington takes clock hours from form SPI 1125 or an approved transcript only, so hand this "
            "document to your provider's registrar."
        ),
        "source": (
            "WAC 181-85-030, 181-85-205; OSPI clock hours; psesd.org: half hours, cut, no meals or breaks; "
            "OSPI 2023: reasonable breaks, the provider decides"
        ),
    },
    "NY-CTLE": {
        **EXACT_MINUTES,
        "total_increment": "1",
        "categories": NEW_YORK,
        "require_place": True,
        "source": "New York State Education Department, CTLE (quoted 2021): hours of 60 full minutes, by area",
    },
    "TX-CPE": {
        **NO_CATEGORY,
        "educator_number": "TX_TEA",
        "source": "19 TAC 232.21 (September 2024)",
    },
    "OR-PDU": {
        **NO_CATEGORY,
        "suspended": (
            "Oregon has suspended the reporting of PDUs since March 1, 2024 (OAR 584-255-0007), so no PDUs are "
            "needed with an application for now."
        ),
        "source": "OAR 584-255-0010, 584-255-0030; 584-255-0007 (suspended, reviewed every year)",
    },
    "CEU": {
        **NO_CATEGORY,
        "session_increment_min": 1,
        "total_rounding": "nearest",
        "minimum": "0.5",
        "minimum_basis": "contact_hours",
        "minimum_scope": "activity",
        "source": "IACET 2019: 60-minute contact hours by ten, to the nearest tenth; 30 minutes are 0.1",
    },
}
ILLINOIS = {
    "code": "IL-CLOCK",
    "version": 1,
    "name": "Illinois professional development clock hours",
    "unit_label": "clock hour",
    "unit_label_plural": "clock hours",
    "minimum": 0,
    **EXACT_MINUTES,
    "total_increment": "0.25",
    "total_rounding": "nearest",
    **NO_CATEGORY,
    "educator_number": "IEIN",
    "retention_years": 6,
    "effective_from": date(2012, 7, 1),
    "source": "23 IAC 25.855, 25.860; ROE 40: arrival and departure times, evaluation by each participant",
}


def write_versions(apps, schema_editor):
    """Name the numbers of educators, and add the version after the newest of each rule, and Illinois."""
    CreditRule = apps.get_model("registrations", "CreditRule")
    for code, number in NUMBERS.items():
        CreditRule.objects.filter(code=code, educator_number="").update(educator_number=number)
    CreditRule.objects.get_or_create(
        code=ILLINOIS["code"], version=ILLINOIS["version"], defaults=ILLINOIS
    )
    for code, changes in NEXT.items():
        newest = CreditRule.objects.filter(code=code).order_by("version").last()
        if newest is None or newest.effective_from >= SINCE:
            continue
        newest.pk, newest.version = None, newest.version + 1
        newest.effective_from, newest.effective_to = SINCE, None
        for name, value in changes.items():
            setattr(newest, name, value)
        newest._state.adding = True
        newest.save()
