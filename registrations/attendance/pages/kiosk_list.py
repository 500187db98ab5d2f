"""What staff see of the kiosks of a meeting."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from meetings.models import Meeting
from partners.models import Person
from registrations.attendance.pages.desk import where
from registrations.models import DoorScan, Kiosk

HEARD = timedelta(minutes=3)  # an open one sends every minute
MOST_REFUSED = 100


def kiosk_list(meeting: Meeting, viewer: Person, *, at: datetime) -> dict[str, Any]:
    """Return the kiosks with how much came from each, and the scans that count for nothing."""
    scans = Count("scans", filter=Q(scans__refusal=""))
    counted = (
        Kiosk.objects.filter(meeting=meeting)
        .annotate(number=scans, last=Max("scans__at"))
        .order_by("-opened_at")
    )
    refused = DoorScan.objects.filter(kiosk__meeting=meeting).exclude(refusal="")
    return {
        **where(meeting, viewer),
        "kiosks": [kiosk_row(one, meeting, at=at) for one in counted],
        "refused": list(
            refused.select_related("kiosk", "registration__person").order_by("-at", "-pk")[:MOST_REFUSED]
        ),
        "can_open": not meeting.is_cancelled and at < Kiosk(meeting=meeting).scans_until,
    }


def kiosk_row(kiosk: Kiosk, meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return one kiosk, whether it takes scans, and whether it was heard from just now."""
    kiosk.meeting = meeting
    return {
        "kiosk": kiosk,
        "is_open": kiosk.is_open(at=at),
        "is_silent": kiosk.heard_at is None or at - kiosk.heard_at > HEARD,
    }
