"""What a kiosk sends: scans that waited on the device, each with a key of its own; and what opens one."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.attendance.domain.door_scans import Scanned
from registrations.attendance.domain.queued import pressed_at
from registrations.attendance.forms.queue import whole
from registrations.models import DoorScan
from registrations.seats.domain.door_codes import code_in
from stemnet.forms.fields import LineField
from stemnet.forms.sent_json import read_json

MOST_SCANS, LONGEST_CODE = 300, 300


@dataclass(frozen=True)
class Sent:
    """What a kiosk sends at once; ``wants_list`` where it asks who belongs at the meeting."""

    scans: list[Scanned]
    wants_list: bool


def sent_by_kiosk(body: bytes, *, at: datetime) -> Sent:
    """Read what a kiosk sends. Raises ValueError for what no page of ours sends."""
    sent = read_json(body)
    scans = sent.get("scans") if isinstance(sent, dict) else None
    if not isinstance(scans, list) or len(scans) > MOST_SCANS:
        raise ValueError("no list of scans")
    return Sent([scanned_of(one, at=at) for one in scans], sent.get("list") is True)


def scanned_of(sent: Any, *, at: datetime) -> Scanned:
    """Read one scan; ``waited`` is for how many milliseconds it waited on the device. Raises ValueError."""
    if not isinstance(sent, dict) or sent.get("way") not in DoorScan.Way.values:
        raise ValueError("no scan")
    code, row = sent.get("code") or "", sent.get("row")
    if not isinstance(code, str) or len(code) > LONGEST_CODE:
        raise ValueError("no code")
    return Scanned(
        key=UUID(str(sent.get("key"))),
        way=sent["way"],
        at=pressed_at(pressed=0, sent=whole(sent.get("waited")), at=at),
        code=code_in(code),
        row=UUID(str(row)) if row else None,
    )


class KioskForm(forms.Form):
    """Where a new kiosk stands; ``uid`` is the same however often the form is sent."""

    HERE, STAY, OTHER = "here", "stay", "other"

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    place = LineField(
        label=_("Where is it?"),
        max_length=60,
        required=False,
        help_text=_("For example, Main entrance. It's only a name for you and the other staff."),
    )
    how = forms.ChoiceField(
        choices=[(HERE, ""), (STAY, ""), (OTHER, "")],
        error_messages={"required": _("Choose on which device it starts.")},
    )
