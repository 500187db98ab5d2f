"""What the screen on the wall shows: the meeting, the code of now and of the next minutes, who is here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meetings.models import Meeting
from registrations.attendance.domain import room_codes, roster
from registrations.attendance.domain.room_codes import SECONDS, ShownCode
from registrations.models import AttendanceCompletion
from stemnet import wording
from stemnet.qr import qr_inline


@dataclass(frozen=True)
class Drawn:
    """A code with its QR."""

    shown: ShownCode

    @property
    def qr(self) -> SafeString:
        """Return the QR of the address that leads to the meeting."""
        return qr_inline(f"{settings.SITE_URL}{reverse('check_in')}?code={self.shown.code}")

    def as_json(self) -> dict[str, Any]:
        """Return what the screen's script needs of it."""
        begins = int(self.shown.begins.timestamp() * 1000)
        return {"words": self.shown.words, "begins": begins, "qr": self.qr}


def screen_page(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return what the page shows at first, also without a script."""
    codes = room_codes.codes_ahead(meeting, at=at)
    return {
        "meeting": meeting,
        "eyebrow": eyebrow_of(meeting),
        "address": settings.SITE_URL.partition("://")[2] + reverse("check_in").rstrip("/"),
        "first": Drawn(codes[0]) if codes else None,
        "left": SECONDS - int(at.timestamp()) % SECONDS,
        "state": state_of(meeting, at=at),
        "progress": roster.progress(meeting),
        "seconds": SECONDS,
        **plan_of(meeting),
    }


def plan_of(meeting: Meeting) -> dict[str, Any]:
    """Return when and where a meeting is, which may change while the screen stands open."""
    where = meeting.room or meeting.venue
    when = wording.span(meeting.starts_at, meeting.ends_at, meeting.zone)
    return {
        "when": f"{when}, {where}" if where else when,
        "opens": _("From %(opens)s on, the code appears here by itself.")
        % {"opens": wording.moment(room_codes.opens_at(meeting), meeting.zone)},
        "starts": int(meeting.starts_at.timestamp() * 1000),
        "ends": int(meeting.ends_at.timestamp() * 1000),
    }


def state_of(meeting: Meeting, *, at: datetime) -> str:
    """Return whether codes are shown: early, open, complete, over or cancelled."""
    if meeting.is_cancelled:
        return "cancelled"
    if at >= room_codes.closes_at(meeting):
        return "over"
    if AttendanceCompletion.objects.filter(meeting=meeting).exists():
        return "complete"
    return "open" if room_codes.is_open(meeting, at=at) else "early"


def screen_json(meeting: Meeting, *, at: datetime, after: int, series: str) -> dict[str, Any]:
    """Return what has changed: the codes after the half minute that the screen has, and who is here.

    A screen that has codes of another ``series``, which were made void since, gets all of them.
    """
    now = room_codes.series_of(meeting)
    after = after if series == str(now) else 0
    state, progress = state_of(meeting, at=at), roster.progress(meeting)
    codes = room_codes.codes_ahead(meeting, at=at, after=after) if state == "open" else []
    return {
        "now": int(at.timestamp() * 1000),
        "state": state,
        "series": now,
        "codes": [Drawn(one).as_json() for one in codes],
        "here": progress.here,
        "total": progress.total,
        "words": here_words(progress),
        **plan_of(meeting),
    }


def here_words(progress: roster.Progress) -> str:
    """Say how many are here: "23 of 41"."""
    return _("%(here)d of %(total)d") % {"here": progress.here, "total": progress.total}


def eyebrow_of(meeting: Meeting) -> str:
    """Return whose meeting it is, and the which of how many of a network."""
    if meeting.working_group is not None:
        return str(meeting.working_group)
    if meeting.network is None:
        return ""
    own = list(
        meeting.network.meetings.own().standing().order_by("starts_at", "pk").values_list("pk", flat=True)
    )
    if len(own) < 2 or meeting.pk not in own:
        return str(meeting.network)
    words = {"network": meeting.network, "number": own.index(meeting.pk) + 1, "count": len(own)}
    return _("%(network)s, meeting %(number)d of %(count)d") % words
