"""A snapshot into a typeset, tagged PDF: bytes out, no rules (docs/decisions/0003-typst.md).

The snapshot of a document is a plain JSON object written by `domain.snapshots`. It reaches
the typesetter as JSON and is shown as text only, so nothing a person typed is ever read as markup. Equal
snapshots give equal bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registrations.models.credit.document import name_of
from stemnet.documents import typeset
from stemnet.qr import qr_svg

Snapshot = Mapping[str, Any]

FOLDER = Path(__file__).resolve().parent / "typst"
TEMPLATE = FOLDER / "documents.typ"


def render_document(snapshot: Snapshot, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the PDF of ``snapshot``, without a seal.

    ``pictures`` are those of a design that is not kept yet, by the names that the snapshot gives them; others
    come from the storage. Raises Unprintable where no font of ours has a character of it, and
    FileNotFoundError where a picture is gone.
    """
    data = _typeset_data(snapshot)
    return _render([data], title=data["title"], snapshot=snapshot, pictures=pictures)


def render_for_printing(snapshots: Sequence[Snapshot], *, title: str, both_sides: bool) -> bytes:
    """Return one PDF of several documents, which is to be printed and not handed on: it has no seal.

    With ``both_sides`` each begins on a sheet of its own, and an empty page follows where it has to. Raises
    Unprintable, and ValueError where there is no document.
    """
    if not snapshots:
        raise ValueError("There is nothing to print.")
    documents = [_typeset_data(snapshot) for snapshot in snapshots]
    return _render(documents, title=title, snapshot=snapshots[0], both_sides=both_sides)


