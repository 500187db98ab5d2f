"""What our middleware adds to every request, for the type checker and for those who read views."""

from typing import Protocol
from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Holder(Protocol):
    """Whoever the ground hands jobs and files to: somebody with a uid of their own."""

    uid: UUID


class ClientRequest(HttpRequest):
    """A request with the address it came from, what htmx says of it, and who is signed in."""

    client_address: str
    htmx: HtmxDetails
    person: Holder | None
