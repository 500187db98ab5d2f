"""Who is asking."""

from django.http import Http404, HttpRequest

from partners.models import Person


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
