"""The mail to somebody who walked in: they are registered now, and what is left to complete."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from meetings.models import Meeting
from partners.people.emails import to_person
from registrations.models import Registration
from registrations.seats.emails import why


def walked_in(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Ask somebody who walked in to complete their registration."""
    network = registration.network
    to_person(
        registration.person,
        "mail/registrations/walked_in",
        lambda: {
            "network": network,
            "meeting": meeting,
            "url": settings.SITE_URL + reverse("complete_registration", args=[network.slug]),
            "why": why.came(network),
        },
        key=f"walked_in:{registration.uid}",
        about=f"registration:{registration.uid}",
        at=at,
    )
