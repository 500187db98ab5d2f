"""A snapshot to typeset, as `registrations.credit.domain.snapshots` writes it."""

from typing import Any


def a_row(**fields: Any) -> dict[str, Any]:
    return {
        "date": "Wed, Oct 14, 2020",
        "title": "Opening meeting",
        "modality": "Online",
        "attended": "9:00 a.m. to 12 noon ET",
        "minutes_scheduled": 180,
        "minutes_attended": 180,
        "minutes_counted": 180,
        "hours": "3.00",
        "reason": "",
        **fields,
    }


def a_snapshot(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "pdp",
        "language": "en",
        "issuer": "SouthCoast STEM Network",
        "organizer": "Organized by the SouthCoast STEM Network.",
        "network": "Science & Technology/Engineering District Leaders Network",
        "school_year": "2020-21",
        "name": "Science lead, São Tomé Nguyễn district",
        "meetings": [a_row(), a_row(), a_row(), a_row(title="Closing meeting")],
        "hours": "12.00",
        "units": "12",
        "unit_label": "PDP",
        "unit_label_plural": "PDPs",
        "units_name": "Professional Development Points",
        "rate": "one PDP an hour",
        "total": "12 hours, 12 PDPs",
        "statement": "Fewer than 10 hours in one topic give no PDPs.",
        "provider": {"name": "University of Massachusetts Dartmouth", "number": "2020-0417"},
        "topic": "leading the 2016 STE standards",
        "category": "Content",
        "objectives": "Lead the standards in one's district.",
        "assessment": "An action plan for the district.",
        "signatory": "Director of the center",
        "signatory_title": "Director",
        "number": "2021-000318",
        "code": "7KQM4HZD92XWTP3C",
        "issued_on": "2021-06-02",
        "issued": "Wed, Jun 2, 2021",
        "verify_url": "https://stem.example.org/verify/7KQM-4HZD-92XW-TP3C",
        **fields,
    }
