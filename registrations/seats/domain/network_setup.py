"""Setting networks up where people may be registered already: what is then locked, and calling it all off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from meetings.planning.domain import moving, publishing, registration_window, setting_up
from meetings.planning.domain.plans import Plan
from meetings.planning.exceptions import EditedMeanwhile, PublishRefused
from partners.models import Actor
from registrations.models import Registration
from registrations.seats.domain import invited_seats, offers, seats, waitlist
from registrations.seats.domain.telling import tell_cancelled
from stemnet import jobs


def has_people(network: Network, *, at: datetime) -> bool:
    """Return whether anybody registered, ever, or is about to: then people are told of changes."""
    if network.registrations.exists() or network.holds.live(at).exists():
        return True
    return network.seat_invitations.live(at).exists()


def page_state(network: Network, *, at: datetime) -> str:
    """Return what a page carries to notice that the network, its meetings or its people changed meanwhile."""
    return f"{setting_up.edition(network)}.{int(has_people(network, at=at))}"


@jobs.finishing()
@transaction.atomic
def save_network_page(network: Network, plan: Plan, *, seen: str, by: Actor, at: datetime) -> Network:
    """Write the network's page, unless something changed since it said ``seen``: then EditedMeanwhile.

    Once people are registered their meetings stay as they are; seats that were added go to those in line.
    """
    network = seats.lock_network(network)
    if page_state(network, at=at) != seen:
        raise EditedMeanwhile(network)
    locked = has_people(network, at=at)
    network = setting_up.save_network(network, plan, meetings_locked=locked, by=by, at=at)
    waitlist.fill_seats(network, by=by, at=at)
    return network


@jobs.finishing()
@transaction.atomic
def open_registration(network: Network, *, by: Actor, at: datetime) -> Network:
    """Open registration by hand; what came free while it was closed goes to those in line."""
    network = registration_window.open_registration(network, by=by, at=at)
    waitlist.fill_seats(network, by=by, at=at)
    return network


@transaction.atomic
def unpublish_network(network: Network, *, by: Actor, at: datetime) -> Network:
    """Make a published network a draft again; PublishRefused once anybody registered."""
    network = seats.lock_network(network)
    if has_people(network, at=at):
        raise PublishRefused(
            sentence=_(
                "People are registered, so you can't move the network back to draft. You can cancel it."
            )
        )
    return publishing.make_draft_again(network, by=by, at=at)


@jobs.finishing()
@transaction.atomic
def cancel_network(network: Network, *, reason: str, by: Actor, at: datetime) -> Network:
    """Call the whole network off, and every meeting that has not begun: one act, told once to everyone.

    Registrations and the hours earned so far stay. Raises PublishRefused unless it is published.
    """
    network = seats.lock_network(network)
    if network.status != Network.Status.PUBLISHED:
        raise PublishRefused(sentence=_("Only a published network can be cancelled."))
    if not reason.strip():
        raise PublishRefused(
            sentence=_("Say why you're cancelling it. Everyone who is registered will read your reason.")
        )
    ahead = Meeting.objects.standing().filter(network=network, starts_at__gt=at)
    changes = moving.change_meetings(ahead, moving.cancelled(), by=by, at=at, reason=reason)
    told = {change.meeting.working_group_id for change in changes}
    offers.take_back_all(network, by=by, at=at, reason=reason)
    invited_seats.end_all(network, at=at)
    others = network.registrations.live()
    if None in told:  # those with a seat heard of their meetings just now
        others = others.filter(status=Registration.Status.WAITING)
    tell_cancelled(list(others), reason=reason, at=at)
    return publishing.set_status(network, Network.Status.CANCELLED, reason=reason, by=by, at=at)
