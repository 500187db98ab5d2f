"""Who sees which group: what everyone may know of it, what is inside, and who runs it."""

from django.db.models import Q

from meetings.models import Network, TeamMember, WorkingGroup
from meetings.models.planning.working_group import WorkingGroupQuerySet
from partners.models import Person
from registrations.models import GroupMembership, Registration


def visible_to(person: Person | None) -> WorkingGroupQuerySet:
    """Return the groups whose page ``person`` may open: public ones, those they could join, their own."""
    shown = Q(is_public=True) & (Q(network=None) | Q(network__in=Network.objects.published()))
    if person is None:
        return WorkingGroup.objects.filter(shown)
    could_join = Registration.objects.live().filter(person=person).values("network")
    own = open_to(person).values("pk")
    return WorkingGroup.objects.filter(shown | Q(network__in=could_join) | Q(pk__in=own))


def open_to(person: Person | None) -> WorkingGroupQuerySet:
    """Return the groups that ``person`` sees from inside: as a member, as a lead, and as staff."""
    if person is None:
        return WorkingGroup.objects.none()
    if person.is_staff_for_all:
        return WorkingGroup.objects.all()
    memberships = GroupMembership.objects.current().filter(
        registration__person=person, registration__status__in=Registration.LIVE
    )
    return WorkingGroup.objects.filter(
        _run_by(person)
        | Q(pk__in=memberships.values("working_group"))
        | Q(pk__in=TeamMember.objects.current().filter(person=person).values("team"))
    )


def run_by(person: Person | None) -> WorkingGroupQuerySet:
    """Return the groups whose meetings and members ``person`` looks after: as a lead, or as staff."""
    if person is None:
        return WorkingGroup.objects.none()
    return WorkingGroup.objects.filter(_run_by(person))


def _run_by(person: Person) -> Q:
    runs = Q(pk__in=WorkingGroup.objects.led_by(person).values("pk")) | Q(
        network__in=Network.objects.staffed_by(person)
    )
    return runs | Q(network=None) if person.is_coordinator else runs
