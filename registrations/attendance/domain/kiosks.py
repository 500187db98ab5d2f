"""Kiosks: a tablet at the door that works for one meeting, without anybody signed in (docs/rules.md 6.10)."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor, acted
from registrations.attendance.domain.attendance import check_standing, locked
from registrations.attendance.exceptions import AttendanceRefused, KioskOver
from registrations.models import Kiosk
from stemnet.private_links import hash_token

MOST_OPEN = 20  # doors of one meeting


@transaction.atomic
def open_kiosk(*, meeting: Meeting, uid: UUID, place: str = "", by: Actor, at: datetime) -> str:
    """Open a kiosk for ``meeting`` and return its token, which is kept nowhere.

    Return "" where ``uid`` is open already. Raises AttendanceRefused where the meeting is off or over.
    """
    meeting = locked(meeting)
    check_standing(meeting)
    if Kiosk.objects.filter(uid=uid).exists():
        return ""
    kiosk = Kiosk(uid=uid, meeting=meeting, place=place.strip(), opened_at=at, **acted(by))
    if not kiosk.is_open(at=at):
        raise AttendanceRefused(sentence=_("This meeting is over. Mark attendance on the desk."))
    if Kiosk.objects.filter(meeting=meeting, closed_at=None).count() >= MOST_OPEN:
        raise AttendanceRefused(sentence=_("This meeting has enough open kiosks. Close one first."))
    token = secrets.token_urlsafe(32)
    kiosk.token_hash = hash_token(token)
    kiosk.save()
    return token


@transaction.atomic
def close_kiosk(kiosk: Kiosk, *, by: Actor, at: datetime) -> None:
    """Let a kiosk take nothing more; what was scanned at it before may still arrive."""
    locked(kiosk.meeting)
    Kiosk.objects.filter(pk=kiosk.pk, closed_at=None).update(closed_at=at, closed_by=str(by))


def find_kiosk(token: str, *, at: datetime) -> Kiosk:
    """Return the kiosk that ``token`` opens. Raises KioskOver where there is none, or its time is over."""
    found = Kiosk.objects.select_related("meeting__network", "meeting__working_group")
    kiosk = found.filter(token_hash=hash_token(token)).first()
    if kiosk is None or at >= kiosk.sends_until:
        raise KioskOver
    return kiosk
