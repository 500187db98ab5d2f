"""Which holds keep a seat, and for how long: one an address, within the limits (docs/rules.md 4.4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q

from registrations.models import Hold
from registrations.models.seats.hold import HoldQuerySet


def may_keep_a_seat(hold: Hold, *, client: str, at: datetime) -> bool:
    """Return whether the limits let this hold keep a seat where one is free; the network row is locked.

    Another hold of the same address counts as any other does, so that the answer tells nothing of it.
    """
    network = hold.network
    at_once = max(1, network.seats * settings.HOLDS_PERCENT_OF_SEATS // 100)
    here = Q(network=network, takes_seat=True)
    theirs = Q(client=client, keeps_seat=True)
    others = Hold.objects.exclude(pk=hold.pk).live(at).filter(here | theirs)
    kept = others.aggregate(here=Count("pk", filter=here), theirs=Count("pk", filter=theirs))
    return bool(kept["here"] < at_once and kept["theirs"] < settings.HOLDS_PER_CLIENT)


def take_seat(hold: Hold, *, others: Iterable[Hold]) -> None:
    """Let ``hold``, the last of its address to end, take the seat if it keeps one; who calls saves it.

    ``others`` are those of other browsers for the same address.
    """
    if hold.keeps_seat and any(one.takes_seat for one in others):
        Hold.objects.filter(pk__in=[one.pk for one in others]).update(takes_seat=False)
    hold.takes_seat = hold.keeps_seat


def give_up(holds: Iterable[Hold], *, at: datetime) -> None:
    """Let what the same browser sent for other addresses keep no seat: the address was corrected."""
    for hold in holds:
        if hold.used_at is not None or hold.expires_at <= at or not hold.keeps_seat:
            continue
        Hold.objects.filter(pk=hold.pk).update(keeps_seat=False, takes_seat=False)
        heir = _of_address(hold).live(at).filter(keeps_seat=True).order_by("-expires_at").first()
        if hold.takes_seat and heir:
            Hold.objects.filter(pk=heir.pk).update(takes_seat=True)


def clear_holds(*, at: datetime) -> int:
    """Delete holds that were over a day ago, with what was typed. Returns how many."""
    return over_a_day_ago(at).delete()[0]


def over_a_day_ago(at: datetime) -> HoldQuerySet:
    """Return holds of which nothing is kept."""
    a_day_ago = at - timedelta(days=1)
    return Hold.objects.over(a_day_ago).filter(created_at__lt=a_day_ago)


def _of_address(hold: Hold) -> HoldQuerySet:
    """Return the holds of other browsers for the same address in the same network."""
    return Hold.objects.filter(network=hold.network_id, address=hold.address).exclude(pk=hold.pk)
