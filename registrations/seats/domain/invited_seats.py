"""Invitations to a seat: mailed with a link, whether they can still be answered, and how they ended."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.models import Party, Registration, SeatInvitation
from registrations.seats.domain.limits import Blocked
from registrations.seats.emails import parties as emails
from registrations.seats.exceptions import RegistrationRefused, SeatInvitationOver
from stemnet.models import Mail
from stemnet.outbox.queueing import put
from stemnet.private_links import hash_token
from stemnet.telling import afterwards

Outcome = SeatInvitation.Outcome


def unknown_hash() -> str:
    """Return the hash of a token that nobody has, until the mail with a token is written."""
    return hash_token(secrets.token_urlsafe(32))


@afterwards
def send(invitation: SeatInvitation, *, number: int = 1, reminds: int = 0, at: datetime) -> None:
    """Render the mail with a new token, then keep its hash and queue the mail, once and while it is live.

    ``number`` says the how manieth mail with a link it is: the links before work no longer.
    """
    send_all([invitation], number=number, reminds=reminds, at=at)


def send_all(
    invitations: Sequence[SeatInvitation], *, number: int = 1, reminds: int = 0, at: datetime
) -> None:
    """Do the same for many, with as many statements as for one; safe to be called again."""
    keys = {emails.key_of(one, number=number): one for one in invitations}
    known = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    tokens = {one.pk: secrets.token_urlsafe(32) for key, one in keys.items() if key not in known}
    asked = [one for one in invitations if one.pk in tokens]
    mails = emails.seats_for_you(asked, tokens, number=number, reminds=bool(reminds), at=at)
    with transaction.atomic():
        rows = SeatInvitation.objects.select_for_update().filter(pk__in=tokens, ended_at=None).order_by("pk")
        live = {emails.key_of(row, number=number): row for row in rows}
        written = set(Mail.objects.filter(key__in=live).values_list("key", flat=True))
        fresh = [mail for mail in mails if mail.key in live and mail.key not in written]
        for mail in fresh:
            live[mail.key].token_hash = hash_token(tokens[live[mail.key].pk])
        SeatInvitation.objects.bulk_update([live[mail.key] for mail in fresh], ["token_hash"])
        put(fresh, at=at)


def invitation_of(token: str) -> SeatInvitation | None:
    """Return the invitation of a private link, whatever became of it."""
    found = SeatInvitation.objects.filter(token_hash=hash_token(token))
    return found.select_related("network", "party__organization", "organization", "reservation").first()


def live_of(network: Network, addresses: Iterable[str], *, at: datetime) -> SeatInvitation | None:
    """Return what one of somebody's proved addresses was asked and can still answer; one query."""
    rows = SeatInvitation.objects.live(at).filter(network=network, address__in=list(addresses))
    return rows.select_related("party__organization", "organization", "reservation").first()


def kept_for(network: Network, person: Person, *, at: datetime) -> SeatInvitation | None:
    """Return what somebody was asked by one of their addresses and can still answer."""
    return live_of(network, person.emails.values_list("address", flat=True), at=at)


def taken_by(registration: Registration, asked: SeatInvitation | None, *, at: datetime) -> None:
    """End what somebody was asked, now that staff registered them: the seat that was kept is theirs."""
    if asked is not None:
        finish(asked, Outcome.REGISTERED, at=at, registration=registration)


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


def kept_for_others(invitation: SeatInvitation, blocked: Blocked) -> RegistrationRefused:
    """Return the refusal of a kept seat to somebody from elsewhere, whom a limit keeps from it."""
    words = _("%(limit)s The seat was kept for somebody from %(organization)s.")
    said = {"limit": blocked, "organization": invitation.workplace or _("elsewhere")}
    return RegistrationRefused(sentence=words % said)


def lock(invitation: SeatInvitation, *, at: datetime) -> SeatInvitation:
    """Lock an invitation and return it fresh; the network's row is locked. Raises SeatInvitationOver."""
    rows = SeatInvitation.objects.select_for_update(of=("self",))
    rows = rows.select_related("party__organization", "organization", "reservation")
    fresh = rows.get(pk=invitation.pk)
    check_live(fresh, at=at)
    return fresh


def finish(
    invitation: SeatInvitation, outcome: str, *, at: datetime, registration: Registration | None = None
) -> None:
    """Write how an invitation ended; a party that waits and has nobody left leaves the line."""
    invitation.ended_at, invitation.outcome, invitation.registration = at, outcome, registration
    invitation.save(update_fields=["ended_at", "outcome", "registration"])
    if not invitation.sent and invitation.party.line is not None:
        _leave_line_without_people(invitation.party)


def end_old(network: Network, addresses: Iterable[str], *, at: datetime) -> None:
    """End what these addresses were asked before and let run out, so that they can be asked again."""
    over = network.seat_invitations.filter(address__in=list(addresses), ended_at=None, until__lte=at)
    over.update(ended_at=at, outcome=Outcome.EXPIRED)


def end_all(network: Network, *, at: datetime) -> None:
    """End all that can be answered, and let no party wait: the network is called off."""
    network.seat_invitations.filter(ended_at=None).update(ended_at=at, outcome=Outcome.TAKEN_BACK)
    network.parties.filter(line__isnull=False).update(line=None, limited_by="")


def _leave_line_without_people(party: Party) -> None:
    if not party.invitations.filter(ended_at=None).exists():
        Party.objects.filter(pk=party.pk).update(line=None, limited_by="")
