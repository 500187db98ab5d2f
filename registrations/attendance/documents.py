"""The sign-in sheet and badges on paper: words in, a paper out, no rules."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Meeting
from registrations.models import Registration
from stemnet import wording
from stemnet.documents import typeset
from stemnet.exceptions import Unprintable
from stemnet.papers import Column, Paper, Table
from stemnet.qr import qr_svg

BADGES = Path(__file__).resolve().parent / "typst" / "badges.typ"
BOX, TYPED = "_", ("name", "organization")
BLANK_LINES = 6
LINE = 31  # points: room to sign by hand, and 32 people with blank lines stand on two Letter pages


def sign_in_sheet(
    meeting: Meeting,
    people: Iterable[Registration],
    *,
    issuer: str,
    notes: Callable[[Registration], list[str]],
) -> Paper:
    """Return the sheet with a line a person, and blank ones for walk-ins; ``notes`` says how each comes."""
    people = list(people)
    rows = [
        [_name(one, notes(one)), one.position.organization_name if one.position else ""] for one in people
    ]
    rows += [["", ""] for _line in range(BLANK_LINES)]
    columns = [
        Column(_("No."), 0.45),
        Column(_("Name"), 2),
        Column(_("Organization"), 2.2),
        Column(_("Arrived"), 0.85),
        Column(_("Left"), 0.8),
        Column(_("Signature"), 3.3),
    ]
    lines = [[str(number), *row, "", "", ""] for number, row in enumerate(rows, start=1)]
    return Paper(
        heading=_("Sign-in sheet: %(meeting)s") % {"meeting": meeting},
        issuer=issuer,
        eyebrow=str(meeting.network or ""),
        lines=[_when_and_where(meeting)],
        tables=[Table(columns, lines, height=LINE, codes=[_code(meeting, one) for one in people])],
        notes=[
            _("Staff: scan the code in a line to open that person at the attendance desk."),
        ],
    )


def _code(meeting: Meeting, one: Registration) -> tuple[str, str]:
    """Return the QR code of a line, and what it is in words."""
    address = f"{settings.SITE_URL}{reverse('sheet_line', args=[meeting.pk, one.door_code])}"
    words = _("QR code: %(name)s at the attendance desk") % {"name": one.person.sorted_name}
    return qr_svg(address, error="l"), words


def _name(one: Registration, notes: list[str]) -> str:
    """Return the name as the sheet is sorted, how they come, or how many under it."""
    if notes:
        said = {"name": one.person.sorted_name, "notes": ", ".join(notes)}
        return _("%(name)s (%(notes)s)") % said
    if one.party_size == 1:
        return one.person.sorted_name
    return _("%(name)s (%(number)s people)") % {"name": one.person.sorted_name, "number": one.party_size}


def _when_and_where(meeting: Meeting) -> str:
    """Return when the meeting is, where, and of which group."""
    when = wording.span(meeting.starts_at, meeting.ends_at, meeting.zone)
    group = str(meeting.working_group) if meeting.working_group else ""
    return ", ".join(filter(None, [when, meeting.venue, meeting.room, group]))


def badges(
    people: Iterable[tuple[Registration, str]], *, title: str, network: str, issuer: str, at: datetime
) -> bytes:
    """Return the badges of ``people``, each with the address that its QR holds, as a PDF.

    A character that no font of ours has is a box on its badge, to be written by hand; all others print.
    """
    language, _sep, region = translation.to_locale(translation.get_language() or "en").partition("_")
    data = {
        "lang": language,
        "region": region or ("US" if language == "en" else None),
        "title": title,
        "issuer": issuer,
        "network": network,
        "badges": [badge(one, address) for one, address in people],
        "empty": _("Nobody is registered yet."),
    }
    return typeset_with_boxes(data, at=at.replace(microsecond=0))


def typeset_with_boxes(data: dict[str, Any], *, at: datetime) -> bytes:
    """Return the badges; each text that the typesetter names has boxes for what it can't print."""
    boxes: dict[int, str] = {}
    while True:
        texts = [{**one, **{key: one[key].translate(boxes) for key in TYPED}} for one in data["badges"]]
        try:
            return typeset(BADGES, {**data, "badges": texts}, at=at)
        except Unprintable as fault:
            new = {ord(sign): BOX for sign in fault.characters if not sign.isascii()}
            if new.keys() <= boxes.keys():
                raise
            boxes |= new


def badge(registration: Registration, address: str) -> dict[str, str]:
    """Return what one badge says."""
    name, work = str(registration.person), registration.position
    return {
        "name": name,
        "organization": work.organization_name if work else "",
        "qr": qr_svg(address),
        "alt": _("QR code for the door: %(name)s") % {"name": name},
    }
