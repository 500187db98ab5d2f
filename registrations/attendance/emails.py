"""The mail to somebody who walked in: they are registered now, and what is left to complete."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.models import Meeting
from registrations.models import Registration
from stemnet.domain import mail


def walked_in(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Ask somebody who walked in to complete their registration."""
    person, network = registration.person, registration.network
    with translation.override(person.language):
        why = _("You get this mail because you were added to %(network)s at its meeting.") % {
            "network": network
        }
    mail.queue(
        key=f"walked_in:{registration.uid}",
        address=person.primary_address,
        template="mail/registrations/walked_in",
        context={
            "person": person,
            "network": network,
            "meeting": meeting,
            "url": settings.SITE_URL + reverse("complete_registration", args=[network.slug]),
            "why": why,
        },
        recipient=f"person:{person.uid}",
        object=f"registration:{registration.uid}",
        language=person.language,
        at=at,
    )
