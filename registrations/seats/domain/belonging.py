"""At which meetings somebody has a seat, and who has one where an action item is given."""

from django.db.models import Q, QuerySet

from meetings.gathering.domain.belonging import Source
from meetings.models import Meeting
from meetings.models.planning.meeting import MeetingQuerySet
from partners.models import Person
from registrations.models import GroupMembership, MeetingGuest, Registration


def meetings_with_seat(person: Person) -> MeetingQuerySet:
    """Return the meetings of the networks in which ``person`` has a seat, and of their own groups there.

    And those to which they come as a guest, or for somebody else.
    """
    seated = Registration.objects.seated().filter(person=person)
    groups = seated.filter(group_memberships__left_at__isnull=True).values("group_memberships__working_group")
    guest_at = MeetingGuest.objects.standing().filter(registration__person=person)
    return Meeting.objects.filter(
        Q(network__in=seated.values("network"), working_group__isnull=True)
        | Q(working_group__in=groups)
        | Q(pk__in=guest_at.values("meeting"))
    )


def people_with_seat(source: Source) -> QuerySet[Person]:
    """Return who has a seat in the network of ``source``, or is in its group."""
    if source.working_group:
        members = GroupMembership.objects.current().filter(working_group=source.working_group)
        return Person.objects.filter(pk__in=members.values("registration__person"))
    if source.network is None:
        return Person.objects.none()
    seated = Registration.objects.seated().filter(network=source.network)
    return Person.objects.filter(pk__in=seated.values("person"))
