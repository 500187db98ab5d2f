"""Addresses that mail comes back from: marked by the outbox, and tried again when staff say so."""

from datetime import datetime

from partners.models import Person, PersonEmail


def mark_refused(address: str, *, reason: str, at: datetime) -> None:
    """Write down that there is no such mailbox; the first time stays."""
    refused = PersonEmail.objects.filter(address=address.strip().lower(), refused_at=None)
    refused.update(refused_at=at, refused_reason=reason[:200])


def try_again(person: Person) -> None:
    """Let mail go to the addresses of ``person`` again."""
    person.emails.filter(refused_at__isnull=False).update(refused_at=None, refused_reason="")
