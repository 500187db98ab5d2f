"""Staff register somebody again who left or was removed; the seat is theirs by the rules, not by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor
from registrations.models import Designation, GroupMembership, Registration, StaffAct
from registrations.seats.domain import groups, guests, seats, staff_acts, ways
from registrations.seats.domain.calendar_revisions import raise_all_of
from registrations.seats.domain.telling import tell as tell_people
from registrations.seats.emails import staff_acts as emails
from registrations.seats.exceptions import AlreadyRegistered, RegistrationRefused
from stemnet import jobs
from stemnet.telling import tell

Status = Registration.Status
COLUMNS = ["status", "seated_at", "line", "limited_by", "reservation", "over_seats_reason"]


@jobs.finishing()
@transaction.atomic
def reopen(
    registration: Registration, *, by: Actor, at: datetime, reason: str, over: bool = False
) -> Registration:
    """Let a registration that ended count again: a seat if one is free and nobody waits, else the line's end.

    ``over`` seats them beyond the seats or a limit, for the ``reason``. Groups are theirs again where there
    is a place. Raises AlreadyRegistered, RegistrationClosed, Full or RegistrationRefused.
    """
    reason = staff_acts.reason_of(reason)
    network = seats.lock_network(registration.network)
    fresh = _ended(network, registration)
    staff_acts.check_goes_on(network, at=at)
    was = fresh.status
    fresh.reservation, fresh.over_seats_reason, fresh.limited_by = None, "", ""
    seen, found = staff_acts.verdict_for(fresh, network, at=at)
    if over and not found.seat:
        fresh.over_seats_reason = reason
        fresh.status, fresh.seated_at = Status.SEATED, at
    else:
        seats.take_place(fresh, seen, found, at=at)
        if fresh.status == Status.HELD:  # whom staff register needs no confirmation (docs/rules.md 4.5)
            fresh.status, fresh.seated_at = Status.SEATED, at
    come_back(fresh, was=was, by=by, at=at, reason=reason)
    act = staff_acts.note(StaffAct.Kind.REOPENED, fresh, by=by, at=at, reason=reason, before={"status": was})
    tell(emails.staff_acted, act, at=at)
    return fresh


def restore(
    registration: Registration, before: Mapping[str, Any], *, network: seats.Locked, by: Actor, at: datetime
) -> None:
    """Let a registration stand as ``before`` staff ended it: its seat, or its old place in line.

    A place in the room, or online, is theirs again where one is left; else they are told when one is free.
    Raises RegistrationRefused where the seat is no longer free, or they are registered meanwhile.
    """
    was = before["status"]
    fresh = _ended(network, registration)
    seats.check_published(network)
    ended = fresh.status
    if was in (Status.SEATED, Status.HELD):
        fresh.reservation, fresh.over_seats_reason = None, ""
        _seen, found = staff_acts.verdict_for(fresh, network, at=at)
        if not found.seat:
            words = _("Their seat in %(network)s has gone to somebody else since, so this can't be undone.")
            raise RegistrationRefused(sentence=words % {"network": network})
        fresh.status, fresh.reservation = Status(was), found.reservation
        fresh.seated_at = at if was == Status.SEATED else None
    else:
        fresh.status = Status.WAITING
    come_back(fresh, was=ended, by=by, at=at, reason=_("Undone"))
    fresh.place_wishes.all().delete()  # what they asked for before; anew where no place is left
    ways.choose_on_registering(fresh, before.get("ways", {}), network=network, at=at)
    confirmed = fresh.designations.filter(outcome=Designation.Outcome.CONFIRMED)
    if was != Status.SEATED and fresh.asks_leader and not confirmed.exists():
        seats.ask_leader(fresh, at=at)
        tell_people([fresh], "designee", at=at)


def come_back(registration: Registration, *, was: str, by: Actor, at: datetime, reason: str) -> None:
    """Write that a registration counts again, with its groups and its history."""
    ended = registration.changes.filter(to_status=was).order_by("at", "pk").last()
    registration.save(update_fields=COLUMNS)
    seats.check_is_still_there(registration)
    if ended is not None:
        _rejoin(registration, left_at=ended.at, at=at)
    if registration.is_seated:
        guests.has_a_seat_now(registration, at=at)
        raise_all_of(registration.network, registration.person, at=at)
    seats.write_registration_history(registration, from_status=was, by=by, at=at, reason=reason)


def _rejoin(registration: Registration, *, left_at: datetime, at: datetime) -> None:
    """Put somebody back into the groups that they left with the registration, where there is a place."""
    left = GroupMembership.objects.filter(registration=registration, left_at=left_at)
    for one in left.select_related("working_group"):
        if groups.has_room(one.working_group):
            groups.join_group(registration, one.working_group, term_ends=one.term_ends, at=at)


def _ended(network: seats.Locked, registration: Registration) -> Registration:
    """Return a fresh copy of a registration that ended. Raises AlreadyRegistered or RegistrationRefused."""
    rows = network.registrations.select_related("person", "position__organization__part_of")
    fresh = rows.get(pk=registration.pk)
    fresh.network = network
    if network.registrations.live().filter(person=fresh.person_id).exists():
        raise AlreadyRegistered
    if fresh.status in (Status.TRANSFERRED, Status.GUEST):
        words = _("This isn't theirs anymore: “%(status)s”. Register them instead.")
        raise RegistrationRefused(sentence=words % {"status": fresh.get_status_display()})
    return fresh
