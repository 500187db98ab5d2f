"""What licenses want to be renewed, as found by November 2026; docs/rules.md 2.8 has the sources."""

from datetime import date

RENEWALS = [
    {
        "code": "MA-PDP",
        "name": "Massachusetts professional license",
        "years": 5,
        "units": "150",
        "categories": [["content", 15], ["pedagogy", 15], ["sei_esl", 15], ["swd_diverse", 15]],
        "remark": "Each further license wants 30 more, 15 of them in its content.",
        "source": "603 CMR 44.05, 44.06",
        "effective_from": date(2017, 7, 28),
    },
    {
        "code": "WA-CLOCK",
        "name": "Washington certificate",
        "years": 5,
        "units": "100",
        "categories": [["stem", 15], ["equity", 15]],
        "remark": (
            "STEM hours are asked of some endorsements only. Form SPI 1125 or an approved transcript is the proof."
        ),
        "source": (
            "OSPI; WEA (100 hours; STEM since 2019, equity since 2023); five years: aeawa.org/news, mead354.org "
            "certificated staff requirements"
        ),
        "effective_from": date(2023, 7, 1),
    },
    {
        "code": "NY-CTLE",
        "name": "New York registration",
        "years": 5,
        "units": "100",
        "categories": [["language", 15]],
        "remark": "Of ESOL and bilingual teachers half of the hours in language acquisition. Nothing carries over.",
        "source": "New York State Education Department, CTLE; asbonewyork.org (15 %, or 50 %)",
        "effective_from": date(2016, 7, 1),
    },
    {
        "code": "TX-CPE",
        "name": "Texas standard certificate, classroom teacher",
        "years": 5,
        "units": "150",
        "source": "TEA; TASB",
        "effective_from": date(2012, 7, 1),
    },
    {
        "code": "OR-PDU",
        "name": "Oregon license, five years",
        "years": 5,
        "units": "125",
        "remark": "Reporting is suspended since March 1, 2024, so none are needed with an application for now.",
        "source": "OAR 584-255-0010, 584-255-0030; 584-255-0007",
        "effective_from": date(2012, 7, 1),
    },
    {
        "code": "OR-PDU",
        "name": "Oregon license, three years",
        "years": 3,
        "units": "75",
        "remark": "Reporting is suspended since March 1, 2024, so none are needed with an application for now.",
        "source": "OAR 584-255-0010, 584-255-0030; 584-255-0007",
        "effective_from": date(2012, 7, 1),
    },
]


def write_renewals(apps, schema_editor):
    """Add those that are not there yet."""
    RenewalRule = apps.get_model("registrations", "RenewalRule")
    for one in RENEWALS:
        key = {"name": one["name"], "effective_from": one["effective_from"]}
        RenewalRule.objects.get_or_create(**key, defaults=one)
