"""Which network a request is about, for those who may see, staff or coordinate it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from meetings.models import Network
from meetings.planning.permissions import may_coordinate
from partners.people.requests import PortalRequest, person_or_404


def staffed_network_or_404(request: PortalRequest, slug: str) -> Network:
    """Return the network of this address, with its provider. Raises Http404 for whoever does not staff it."""
    networks = Network.objects.staffed_by(person_or_404(request))
    return get_object_or_404(networks.select_related("provider"), slug=slug)


def coordinated_network_or_403(request: PortalRequest, slug: str) -> Network:
    """Return the network of this address for whoever coordinates it.

    Raises Http404 for whom it does not exist, and PermissionDenied for whoever may only see it.
    """
    network: Network = get_object_or_404(Network.objects.visible_to(request.person), slug=slug)
    if not may_coordinate(request.person, network):
        raise PermissionDenied
    return network
