"""At which meetings somebody has a seat."""

from django.db.models import Q

from meetings.models import Meeting
from meetings.models.planning.meeting import MeetingQuerySet
from partners.models import Person
from registrations.models import Registration


def meetings_with_seat(person: Person) -> MeetingQuerySet:
    """Return the meetings of the networks in which ``person`` has a seat, and of their own groups there."""
    seated = Registration.objects.seated().filter(person=person)
    groups = seated.filter(group_memberships__left_at__isnull=True).values("group_memberships__working_group")
    return Meeting.objects.filter(
        Q(network__in=seated.values("network"), working_group__isnull=True) | Q(working_group__in=groups)
    )
