"""The page of a private link that was sent to somebody else than who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render

from partners.people.requests import PortalRequest


def page_of_another(request: PortalRequest, address: str) -> HttpResponse | None:
    """Return a page that says so and stops, where whoever is signed in doesn't hold ``address``."""
    person = request.person
    if person is None or person.emails.filter(address=address).exists():
        return None
    return render(request, "registrations/seats/link_of_another.html", status=403)
