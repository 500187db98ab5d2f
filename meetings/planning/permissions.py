"""Who may set up networks; which ones is asked of ``Network.objects.coordinated_by``."""

from meetings.models import Appointment, Network
from partners.models import Person


def may_create_networks(person: Person | None) -> bool:
    """Return whether this person may begin a new network: coordinators of the whole partnership."""
    return person is not None and person.is_coordinator


def may_coordinate_any(person: Person | None) -> bool:
    """Return whether this person coordinates the partnership or at least one network."""
    if person is None:
        return False
    mine = Appointment.objects.filter(person=person, role=Appointment.Role.COORDINATOR)
    return person.is_coordinator or mine.exists()


def may_coordinate(person: Person | None, network: Network) -> bool:
    """Return whether this person sets up this network."""
    return Network.objects.coordinated_by(person).filter(pk=network.pk).exists()
