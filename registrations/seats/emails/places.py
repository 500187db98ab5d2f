"""Mail about the places of one meeting, in the room and online."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from registrations.models import ChosenWay, PlaceWish, Registration
from registrations.seats.emails.registering import letter
from stemnet.outbox.queueing import queue


def place_free(registration: Registration, *, wish: int, at: datetime) -> None:
    """Tell somebody who asked that a place is free now, and that it isn't kept for them."""
    one = PlaceWish.objects.filter(pk=wish, told_at=at).select_related("meeting").first()
    if one is None:
        return
    context = {
        "meeting": one.meeting,
        "meetings": [one.meeting],
        "unlimited": (one.meeting.room_seats, one.meeting.online_seats) == (None, None),
        "in_room": one.way == ChosenWay.Way.ROOM,
        "meeting_url": settings.SITE_URL + reverse("meeting", args=[one.meeting.uid]),
    }
    key = f"{one.pk}:{one.asked_at.timestamp():.0f}"
    if said := letter(registration, "place_free", context=context, key=key):
        queue(at=at, **said)
