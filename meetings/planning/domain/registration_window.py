"""Closing and opening registration by hand, beside what the network's own moments say."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from meetings.planning.domain.setting_up import touch
from meetings.planning.exceptions import PublishRefused
from partners.models import Actor
from stemnet.history import say_reason


def may_close(network: Network, *, at: datetime) -> bool:
    """Return whether somebody can close registration of ``network`` now, before it closes by itself."""
    closes_at = network.closes_at()
    is_open = network.status == Network.Status.PUBLISHED and not network.opens_after(at)
    return is_open and (closes_at is None or closes_at > at)


def may_open(network: Network, *, at: datetime) -> bool:
    """Return whether somebody can open registration of ``network`` now: closed by hand, or not open yet."""
    first = network.first_start()
    if network.status != Network.Status.PUBLISHED or (first is not None and first <= at):
        return False
    return network.opens_after(at) or (network.closed_at is not None and network.closed_at <= at)


@transaction.atomic
def close_registration(network: Network, *, by: Actor, at: datetime) -> Network:
    """Take no more registrations from this moment on; who is registered or waits stays.

    Raises PublishRefused.
    """
    network = Network.objects.select_for_update().get(pk=network.pk)
    if not may_close(network, at=at):
        raise PublishRefused(sentence=_("Registration isn't open."))
    network.closed_at = at
    return _saved(network, _("Registration closed by hand"), by=by, at=at)


@transaction.atomic
def open_registration(network: Network, *, by: Actor, at: datetime) -> Network:
    """Take registrations from this moment on, until the first meeting starts. Raises PublishRefused."""
    network = Network.objects.select_for_update().get(pk=network.pk)
    if not may_open(network, at=at):
        raise PublishRefused(
            sentence=_(
                "You can reopen registration only if it's closed and the first meeting hasn't started."
            )
        )
    if network.opens_after(at):
        network.opens_at = at
    if network.closed_at is not None and network.closed_at <= at:
        network.closed_at = None
    return _saved(network, _("Registration opened by hand"), by=by, at=at)


def _saved(network: Network, reason: str, *, by: Actor, at: datetime) -> Network:
    touch(network, by=by, at=at)
    say_reason(network, reason)
    network.save(update_fields=["opens_at", "closed_at", "edition", "edited_at", "edited_by_name"])
    return network
