"""Walk-ins: somebody comes who is not on the list; registered, seated and marked, they add the rest."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor, Person, local_day
from partners.people.domain import addresses, positions
from partners.people.domain.organizations import Workplace
from registrations.attendance import emails
from registrations.attendance.domain import attendance
from registrations.attendance.exceptions import AddressOfAnother, AttendanceRefused, ReasonWanted
from registrations.models import Acceptance, Designation, Registration, Seen, Source
from registrations.seats.domain import groups, guests, registering, seats, waitlist
from registrations.seats.domain.answers import Answers, position_of
from registrations.seats.domain.telling import tell
from stemnet import jobs, telling


@jobs.finishing()
@transaction.atomic
def walk_in(
    *,
    meeting: Meeting,
    address: str,
    first_name: str,
    last_name: str,
    workplace: Workplace,
    meant: str = "",
    arrived: datetime | None = None,
    by: Actor,
    at: datetime,
    pressed_at: datetime | None = None,
    reason: str = "",
    is_marked: bool = True,
) -> Registration:
    """Register, seat and mark somebody who came to ``meeting``; mail them to complete the rest.

    Whoever holds the address is taken, without changing what is known of them; where the name is another one,
    only if ``meant`` is their ``uid``. ``reason`` is why they are seated where no seat is free. Nobody is
    marked where ``is_marked`` is False: a report of a meeting tool says when they were there. Raises
    AddressOfAnother, ReasonWanted and AttendanceRefused.
    """
    if meeting.network is None:
        raise AttendanceRefused(
            sentence=_("This group isn't part of a network, so you can't register anybody here.")
        )
    attendance.check_standing(meeting)
    network = seats.lock_network(meeting.network)
    person, is_new_here = addresses.holder_or_new(address, first_name=first_name, last_name=last_name)
    if not is_new_here and not person.is_called(first_name, last_name) and meant != str(person.uid):
        raise AddressOfAnother(person)
    mine = network.registrations.filter(person=person)
    registration = mine.seated().first() or mine.expected_at(meeting).first()
    is_new = registration is None
    if registration is None:
        check_room(network, reason=reason, at=at)
        registration = seated(network, person, workplace, by=by, at=at, reason=reason.strip())
    if is_marked:
        attendance.mark_attendance(
            registration=registration,
            meeting=meeting,
            seen=Seen.PRESENT,
            arrived=arrived,
            source=Source.WALK_IN,
            by=by,
            at=at,
            pressed_at=pressed_at,
            reason=reason,
        )
    if is_new:
        telling.tell(emails.walked_in, registration, meeting, at=at)
    return registration


def check_room(network: Network, *, reason: str, at: datetime) -> None:
    """Raise ReasonWanted where no seat is free and nobody said why one more is seated.

    See docs/rules.md 13.15.
    """
    if not reason.strip() and seats.free_seats(network, at=at) < 1:
        raise ReasonWanted(sentence=_("Every seat is taken. Say why you're adding one more person."))


def seated(
    network: seats.Locked, person: Person, workplace: Workplace, *, by: Actor, at: datetime, reason: str
) -> Registration:
    """Return a seated registration: the one that waited, or a new one."""
    words = reason or str(_("walked in"))
    waiting = network.registrations.live().filter(person=person).first()
    if waiting is not None:
        return waitlist.give_seat(waiting, by=by, at=at, reason=words)
    registration = seats.register(
        network=network,
        person=person,
        answers=Answers(),
        by=by,
        at=at,
        over_seats_reason=words,
        origin=Registration.Origin.WALK_IN,
        position=positions.hold(person, workplace=workplace, on=local_day(at)) if workplace else None,
    )
    guests.has_a_seat_now(registration, at=at)
    return registration


@jobs.finishing()
@transaction.atomic
def complete_registration(*, registration: Registration, answers: Answers, at: datetime) -> Registration:
    """Add what somebody whom staff registered types themselves: names, work, commitments, group, leader."""
    seats.lock_network(registration.network)
    fresh = Registration.objects.select_related("network", "person").get(pk=registration.pk)
    new_leader = answers.leader_email and answers.leader_email != fresh.leader_email
    registering.correct_names(fresh.person, answers)
    fresh.position = position_of(fresh.person, answers, on=local_day(at)) or fresh.position
    for name in ("grade_bands", "leader_name", "leader_job", "leader_email"):
        setattr(fresh, name, getattr(answers, name))
    fresh.save()
    Acceptance.objects.bulk_create(
        [Acceptance(registration=fresh, version=one, accepted_at=at) for one in answers.versions()],
        ignore_conflicts=True,
    )
    if answers.group:
        groups.choose_group(fresh, fresh.network.working_groups.filter(pk=answers.group).first(), at=at)
    if new_leader:
        fresh.designations.open().update(ended_at=at, outcome=Designation.Outcome.LEFT, code_hash="")
        seats.ask_leader(fresh, at=at)
        tell([fresh], "designee", at=at)
    return fresh
