"""What one of two accounts has in networks, beside each other on the pages that combine them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from partners.models import Person
from registrations.models import Document, Registration


def of_account(about: Person, /, *, person: Person | None, at: datetime) -> Mapping[str, Any]:
    """Return networks and valid documents of an account, for who has proved it or coordinates."""
    registrations = Registration.objects.filter(person=about).select_related("network")
    documents = Document.objects.valid().filter(person=about)
    networks = [f"{one.network} ({one.get_status_display()})" for one in registrations.order_by("-pk")]
    return {"networks": networks, "documents": [str(one) for one in documents]}
