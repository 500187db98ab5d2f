"""The immutable snapshot of a document: every fact as it stood when it was issued (docs/rules.md 3.3)."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Meeting, Modality, Network
from partners.models import Partnership, local_day
from partners.people.domain.educator_numbers import printed_numbers
from registrations.credit.domain.annex import annex_of
from registrations.credit.domain.category_words import category_words, label_of, parts_words
from registrations.credit.domain.credit_words import (
    attendance_words,
    make_up_words,
    presented_words,
    rate_words,
    statement_words,
    total_words,
    units_number,
)
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.designs import design_of
from registrations.credit.domain.intervals import clip, from_pairs, subtract
from registrations.credit.domain.readiness import Kind, NetworkFacts, Readiness
from registrations.credit.domain.reason_words import reason_words
from registrations.credit.domain.totals import credit_of, topics_of, was_there
from registrations.models import Attendance
from registrations.models.credit.document import grouped
from stemnet import wording

ROW = ("uid", "starts_at", "minutes_scheduled", "minutes_attended", "minutes_counted")
WORDS = ("units", "unit_label", "unit_label_plural", "categories", "rule")


def address_of(code: str) -> str:
    """Return the address where a document is checked, as printed and in the QR code."""
    return f"{settings.SITE_URL}/verify/{grouped(code)}/"


def said_by_all(network: Network) -> dict[str, Any]:
    """Return what all documents of ``network`` say alike; asked once, however many are issued."""
    with translation.override(network.language):
        issuer = _issuer()
        return {
            "language": network.language,
            "issuer": issuer,
            "organizer": _organizer(network, issuer),
            "network": network.title,
            "school_year": network.school_year,
            "design": design.said if (design := design_of(network)) else None,
        }


def take_snapshot(
    readiness: Readiness, *, kind: str, number: str, code: str, at: datetime, common: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the snapshot of the document of ``kind`` for one person, as plain JSON.

    ``common`` is what `said_by_all` returned for the network.
    """
    network = readiness.course.network
    issued_on = local_day(at, network.zone)
    with translation.override(network.language):
        meetings = _meetings(readiness, kind)
        snapshot = {
            "kind": kind,
            **common,
            "name": readiness.person.printed_name,
            "educator_numbers": [str(one) for one in printed_numbers(readiness.person)],
            "meetings": meetings,
            **_figures(readiness),
            **annex_of(readiness, _listed(readiness, kind), meetings),
            "number": number,
            "code": code,
            "issued_on": issued_on.isoformat(),
            "issued": wording.day(issued_on),
            "verify_url": address_of(code),
        }
        if kind == Kind.PDP:
            return snapshot | _award(readiness)
        others = sum(topics_of(readiness.attendances).values())
        total = attendance_words(readiness.total.hours + Fraction(others, 60))
        return snapshot | {"total": total, "topics": _topics(readiness)}


