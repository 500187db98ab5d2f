"""Who is asking."""

from django.http import HttpRequest

from partners.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """Return the person who is signed in, whom the middleware found, or None."""
    person: Person | None = request.person  # type: ignore[attr-defined]
    return person
