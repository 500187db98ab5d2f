"""Which holds keep a seat, and for how long: one an address, within the limits (docs/rules.md 4.4)."""

from datetime import datetime, timedelta

from django.conf import settings

from registrations.models import Hold
from registrations.models.seats.hold import HoldQuerySet
from registrations.seats.domain import seats


def may_keep_a_seat(hold: Hold, *, client: str, at: datetime) -> bool:
    """Return whether the limits let this hold keep a seat where one is free; the network row is locked.

    Another hold of the same address counts as any other does, so that the answer tells nothing of it.
    """
    network = hold.network
    others = Hold.objects.exclude(pk=hold.pk)
    at_once = max(1, network.seats * settings.HOLDS_PERCENT_OF_SEATS // 100)
    if others.occupying(at).filter(network=network).count() >= at_once:
        return False
    return others.live(at).filter(keeps_seat=True, client=client).count() < settings.HOLDS_PER_CLIENT


def take_seat(hold: Hold) -> None:
    """Let ``hold``, the last of its address to end, take the seat if it keeps one; who calls saves it."""
    if hold.keeps_seat:
        _of_address(hold).filter(takes_seat=True).update(takes_seat=False)
    hold.takes_seat = hold.keeps_seat


def give_up_others(network: seats.Locked, *, address: str, browser: str, at: datetime) -> None:
    """Let what the same browser sent for other addresses keep no seat: the address was corrected."""
    mine = network.holds.live(at).filter(browser=browser, keeps_seat=True).exclude(address=address)
    for hold in mine:
        network.holds.filter(pk=hold.pk).update(keeps_seat=False, takes_seat=False)
        heir = _of_address(hold).live(at).filter(keeps_seat=True).order_by("-expires_at").first()
        if hold.takes_seat and heir:
            network.holds.filter(pk=heir.pk).update(takes_seat=True)


def clear_holds(*, at: datetime) -> int:
    """Delete holds that were over a day ago, with what was typed. Returns how many."""
    deleted, _rows = (
        Hold.objects.over(at - timedelta(days=1)).filter(created_at__lt=at - timedelta(days=1)).delete()
    )
    return deleted


def _of_address(hold: Hold) -> HoldQuerySet:
    """Return the holds of other browsers for the same address in the same network."""
    return Hold.objects.filter(network=hold.network_id, address=hold.address).exclude(pk=hold.pk)
