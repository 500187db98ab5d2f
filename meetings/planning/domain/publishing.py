"""Publishing a network, taking it back while nobody came, and calling it off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from meetings.planning.exceptions import NotReady, PublishRefused
from partners.models import Actor, acted
from stemnet.history import say_reason

Status = Network.Status


def missing(network: Network) -> dict[str, str]:
    """Return what a public page needs and this network lacks: a sentence for each field."""
    return missing_of(network, has_dates=network.meetings.own().standing().exists())


def missing_of(network: Network, *, has_dates: bool) -> dict[str, str]:
    """Return what is missing in ``network``, perhaps not saved yet."""
    is_series = not network.is_information_session
    needs = {
        "summary": (network.summary, _("Add a one-sentence summary of the network.")),
        "description": (network.description, _("Add a description of what people will do.")),
        "who_should_attend": (
            network.who_should_attend or not is_series,
            _("Say who should attend."),
        ),
        "dates": (has_dates, _("Add at least one date.")),
        "seats": (network.seats, _("Allow at least one seat.")),
        "contact_email": (network.contact_email, _("Add an e-mail address for questions.")),
    }
    return {field: sentence for field, (there, sentence) in needs.items() if not there}


@transaction.atomic
def publish_network(network: Network, *, by: Actor, at: datetime) -> Network:
    """Show ``network`` to everyone; raise NotReady with all that is missing."""
    network = Network.objects.select_for_update().get(pk=network.pk)
    if network.status != Status.DRAFT:
        raise PublishRefused(sentence=_("Only a draft can be published."))
    lacks = missing(network)
    if lacks:
        raise NotReady(lacks)
    network.published_at = network.published_at or at
    return set_status(network, Status.PUBLISHED, reason=_("Published"), by=by, at=at)


@transaction.atomic
def make_draft_again(network: Network, *, by: Actor, at: datetime) -> Network:
    """Make ``network`` a draft again; who may is asked above, where registrations are known."""
    network = Network.objects.select_for_update().get(pk=network.pk)
    if network.status != Status.PUBLISHED:
        raise PublishRefused(sentence=_("Only a published network can go back to draft."))
    return set_status(network, Status.DRAFT, reason=_("Moved back to draft"), by=by, at=at)


def set_status(network: Network, status: Status, *, reason: str, by: Actor, at: datetime) -> Network:
    """Write the status with its row of history."""
    network.status = status
    network.edition += 1
    network.edited_at, network.edited_by_name = at, acted(by)["by_name"]
    say_reason(network, reason)
    network.save()
    return network
