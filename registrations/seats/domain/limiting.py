"""Setting the limit of a sector; nobody loses a seat by it (docs/rules.md 4.7)."""

from datetime import datetime

from django.db import transaction

from meetings.models import Network
from meetings.planning.domain import setting_up
from partners.models import Actor
from registrations.seats.domain import seats, waitlist
from stemnet import jobs


@jobs.finishing()
@transaction.atomic
def limit_sector(network: Network, *, sector: str, at_most: int | None, by: Actor, at: datetime) -> None:
    """Let people of a sector have so many seats at most; None takes the limit off.

    Whoever was kept by a limit that is wider now, or gone, gets a seat that is free.
    """
    network = seats.lock_network(network)
    if at_most is None:
        network.sector_limits.filter(sector=sector).delete()
    else:
        network.sector_limits.update_or_create(sector=sector, defaults={"at_most": at_most})
    setting_up.touch(network, by=by, at=at, save=True)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
