"""Working groups of a network: joining, changing, leaving. Places are counted under the network's lock."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias, TypedDict

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import WithAnnotations

from meetings.groups.domain import losing_leads
from meetings.groups.domain.teams import check_term
from meetings.models import Network, WorkingGroup
from partners.models import local_day
from registrations.models import GroupMembership, Registration, Reminder
from registrations.seats.domain import seats
from registrations.seats.domain.reminding import cancel_reminders
from registrations.seats.exceptions import RegistrationRefused

Joining = WorkingGroup.Joining


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


def open_groups(network: Network) -> models.QuerySet[OccupiedGroup]:
    """Return those of them that one joins without asking anybody."""
    return with_members(network).filter(joining=Joining.OPEN)


def filled_up(registration: Registration, wanted: int | None) -> WorkingGroup | None:
    """Return the group that somebody asked for on registering and did not get, because it filled up."""
    if wanted is None or registration.group_memberships.exists():
        return None
    return registration.network.working_groups.filter(pk=wanted).first()


@transaction.atomic
def enter_group(
    registration: Registration,
    group: WorkingGroup,
    *,
    leaving: Iterable[WorkingGroup] = (),
    invited: bool = False,
    term_ends: date | None = None,
    at: datetime,
) -> GroupMembership:
    """Put a registered person into ``group``, and out of the groups ``leaving``; hours stay where they are.

    ``invited`` says that a lead or staff lets them in, also where people ask first. Whoever is in it stays.
    Raises RegistrationRefused where the group is full, closed, or of another network, or one too many.
    """
    network = seats.lock_network(registration.network)
    registration.refresh_from_db()
    group = WorkingGroup.objects.get(pk=group.pk)
    _check_may_enter(registration, group, invited=invited)
    current = registration.group_memberships.current()
    moving = current.filter(working_group__in=[one.pk for one in leaving]).exclude(working_group=group)
    known = current.filter(working_group=group).first()
    if known is None:
        _check_place(group, network, others=current.count() - moving.count())
    check_term(term_ends, since=local_day(at))
    for one in list(moving.select_related("working_group")):
        _end(one, at=at)
    return known or join_group(registration, group, term_ends=term_ends, at=at)


@transaction.atomic
def leave_group(registration: Registration, group: WorkingGroup, *, at: datetime) -> None:
    """Take a person out of ``group``; leaving twice changes nothing."""
    seats.lock_network(registration.network)
    for one in registration.group_memberships.current().filter(working_group=group):
        _end(one, at=at)


@transaction.atomic
def choose_group(
    registration: Registration,
    group: WorkingGroup | None,
    *,
    instead_of: WorkingGroup | None = None,
    at: datetime,
) -> None:
    """Let staff put a registered person into ``group`` and out of ``instead_of``; None takes them out of all.

    Where the network allows one group, they leave whichever they are in.
    Raises RegistrationRefused when the group is full or of another network, or the registration is not live.
    """
    current = WorkingGroup.objects.filter(
        memberships__registration=registration, memberships__left_at__isnull=True
    )
    if group is not None:
        is_only = registration.network.groups_each == 1
        leaving = list(current) if is_only else [one for one in (instead_of,) if one]
        enter_group(registration, group, leaving=leaving, invited=True, at=at)
        return
    seats.lock_network(registration.network)
    registration.refresh_from_db()
    _check_live(registration)
    for one in list(current):
        leave_group(registration, one, at=at)


def join_group(
    registration: Registration, group: WorkingGroup, *, term_ends: date | None = None, at: datetime
) -> GroupMembership:
    """Write the membership; the network row must be locked and the place free."""
    return GroupMembership.objects.create(
        registration=registration, working_group=group, joined_at=at, term_ends=term_ends
    )


def _check_live(registration: Registration) -> None:
    if not registration.is_live:
        raise RegistrationRefused(sentence=_("You're no longer registered for this network."))


def _check_may_enter(registration: Registration, group: WorkingGroup, *, invited: bool) -> None:
    _check_live(registration)
    if group.network_id != registration.network_id:
        raise RegistrationRefused(sentence=_("This working group belongs to another network."))
    inside = registration.group_memberships.current().filter(working_group=group).exists()
    if not (invited or inside) and group.joining == Joining.BY_REQUEST:
        raise RegistrationRefused(sentence=_("Ask to join this group. One of its leads answers."))
    if not (invited or inside) and group.joining == Joining.CLOSED:
        raise RegistrationRefused(sentence=_("Only its leads add people to this group."))


def _check_place(group: WorkingGroup, network: Network, *, others: int) -> None:
    if not has_room(group):
        raise RegistrationRefused(sentence=_("This working group is full. Choose another one."))
    if others >= network.groups_each:
        sentence = ngettext(
            "People can be in one group of this network. Leave the other one first, or move.",
            "People can be in %(number)s groups of this network. Leave one first, or move.",
            network.groups_each,
        )
        raise RegistrationRefused(sentence=sentence % {"number": network.groups_each})


def _end(membership: GroupMembership, *, at: datetime) -> None:
    """End one membership: no reminders of the group's meetings, and its lead leads no more."""
    membership.left_at = at
    membership.save(update_fields=["left_at"])
    group, registration = membership.working_group_id, membership.registration
    cancel_reminders(Reminder.objects.filter(registration=registration, meeting__working_group=group))
    losing_leads.stop_leading(registration.person, WorkingGroup.objects.filter(pk=group), at=at)