def _render(
    documents: list[dict[str, Any]],
    *,
    title: str,
    snapshot: Snapshot,
    both_sides: bool = False,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    data = {"title": title, "author": snapshot["issuer"], "documents": documents, "both_sides": both_sides}
    issued = datetime.combine(date.fromisoformat(snapshot["issued_on"]), time(12), UTC)
    names = {one["design"][name] for one in documents for name in ("logo", "signature")} - {""}
    found = {name: (pictures or {}).get(name) or kept_picture(name) for name in sorted(names)}
    return typeset(TEMPLATE, data, at=issued, pictures=found)


@lru_cache(maxsize=16)
def kept_picture(name: str) -> bytes:
    """Return a picture of a design, which is never changed. Raises FileNotFoundError."""
    with default_storage.open(name, "rb") as file:
        content: bytes = file.read()
    return content


def _typeset_data(snapshot: Snapshot) -> dict[str, Any]:
    """Return what the template shows, in the language of the document."""
    with translation.override(snapshot["language"]):
        return _shown(snapshot)


def _shown(snapshot: Snapshot) -> dict[str, Any]:
    """Return the same in the language that is active."""
    is_pdp = snapshot["kind"] == "pdp"
    language, _sep, region = translation.to_locale(snapshot["language"]).partition("_")
    heading = name_of(snapshot["kind"], snapshot["unit_label"])
    return {
        "kind": snapshot["kind"],
        "lang": language,
        "region": region or ("US" if language == "en" else None),
        "title": f"{heading}, {snapshot['name']}, {snapshot['network']}",
        "issuer": snapshot["issuer"],
        "name": snapshot["name"],
        "educator_numbers": ", ".join(snapshot.get("educator_numbers", [])),
        "network": snapshot["network"],
        "number": snapshot["number"],
        "verify_url": snapshot["verify_url"],
        "verify_short": snapshot["verify_url"].partition("://")[2],
        "qr": qr_svg(snapshot["verify_url"]),
        "columns": _columns(is_pdp=is_pdp),
        "rows": [_row(meeting, is_pdp=is_pdp) for meeting in snapshot["meetings"]],
        "totals": _totals(snapshot),
        "facts": _facts(snapshot),
        "annex": _annex(snapshot),
        "design": _design(snapshot),
        "words": _words(snapshot, heading),
        **_pdp_data(snapshot, is_pdp=is_pdp),
    }


def statement_of(snapshot: Snapshot) -> str:
    """Return why hours of attendance are no units by themselves (docs/rules.md 3.1)."""
    if not snapshot["unit_label"]:
        return _("Hours of attendance.")
    sentence = _("Hours of attendance. This confirmation is not a %(label)s certificate.") % {
        "label": snapshot["unit_label"]
    }
    return f"{sentence} {snapshot['statement']}".strip()


def _columns(*, is_pdp: bool) -> list[str]:
    """Return the heads of the table."""
    if is_pdp:
        return [_("Date"), _("Meeting"), _("Attended"), _("Hours")]
    return [_("Date"), _("Meeting"), _("Attended"), _("Minutes attended"), _("Hours counted")]


def _row(meeting: Mapping[str, Any], *, is_pdp: bool) -> Sequence[str]:
    """Return the cells of one meeting."""
    attended = meeting["attended"].replace(", ", ",\n")  # several intervals stand below each other
    more = filter(None, [meeting.get("place"), meeting.get("categories")])
    if is_pdp:
        title = "\n".join([meeting["title"], *more])
        return [meeting["date"], title, attended, meeting["hours"]]
    title = f"{meeting['title']} ({meeting['modality']})" if meeting["modality"] else meeting["title"]
    return [
        meeting["date"],
        "\n".join([title, *more]),
        attended,
        f"{meeting['minutes_attended']} / {meeting['minutes_scheduled']}",
        meeting["hours"],
    ]


def _totals(snapshot: Snapshot) -> list[dict[str, str]]:
    """Return the last rows of the table: one a topic, where there are several."""
    if topics := snapshot.get("topics"):
        return [
            {"label": _("Total on %(topic)s") % {"topic": one["topic"]}, "hours": one["hours"]}
            for one in topics
        ]
    rate = snapshot.get("rate", "")
    label = _("Total, %(rate)s") % {"rate": rate} if rate else _("Total hours")
    return [{"label": label, "hours": snapshot["hours"]}]


def _facts(snapshot: Snapshot) -> list[dict[str, str]]:
    """Return the labelled sentences below the table."""
    categories = snapshot.get("categories")
    facts = [{"label": _("Hours by category"), "text": categories}] if categories else []
    if presented := snapshot.get("presented"):
        facts.append({"label": _("Hours presented"), "text": presented})
    if snapshot["kind"] != "pdp":
        return facts + _notes(snapshot)
    if remark := snapshot.get("remark"):
        facts.append({"label": _("Note"), "text": remark})
    return [
        *facts,
        *_notes(snapshot),
        {"label": _("Objectives"), "text": snapshot["objectives"]},
        {"label": _("How learning was assessed"), "text": snapshot["assessment"]},
    ]


def _annex(snapshot: Snapshot) -> dict[str, Any] | None:
    """Return in sentences how the hours were worked out; documents of before that say none have no annex."""
    rows = snapshot.get("explained")
    if not rows:
        return None
    return {
        "heading": _("How your hours were worked out"),
        "rows": [
            {
                "label": _("%(date)s, %(meeting)s") % {"date": one["date"], "meeting": one["title"]},
                "text": one["text"],
            }
            for one in rows
        ],
        "total_label": _("Total"),
        "total": snapshot["explained_total"],
    }


def _design(snapshot: Snapshot) -> dict[str, str]:
    """Return what the design adds; documents of before, and those without a design, have nothing of it."""
    design = snapshot.get("design") or {}
    hosts = snapshot["organizer"] if design.get("names_hosts") and snapshot["kind"] == "pdp" else ""
    return {name: design.get(name, "") for name in ("logo", "logo_words", "signature", "line", "closing")} | {
        "hosts": hosts,
        "signature_words": _("Signature of %(name)s") % {"name": snapshot.get("signatory", "")},
    }


def _notes(snapshot: Snapshot) -> list[dict[str, str]]:
    """Return each reason why meetings count as they do, after their dates."""
    days: dict[str, list[str]] = {}
    for meeting in snapshot["meetings"]:
        if meeting["reason"]:
            days.setdefault(meeting["reason"], []).append(meeting["date"])
    return [{"label": _("Note"), "text": f"{'; '.join(dates)}: {why}"} for why, dates in days.items()]


def _words(snapshot: Snapshot, heading: str) -> dict[str, str]:
    """Return the fixed words around the facts."""
    return {
        "heading": heading,
        "eyebrow": _("School year %(year)s") % {"year": snapshot["school_year"]},
        "awarded_to": _("awarded to") if snapshot["kind"] == "pdp" else _("for"),
        "for_the": _("for the") if snapshot["kind"] == "pdp" else _("who took part in the"),
        "number": _("No."),
        "issued": _(", issued %(date)s") % {"date": snapshot["issued"]},
        "check": _("Check this document at"),
        "page": _("Page {page} of {pages}"),
        "statement": statement_of(snapshot),
        "organizer_line": snapshot["organizer"],
        "qr_alt": _("QR code: check this document at %(address)s") % {"address": snapshot["verify_url"]},
    } | _pdp_words(snapshot)


def _pdp_words(snapshot: Snapshot) -> dict[str, str]:
    """Return the words that only a certificate has."""
    if snapshot["kind"] != "pdp":
        return {}
    return {
        "units_line": _("%(units)s for %(hours)s hours in one topic")
        % {"units": snapshot["units_name"], "hours": snapshot["hours"]},
        "topic_line": _topic_line(snapshot),
    }


def _topic_line(snapshot: Snapshot) -> str:
    """Return the topic with its category, unless the hours have several."""
    label = capfirst(snapshot["unit_label"])
    words = {"label": label, "topic": snapshot["topic"], "category": snapshot["category"]}
    if not snapshot["category"]:
        return _("%(label)s topic: %(topic)s.") % words
    return _("%(label)s topic: %(topic)s. Category: %(category)s.") % words


def _pdp_data(snapshot: Snapshot, *, is_pdp: bool) -> dict[str, Any]:
    """Return the facts that only a certificate has."""
    if not is_pdp:
        return {}
    provider = snapshot["provider"]
    lines = [
        _("%(title)s, for %(provider)s")
        % {"title": snapshot["signatory_title"], "provider": provider["name"]},
        _("Provider no. %(number)s") % {"number": provider["number"]} if provider["number"] else "",
    ]
    return {
        "units": snapshot["units"],
        "signatory": snapshot["signatory"],
        "signatory_lines": [line for line in lines if line],
    }