def figures_of(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a snapshot that can stop being so, as plain JSON, to compare with today."""
    meetings = [_row_figures(row) for row in snapshot.get("meetings", [])]
    words = {name: snapshot.get(name, "") for name in WORDS}
    undemonstrated = snapshot.get("undemonstrated", False)
    minutes = snapshot.get("minutes_counted", 0)
    figures = {"meetings": meetings, "minutes": minutes, "undemonstrated": undemonstrated, **words}
    splits = [row.get("categories", "") for row in snapshot.get("meetings", [])]
    if any(splits):
        figures["splits"] = splits
    if "topics" in snapshot:  # of a confirmation that was issued since topics stand on it
        figures["topics"] = [[one["topic"], one["minutes"]] for one in snapshot["topics"]]
    return figures


def _row_figures(row: Mapping[str, Any]) -> list[Any]:
    """Return the figures of one meeting; documents of the time before make-up work say none."""
    made_up = row.get("minutes_made_up", 0)
    return [row[name] for name in ROW] + ([made_up] if made_up else [])


def figures_now(readiness: Readiness, *, kind: str) -> dict[str, Any]:
    """Return the same part as it would be written today."""
    today = {"meetings": _meetings(readiness, kind), "topics": _topics(readiness), **_figures(readiness)}
    return figures_of({**today, "undemonstrated": kind == Kind.PDP and readiness.undemonstrated})


def _issuer() -> str:
    partnership = Partnership.objects.first()
    return partnership.name if partnership else str(_("The partnership"))


def _organizer(network: Network, issuer: str) -> str:
    """Return who organized the network, in a sentence."""
    hosts = [host.organization.name for host in network.co_hosts.select_related("organization")]
    if not hosts:
        return _("Organized by %(issuer)s.") % {"issuer": issuer}
    return _("Organized by %(issuer)s with %(hosts)s.") % {"issuer": issuer, "hosts": ", ".join(hosts)}


def _meetings(readiness: Readiness, kind: str) -> list[dict[str, Any]]:
    """Return the rows a document lists: meetings that count, or on a confirmation all that one was at."""
    return [_meeting(one, readiness.course) for one in _listed(readiness, kind)]


def _listed(readiness: Readiness, kind: str) -> list[Attendance]:
    """Return the attendance that a document lists."""
    there = [one for one in readiness.attendances if was_there(one)]
    return [one for one in there if one.minutes_counted] if kind == Kind.PDP else there


def _meeting(attendance: Attendance, course: NetworkFacts) -> dict[str, Any]:
    """Return the row of one meeting; the hours attended are clipped to the meeting as planned."""
    meeting = attendance.meeting
    group = meeting.working_group
    return {
        "uid": str(meeting.uid),
        "on": meeting.on.isoformat(),
        "starts_at": meeting.starts_at.isoformat(),
        "date": wording.day(meeting.on),
        "title": f"{meeting.title} ({group.title})" if group else meeting.title,
        "modality": str(meeting.get_modality_display()),
        "attended": attended_words(attendance),
        "minutes_scheduled": attendance.minutes_scheduled,
        "minutes_attended": attendance.minutes_attended,
        "minutes_counted": attendance.minutes_counted,
        "minutes_made_up": attendance.minutes_made_up,
        "hours": wording.hours_row(attendance.minutes_counted or attendance.minutes_other_topic),
        "topic": group.other_topic if group and attendance.minutes_other_topic else "",
        "reason": _note(attendance, course.rule),
        "place": place_of(meeting) if course.shows_places else "",
        "categories": parts_words(credit_of(attendance, course.network), course.rule),
    }


def place_of(meeting: Meeting) -> str:
    """Return where a meeting was: its place, online, or both."""
    parts = [meeting.venue if meeting.modality != Modality.ONLINE else ""]
    parts += [_("online")] if meeting.modality != Modality.IN_PERSON else []
    return _(" and ").join(filter(None, parts))


def attended_words(attendance: Attendance) -> str:
    """Return when somebody was there, cut to the meeting: "9:00 a.m. to 10:00 a.m., 11:00 a.m. to …"."""
    meeting = attendance.meeting
    if attendance.arrived_at is None and attendance.minutes_made_up:
        return _("make-up work")
    seen = (attendance.arrived_at or meeting.starts_at, attendance.left_at or meeting.ends_at)
    there = clip(subtract([seen], from_pairs(attendance.away)), (meeting.starts_at, meeting.ends_at))
    return wording.time_spans(there or [seen], meeting.zone)


def _note(attendance: Attendance, rule: Rule) -> str:
    """Return what was made up for, and why a meeting counts less than it lasted or gives more points."""
    counted = attendance.minutes_counted or attendance.minutes_other_topic
    counts_in_full = counted == attendance.minutes_scheduled
    reason = "" if counts_in_full else attendance.reason
    why = reason_words(reason, rule, presenting=attendance.presenting)
    made_up = make_up_words(attendance.minutes_made_up, attendance.made_up_by)
    return "; ".join(filter(None, [made_up, why]))


def _topics(readiness: Readiness) -> list[dict[str, Any]]:
    """Return the hours of each topic, the network's first; nothing where all are on that."""
    others = topics_of(readiness.attendances)
    if not others:
        return []
    network = readiness.course.network
    minutes = {network.pdp_topic or network.title: int(readiness.total.minutes_counted), **others}
    return [
        {"topic": topic, "minutes": number, "hours": wording.hours_row(number)}
        for topic, number in minutes.items()
    ]


def _rate(readiness: Readiness) -> str:
    """Return what an hour gives, unless presenting or a cap made some hours give more or less."""
    rule = readiness.course.rule
    weighted = rule.presenter_multiplier != 1 and any(
        one.presenting and one.minutes_counted for one in readiness.attendances
    )
    return "" if weighted or readiness.total.is_capped else rate_words(rule)


def _figures(readiness: Readiness) -> dict[str, Any]:
    """Return the totals and the rule they were worked out by."""
    total, version, rule = readiness.total, readiness.course.version, readiness.course.rule
    return {
        "minutes_attended": int(total.minutes_attended),
        "minutes_counted": int(total.minutes_counted),
        "hours": wording.hours_row(int(total.minutes_counted)),
        "units": units_number(total.units, rule),
        "unit_label": rule.unit_label,
        "unit_label_plural": rule.unit_label_plural,
        "units_name": version.name if version else "",
        "categories": category_words(total),
        "presented": presented_words(total),
        "rule": str(version) if version else "",
        "statement": statement_words(rule),
        "remark": " ".join(filter(None, [rule.suspended, rule.statement])),
    }


def _category(code: str, rule: Rule) -> str:
    """Return the one category of the hours; nothing where they have several, or the rule has none."""
    return "" if rule.hours_by_category or not rule.categories or not code else label_of(code, rule)


def _award(readiness: Readiness) -> dict[str, Any]:
    """Return what only a certificate says: the provider, the topic, the learning, the signature."""
    network, rule = readiness.course.network, readiness.course.rule
    provider = network.provider
    return {
        "provider": {
            "name": provider.name if provider else "",
            "number": provider.number if provider else "",
        },
        "topic": network.pdp_topic,
        "category": _category(network.pdp_category, rule),
        "total": total_words(readiness.total),
        "rate": _rate(readiness),
        "objectives": network.objectives,
        "assessment": network.assessment,
        "signatory": network.signatory_name,
        "signatory_title": network.signatory_title,
    }
