"""Who is asking, and from where."""

from django.http import Http404, HttpRequest

from partners.models import Person
from registrations.seats.domain import mail_codes


def person_of(request: HttpRequest) -> Person | None:
    """Return the person who is signed in, whom the middleware found, or None."""
    person: Person | None = request.person  # type: ignore[attr-defined]
    return person


def asker(request: HttpRequest) -> Person:
    """Return the person who is signed in; a login without a person finds nothing (404)."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person


def client_of(request: HttpRequest) -> str:
    """Return the network address of the browser, which the middleware found, hashed."""
    return mail_codes.client_of(request.client_address)  # type: ignore[attr-defined]
