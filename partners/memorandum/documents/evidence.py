"""The evidence of one signature: what it binds, how we know, what happened; as words and as a tagged PDF."""

import re
from dataclasses import asdict, dataclass
from datetime import UTC as UTC_ZONE
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from partners.memorandum.documents import scans
from partners.memorandum.documents.memorandum import FOLDER, frame
from partners.memorandum.documents.scans import Scan
from partners.models import MouDocument, Signature
from stemnet import wording
from stemnet.documents import typeset

TEMPLATE: Path = FOLDER / "evidence.typ"
UTC = "UTC"
# How a file of evidence names its signature, in its metadata.
REFERENCE = re.compile(rb"stemnet-signature:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class Fact:
    """One labelled fact."""

    label: str
    text: str
    is_hash: bool = False


@dataclass(frozen=True)
class Happening:
    """One step of a signature: what, who and when, and why."""

    what: str
    who: str
    reason: str


def bound(signature: Signature, document: MouDocument, *, zone: str) -> list[Fact]:
    """Return what a signature binds."""
    number = {"number": document.printed_number, "version": signature.text_number}
    return [
        Fact(_("Document"), _("No. %(number)s, shared text version %(version)s") % number),
        Fact(_("For"), signature.organization_name),
        Fact(_("Signatory"), f"{signature.signatory_name}, {signature.signatory_title}"),
        Fact(_("Locked"), wording.moment(document.locked_at, zone)),
        Fact(_("SHA-256 of the document"), signature.document_sha256, is_hash=True),
        Fact(_("SHA-256 of the part"), signature.part_sha256, is_hash=True),
    ]


def known(signature: Signature) -> list[Fact]:
    """Return how we know that it was given; nothing as long as it is not."""
    if signature.signed_at is None:
        return []
    how = Fact(_("How"), str(Signature.Method(signature.method).label))
    ways = {
        Signature.Method.PAPER: _on_paper,
        Signature.Method.CARRIED: _carried,
        Signature.Method.ELECTRONIC: _electronic,
    }
    return [
        how,
        *ways[Signature.Method(signature.method)](signature, wording.moment(signature.signed_at, UTC)),
    ]


def _electronic(signature: Signature, at: str) -> list[Fact]:
    zone = signature.zone or UTC
    local = wording.moment(signature.signed_at, zone) if signature.signed_at else ""
    return [
        Fact(_("Signed, UTC"), f"{at} ({to_the_second(signature)})"),
        Fact(_("On the signatory's clock"), f"{local} ({zone})"),
        Fact(_("Name as typed"), signature.typed_name),
        Fact(_("Proved by"), _("a code sent to %(address)s") % {"address": signature.signatory_email}),
        Fact(_("IP address"), signature.ip_address or "–"),
        Fact(_("Browser"), plain(signature.user_agent) or "–"),
        Fact(_("Agreed to"), signature.consent),
        Fact(_("Stated"), signature.statement),
    ]


def to_the_second(signature: Signature) -> str:
    """Return the moment of a signature as machines write it (ISO 8601)."""
    at = signature.signed_at
    return at.astimezone(UTC_ZONE).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def plain(user_agent: str) -> str:
    """Return what a browser calls itself in characters that every font has."""
    return user_agent.encode("ascii", "backslashreplace").decode()


def _on_paper(signature: Signature, at: str) -> list[Fact]:
    recorded = {"who": signature.recorded_by, "at": at}
    facts = [
        Fact(_("Date on the paper"), wording.day(signature.signed_on) if signature.signed_on else "–"),
        Fact(_("Place"), signature.place),
        Fact(_("Recorded"), _("by %(who)s, %(at)s") % recorded),
    ]
    return [*facts, Fact(_("SHA-256 of the scan"), signature.scan_sha256, is_hash=True)]


def scan_file(signature: Signature) -> bytes:
    """Return the scan of a signature by hand, byte for byte; nothing where it is gone."""
    if not signature.scan:
        return b""
    try:
        with signature.scan.storage.open(str(signature.scan.name)) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""


def _carried(signature: Signature, at: str) -> list[Fact]:
    facts, first = [Fact(_("Since"), at)], signature.carried_from
    if first is None or first.signed_at is None:
        return facts
    values = {"number": first.document.printed_number, "at": wording.moment(first.signed_at, UTC)}
    said = _("The signature under no. %(number)s, %(at)s. Nobody objected to the change in time.") % values
    return [*facts, Fact(_("From"), said)]


def happened(signature: Signature) -> list[Happening]:
    """Return every step of a signature, the first one first."""
    return [
        Happening(
            what=str(Signature.Status(change.to_status).label),
            who=_("%(who)s, %(at)s") % {"who": change.by_name, "at": wording.moment(change.at, UTC)},
            reason=change.reason,
        )
        for change in signature.changes.all()
    ]


def as_pdf(signature: Signature, *, zone: str) -> bytes:
    """Return the evidence of a signature that was given, with the scan of a paper. Raises Unprintable."""
    content = scan_file(signature)
    scan = scans.read(content) if content else None
    document, words = signature.document, signature.document.words
    with translation.override(words["language"]):
        data: dict[str, Any] = {
            **frame(words),
            "eyebrow": words["partnership"],
            "title": _("Evidence of the signature of %(name)s") % {"name": signature.organization_name},
            "reference": f"stemnet-signature:{signature.uid}",
            "memorandum": words["title"],
            "number": _("No. %(number)s") % {"number": document.printed_number},
            "hash": _("SHA-256 of the document: %(hash)s") % {"hash": signature.document_sha256},
            "groups": [
                _group(_("What was signed"), bound(signature, document, zone=zone)),
                _group(_("How we know"), known(signature)),
            ],
            "happened_heading": _("History"),
            "happened": [asdict(one) for one in happened(signature)],
            "scan": _scan(scan) if scan else None,
        }
    at = signature.signed_at or signature.asked_at
    return typeset(TEMPLATE, data, at=at.replace(microsecond=0), files=_files(scan) if scan else None)


def _scan(scan: Scan) -> dict[str, Any]:
    """Return what the file says of the scan, and the names of its pictures."""
    said = _("The file itself, %(name)s, is attached to this PDF, byte for byte.") % {"name": scan.name}
    if not scan.pictures:
        said = f"{_('We could not open this scan to show it here.')} {said}"
    elif scan.more:
        said = f"{_('Its first %(number)s pages follow.') % {'number': len(scan.pictures)}} {said}"
    return {
        "heading": _("The paper that was signed"),
        "said": said,
        "name": scan.name,
        "type": scan.kind or "application/octet-stream",
        "about": _("The scan of the paper that was signed"),
        "pages": [
            {
                "file": _picture(number),
                "about": _("Scan of the signed paper, page %(number)s") % {"number": number},
            }
            for number, _content in enumerate(scan.pictures, start=1)
        ],
    }


def _files(scan: Scan) -> dict[str, bytes]:
    """Return the pictures and the file of a scan by the names that the template knows."""
    pictures = {_picture(number): content for number, content in enumerate(scan.pictures, start=1)}
    return {scan.name: scan.content, **pictures}


def _picture(number: int) -> str:
    return f"page-{number}.png"


def _group(heading: str, facts: list[Fact]) -> dict[str, Any]:
    return {"heading": heading, "facts": [{"label": one.label, "text": one.text} for one in facts]}
