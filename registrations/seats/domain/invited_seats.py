"""Invitations to a seat: whether they can still be answered, and how they ended."""

import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from registrations.models import Registration, SeatInvitation
from registrations.seats.exceptions import SeatInvitationOver
from stemnet.private_links import hash_token

Outcome = SeatInvitation.Outcome


def unknown_hash() -> str:
    """Return the hash of a token that nobody has, until the mail with a token is written."""
    return hash_token(secrets.token_urlsafe(32))


def invitation_of(token: str) -> SeatInvitation | None:
    """Return the invitation of a private link, whatever became of it."""
    found = SeatInvitation.objects.filter(token_hash=hash_token(token))
    return found.select_related("network", "party__organization", "reservation").first()


def check_live(invitation: SeatInvitation, *, at: datetime) -> None:
    """Raise SeatInvitationOver for one that was answered, taken back, or has run out."""
    if invitation.outcome == Outcome.REGISTERED:
        raise SeatInvitationOver(sentence=_("You've taken this seat. You'll find everything in My learning."))
    if invitation.outcome == Outcome.DECLINED:
        raise SeatInvitationOver(sentence=_("You've given this seat up, so the link no longer works."))
    if invitation.ended_at is not None or invitation.until <= at:
        raise SeatInvitationOver(
            sentence=_("This seat is no longer kept for you. Ask %(who)s about it.")
            % {"who": invitation.party.by_name}
        )


def lock(invitation: SeatInvitation, *, at: datetime) -> SeatInvitation:
    """Lock an invitation and return it fresh; the network's row is locked. Raises SeatInvitationOver."""
    rows = SeatInvitation.objects.select_for_update(of=("self",)).select_related("party", "reservation")
    fresh = rows.get(pk=invitation.pk)
    check_live(fresh, at=at)
    return fresh


def finish(
    invitation: SeatInvitation, outcome: str, *, at: datetime, registration: Registration | None = None
) -> None:
    """Write how an invitation ended."""
    invitation.ended_at, invitation.outcome, invitation.registration = at, outcome, registration
    invitation.save(update_fields=["ended_at", "outcome", "registration"])
