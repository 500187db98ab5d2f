"""Publishing from the desk: what looks forgotten is listed first, and one more click publishes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from meetings.planning.domain import doubts, publishing, setting_up
from meetings.planning.domain.plans import Plan
from meetings.planning.exceptions import NotReady
from partners.models import Actor, local_day
from registrations.credit.domain.awarding import lacking
from registrations.models import CreditRule
from registrations.seats.domain import network_setup


def doubts_of(network: Network, *, at: datetime) -> list[str]:
    """Return what looks forgotten, with what certificates still need where the network follows a rule."""
    said = doubts.doubts(network, at=at)
    if not network.credit_code:
        return said
    first = network.meetings.own().standing().order_by("on").values_list("on", flat=True).first()
    version = CreditRule.objects.version_on(first or local_day(at), network.credit_code)
    if version is None:
        return said
    if lacks := lacking(network, version):
        words = {"label": version.unit_label, "these": ", ".join(lacks)}
        said.append(_("%(label)s certificates still need: %(these)s.") % words)
    return said


@transaction.atomic
def publish(network: Network, *, sure: bool, by: Actor, at: datetime) -> list[str]:
    """Publish ``network``, or return what looks forgotten unless somebody is ``sure``. Raises NotReady."""
    if lacks := publishing.missing(network):
        raise NotReady(lacks)
    said = [] if sure else doubts_of(network, at=at)
    if not said:
        publishing.publish_network(network, by=by, at=at)
    return said


@transaction.atomic
def save_and_publish(
    network: Network | None, plan: Plan, *, seen: str, by: Actor, at: datetime
) -> tuple[Network, list[str]]:
    """Write the page, of a new network where it is None, and publish it; neither where it is NotReady.

    What looks forgotten is returned with the draft, which is saved.
    """
    if network is None:
        network = setting_up.create_network(plan, by=by, at=at)
    else:
        network = network_setup.save_network_page(network, plan, seen=seen, by=by, at=at)
    return network, publish(network, sure=False, by=by, at=at)
