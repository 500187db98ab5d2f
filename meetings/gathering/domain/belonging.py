"""Where an action item belongs, and the people there, to whom one can be given.

`meetings` knows who leads, staffs and sits on a team; upper apps say in ``ready()`` who else belongs::

    belonging.add(people_with_seat)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from meetings.models import Appointment, Meeting, Network, NoteTaker, TeamMember, WorkingGroup
from partners.models import COORDINATOR, STAFF, Person


@dataclass(frozen=True)
class Source:
    """A meeting with its network or group; a network or group alone; or none: the partnership itself."""

    meeting: Meeting | None = None
    network: Network | None = None
    working_group: WorkingGroup | None = None

    @classmethod
    def of(cls, one: Meeting | WorkingGroup | Network | None) -> "Source":
        """Return the source that ``one`` is."""
        if isinstance(one, Meeting):
            return cls(one, one.network, one.working_group)
        if isinstance(one, WorkingGroup):
            return cls(None, one.network, one)
        return cls(None, one, None)

    def __str__(self) -> str:
        return str(self.meeting or self.working_group or self.network or "")


People = Callable[[Source], QuerySet[Person]]
_people: list[People] = []


def add(people: People) -> None:
    """Let an app say who belongs to a source."""
    if people not in _people:
        _people.append(people)


def people_of(source: Source) -> QuerySet[Person]:
    """Return to whom an item of ``source`` can be given, in order of their names; one statement."""
    condition = Q(user__groups__name__in=[COORDINATOR, STAFF], user__is_active=True)
    if source.network:
        staff = Appointment.objects.filter(network=source.network)
        condition |= Q(pk__in=staff.values("person"))
    if source.working_group:
        sits = TeamMember.objects.current().filter(team=source.working_group)
        condition |= Q(pk__in=sits.values("person"))
        leads = source.working_group.leads.filter(until__isnull=True)
        condition |= Q(pk__in=leads.values("person"))
    if source.meeting:
        condition |= Q(pk__in=NoteTaker.objects.filter(meeting=source.meeting).values("person"))
    for people in _people:
        condition |= Q(pk__in=people(source).order_by().values("pk"))
    return Person.objects.current().filter(pk__in=Person.objects.filter(condition).values("pk"))
