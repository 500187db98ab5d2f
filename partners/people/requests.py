"""Who is asking: one typed request, and helpers named after how they refuse.

`PortalRequest.person` is None for whoever is not signed in, and for a login without a person.
"""

from datetime import datetime
from typing import TypedDict, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from partners.models import Person
from stemnet.requests import ClientRequest


class PortalRequest(ClientRequest):
    """A request as every view of the portal gets it."""

    person: Person | None
    reached_view: bool


class Acting(TypedDict):
    """Who acts and when, as domain functions take it."""

    by: Person
    at: datetime


def wants_json(request: HttpRequest) -> bool:
    """Return whether a script asks, which takes no page for an answer and follows nobody to another."""
    return request.headers.get("Accept", "") == "application/json"


def portal_request(request: HttpRequest) -> PortalRequest:
    """Return ``request`` as our middleware left it, where Django or allauth fixes the signature."""
    return cast(PortalRequest, request)


def person_or_403(request: PortalRequest) -> Person:
    """Return the person who is signed in. Raises PermissionDenied for a login without one."""
    if request.person is None:
        raise PermissionDenied
    return request.person


def person_or_404(request: PortalRequest) -> Person:
    """Return the person who is signed in. Raises Http404 for a login without one."""
    if request.person is None:
        raise Http404
    return request.person


def coordinator_or_403(request: PortalRequest) -> Person:
    """Return the coordinator of the whole partnership who asks. Raises PermissionDenied for anybody else."""
    person = person_or_403(request)
    if not person.is_coordinator:
        raise PermissionDenied
    return person


def acting(request: PortalRequest) -> Acting:
    """Return who acts and the moment now. Raises PermissionDenied for a login without a person."""
    return {"by": person_or_403(request), "at": timezone.now()}
