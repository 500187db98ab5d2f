"""A document that nobody has, to look at a design before it is saved."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import local_day
from registrations.credit.domain import snapshots
from registrations.credit.domain.credit_words import rate_words, statement_words, units_number
from registrations.credit.domain.readiness import Kind, NetworkFacts, course_of
from registrations.credit.domain.summing import exact_units
from stemnet import wording

MOST_ROWS = 4
NO_CODE = "0" * 16


def sample(network: Network, design: dict[str, Any] | None, *, kind: str, at: datetime) -> dict[str, Any]:
    """Return what a document of ``kind`` would say of somebody who was at the first meetings of ``network``.

    It has no number and no code, so that it can't be taken for one.
    """
    course, day = course_of(network, at=at), local_day(at, network.zone)
    common = snapshots.said_by_all(network) | {"design": design}
    with translation.override(network.language):
        meetings = list(network.meetings.own().order_by("starts_at")[:MOST_ROWS])
        minutes = sum(map(_minutes, meetings))
        shared = {
            **common,
            "kind": kind,
            "name": _("Sample, not a document"),
            "meetings": [_row(meeting) for meeting in meetings],
            "hours": wording.hours_row(minutes),
            "unit_label": course.rule.unit_label,
            "unit_label_plural": course.rule.unit_label_plural,
            "units_name": course.version.name if course.version else "",
            "rate": rate_words(course.rule),
            "statement": statement_words(course.rule),
            "number": _("SAMPLE"),
            "issued_on": day.isoformat(),
            "issued": wording.day(day),
            "verify_url": snapshots.address_of(NO_CODE),
        }
        return shared | (_award(course, minutes) if kind == Kind.PDP else {})


def _minutes(meeting: Meeting) -> int:
    return int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)


def _row(meeting: Meeting) -> dict[str, Any]:
    """Return the row of a meeting that somebody was at from its beginning to its end."""
    minutes = _minutes(meeting)
    return {
        "date": wording.day(meeting.on),
        "title": meeting.title,
        "modality": str(meeting.get_modality_display()),
        "attended": wording.time_span(meeting.starts_at, meeting.ends_at, meeting.zone),
        "minutes_scheduled": minutes,
        "minutes_attended": minutes,
        "minutes_counted": minutes,
        "hours": wording.hours_row(minutes),
        "reason": "",
    }


def _award(course: NetworkFacts, minutes: int) -> dict[str, Any]:
    """Return what only a certificate says."""
    network, provider = course.network, course.network.provider
    return {
        "units": units_number(exact_units(Fraction(minutes), Fraction(0), course.rule), course.rule),
        "provider": {
            "name": provider.name if provider else "",
            "number": provider.number if provider else "",
        },
        "topic": network.pdp_topic,
        "category": "",
        "objectives": network.objectives,
        "assessment": network.assessment,
        "signatory": network.signatory_name,
        "signatory_title": network.signatory_title,
    }
