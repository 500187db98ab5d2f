"""The log of visits, calls and letters that the partnership had with an organization."""

from datetime import date, datetime

from partners.models import Contact, Organization, Person


def log_contact(
    organization: Organization, *, kind: str, on: date, whom: str, note: str, by: Person, at: datetime
) -> Contact:
    """Keep that ``by`` visited, called, met or wrote to ``organization`` on a day, and what was said."""
    return Contact.objects.create(
        organization=organization, kind=kind, on=on, whom=whom, note=note, by=by, written_at=at
    )
