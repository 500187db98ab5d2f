"""Working groups of a network: joining, changing, leaving. Places are counted under the network's lock."""

from datetime import datetime
from typing import TypeAlias, TypedDict

from django.db import models, transaction
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from meetings.models import Network, WorkingGroup
from registrations.models import GroupMembership, Registration
from registrations.seats.domain import seats
from registrations.seats.exceptions import RegistrationRefused


class Membership(TypedDict):
    """How many people are in a group now."""

    taken: int


OccupiedGroup: TypeAlias = "WithAnnotations[WorkingGroup, Membership]"


def members(group: WorkingGroup) -> int:
    """Return how many registered people are in ``group`` now."""
    return group.memberships.current().filter(registration__status__in=Registration.LIVE).count()


def has_room(group: WorkingGroup) -> bool:
    """Return whether one more may join."""
    return group.places is None or members(group) < group.places


def with_members(network: Network) -> models.QuerySet[OccupiedGroup]:
    """Return the groups of ``network`` with how many people are in each."""
    current = models.Q(memberships__left_at__isnull=True) & models.Q(
        memberships__registration__status__in=Registration.LIVE
    )
    return network.working_groups.annotate(taken=models.Count("memberships", filter=current)).order_by(
        "title"
    )


def filled_up(registration: Registration, wanted: int | None) -> WorkingGroup | None:
    """Return the group that somebody asked for on registering and did not get, because it filled up."""
    if wanted is None or registration.group_memberships.exists():
        return None
    return registration.network.working_groups.filter(pk=wanted).first()


@transaction.atomic
def choose_group(registration: Registration, group: WorkingGroup | None, *, at: datetime) -> None:
    """Put a registered person into ``group`` and out of any other; None leaves. Hours stay where they are.

    Raises RegistrationRefused when the group is full or of another network, or the registration is not live.
    """
    seats.lock_network(registration.network)
    registration.refresh_from_db()
    if not registration.is_live:
        raise RegistrationRefused(sentence=_("You're no longer registered for this network."))
    current = registration.group_memberships.current()
    if group is not None and current.filter(working_group=group).exists():
        current.exclude(working_group=group).update(left_at=at)
        return
    if group is not None and group.network_id != registration.network_id:
        raise RegistrationRefused(sentence=_("This working group belongs to another network."))
    if group is not None and not has_room(group):
        raise RegistrationRefused(sentence=_("This working group is full. Choose another one."))
    current.update(left_at=at)
    if group is not None:
        join_group(registration, group, at=at)


def join_group(registration: Registration, group: WorkingGroup, *, at: datetime) -> GroupMembership:
    """Write the membership; the network row must be locked and the place free."""
    return GroupMembership.objects.create(registration=registration, working_group=group, joined_at=at)
