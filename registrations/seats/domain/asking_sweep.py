"""What the clock does with invitations to seats: it ends those that ran out, and reminds once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from meetings.models import Meeting, Network
from partners.models import is_night
from registrations.models import Party, SeatInvitation
from registrations.models.seats.invitation import SeatInvitationQuerySet
from registrations.seats.domain import invited_seats, seats, waitlist
from registrations.seats.emails import parties as emails
from stemnet import jobs
from stemnet.telling import tell

GRACE = timedelta(minutes=1)  # what was sent in time counts, though it takes a moment to arrive
REMINDED_AFTER = timedelta(days=3)
NOT_IN_THE_LAST = timedelta(hours=12)


def sweep_invitations(*, at: datetime) -> int:
    """End what ran out, so that the seats go on, and remind whoever has not answered; return how many."""
    over = overdue(at=at).order_by().values("network")
    for network in Network.objects.filter(pk__in=over):
        let_lapse(network, at=at)
    due = (
        SeatInvitation.objects.live(at)
        .filter(reminded_at=None, sent__gt=0, until__gt=at + NOT_IN_THE_LAST)
        .filter(made_at__lte=at - REMINDED_AFTER, sent_at__lte=at - timedelta(days=1))
        .filter(network__status=Network.Status.PUBLISHED)
        .exclude(party__kind=Party.Kind.RESERVED)
        .select_related("network")
    )
    return sum(_remind(one, at=at) for one in due if not is_night(at, one.network.zone))


def overdue(*, at: datetime) -> SeatInvitationQuerySet:
    """Return those that nobody can answer any more: their time is over, or the first meeting has begun.

    That may be earlier than was planned when they were asked. Who was named for a reserved seat has the time.
    """
    begun = Meeting.objects.own().standing().filter(network=OuterRef("network"), starts_at__lte=at - GRACE)
    too_late = Exists(begun) & ~Q(party__kind=Party.Kind.RESERVED)
    return SeatInvitation.objects.filter(Q(until__lte=at - GRACE) | too_late, ended_at=None)


@jobs.finishing()
@transaction.atomic
def let_lapse(network: Network, *, at: datetime) -> int:
    """End the invitations of a network that ran out, once; leads are told, and the seats go on."""
    network = seats.lock_network(network)
    over = overdue(at=at).filter(network=network)
    rows = list(over.select_related("party"))
    SeatInvitation.objects.filter(pk__in=[one.pk for one in rows]).update(
        ended_at=at, outcome=SeatInvitation.Outcome.EXPIRED
    )
    parties = {one.party for one in rows}
    keys = [party.pk for party in parties]
    waits = network.parties.filter(pk__in=keys, line__isnull=False)
    waits.exclude(pk__in=SeatInvitation.objects.filter(ended_at=None).values("party")).update(
        line=None, limited_by=""
    )
    for party in sorted(parties, key=lambda one: one.pk):
        if party.kind in emails.OF_A_LEAD:
            tell(emails.party_lapsed, party, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return len(rows)


@jobs.finishing()
@transaction.atomic
def _remind(invitation: SeatInvitation, *, at: datetime) -> bool:
    """Remind of one, with a new link; return whether it was the one time."""
    fresh = SeatInvitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.reminded_at is not None or fresh.ended_at is not None:
        return False
    fresh.reminded_at, fresh.sent, fresh.sent_at = at, fresh.sent + 1, at
    fresh.save(update_fields=["reminded_at", "sent", "sent_at"])
    tell(invited_seats.send, fresh, number=fresh.sent, reminds=1, at=at)
    return True
