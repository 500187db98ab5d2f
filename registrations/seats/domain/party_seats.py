"""The seats of a party that was asked or waits as one: until when they are kept, and keeping them."""

from datetime import datetime, timedelta

from django.conf import settings

from registrations.models import Party
from registrations.seats.domain import invited_seats
from registrations.seats.emails import parties as emails
from stemnet.telling import tell

WHILE_WAITING = timedelta(days=365)


def kept_until(closes_at: datetime | None, *, at: datetime) -> datetime:
    """Return until when seats that are kept now for a party stay kept; never past the end of registration."""
    until = at + timedelta(days=settings.PARTY_DAYS)
    return until if closes_at is None else min(until, closes_at)


def serve(party: Party, *, closes_at: datetime | None, at: datetime) -> None:
    """Keep a seat for everyone of a party that waited as one, and ask them; its lead is told.

    Whoever calls holds the network's row and has found that so many seats are free.
    """
    party.line, party.limited_by = None, ""
    party.save(update_fields=["line", "limited_by"])
    asked = party.invitations.filter(ended_at=None)
    asked.update(keeps_seat=True, made_at=at, until=kept_until(closes_at, at=at), sent=1, sent_at=at)
    for one in asked.order_by("pk"):
        tell(invited_seats.send, one, at=at)
    tell(emails.party_asked, party, at=at)
