"""To which meetings, groups and networks somebody gives action items."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from meetings.gathering.domain.belonging import Source
from meetings.models import Meeting, Network, WorkingGroup, minuted_by
from meetings.models.planning.working_group import WorkingGroupQuerySet
from partners.models import Person


def source_for(person: Person, *, meeting: str = "", group: str = "", network: str = "") -> Source | None:
    """Return the place that is named, for whoever gives items there; None where they don't.

    Without a name it is the partnership itself, for coordinators.
    """
    one: Meeting | WorkingGroup | Network | None
    try:
        if meeting:
            one = minuted_by(person).select_related("network", "working_group").get(uid=UUID(meeting))
        elif group:
            one = groups_of(person).select_related("network").get(uid=UUID(group))
        elif network:
            one = Network.objects.staffed_by(person).get(slug=network)
        else:
            return Source() if person.is_coordinator else None
    except (ObjectDoesNotExist, ValueError):
        return None
    return Source.of(one)


def groups_of(person: Person) -> WorkingGroupQuerySet:
    """Return the groups to which somebody gives items: their own, and those of networks they work for."""
    if person.is_staff_for_all:
        return WorkingGroup.objects.all()
    led = WorkingGroup.objects.led_by(person).values("pk")
    networks = Network.objects.staffed_by(person).values("pk")
    return WorkingGroup.objects.filter(Q(pk__in=led) | Q(network__in=networks))
