"""Who waits at the door: they ask on their phone, and the desk lets them in by one press, or doesn't."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor, Person, local_day
from partners.people.domain.organizations import Workplace
from registrations.attendance.domain.passes import Pass
from registrations.attendance.domain.room_codes import closes_at
from registrations.attendance.domain.walking_in import walk_in
from registrations.attendance.exceptions import AttendanceRefused, NewCodeWanted
from registrations.models import DoorRequest, Registration
from registrations.seats.domain import seats
from stemnet import jobs

State, Why = DoorRequest.State, DoorRequest.Why
KEPT = timedelta(days=14)
MOST_WAITING = 60  # of one meeting, so that nobody buries the desk under names


def ask(
    *, admitted: Pass, first_name: str, last_name: str, address: str, why: str = Why.NOT_LISTED, at: datetime
) -> DoorRequest:
    """Ask the desk of the meeting to let somebody in; who asks twice waits once.

    Raises AttendanceRefused where nobody is let in any more, or too many wait.
    """
    meeting = Meeting.objects.standing().filter(uid=admitted.meeting).first()
    if meeting is None or at >= closes_at(meeting):
        raise NewCodeWanted
    waiting = DoorRequest.objects.waiting().filter(meeting=meeting)
    known = waiting.filter(address=address.lower()).first()
    if known is not None:
        return known
    if waiting.count() >= MOST_WAITING:
        raise AttendanceRefused(sentence=_("Too many people are asking at once. Tell the desk at the door."))
    names = {"first_name": first_name, "last_name": last_name}
    try:
        with transaction.atomic():
            return DoorRequest.objects.create(
                meeting=meeting, **names, address=address.lower(), why=why, asked_at=at
            )
    except IntegrityError:  # the same press, a moment before
        return waiting.get(address=address.lower())


@jobs.finishing()
@transaction.atomic
def let_in(uid: UUID, *, meeting: Meeting, by: Actor, at: datetime) -> Registration | None:
    """Register, seat and mark whoever waits, from when they asked; None where somebody was faster.

    Raises what `walk_in` raises: AddressOfAnother, ReasonWanted, AttendanceRefused, RegistrationRefused.
    """
    request = waiting_at(uid, meeting)
    if request is None:
        return None
    registration = walk_in(
        meeting=meeting,
        address=request.address,
        first_name=request.first_name,
        last_name=request.last_name,
        workplace=workplace_of(request.address, at=at),
        arrived=request.asked_at,
        by=by,
        at=at,
    )
    answer(request, State.LET_IN, by=by, at=at)
    return registration


@transaction.atomic
def refuse(uid: UUID, *, meeting: Meeting, by: Actor, at: datetime) -> DoorRequest | None:
    """Do not let somebody in; None where somebody was faster."""
    request = waiting_at(uid, meeting)
    if request is not None:
        answer(request, State.REFUSED, by=by, at=at)
    return request


@transaction.atomic
def came_in(meeting: Meeting, person: Person, *, by: Actor, at: datetime) -> None:
    """Say of whoever was let in by the form of a walk-in that they wait no more."""
    theirs = person.emails.values("address")
    for request in DoorRequest.objects.waiting().filter(meeting=meeting, address__in=theirs):
        answer(request, State.LET_IN, by=by, at=at)


def waiting_at(uid: UUID, meeting: Meeting) -> DoorRequest | None:
    """Return who waits, under the lock of the network, so that one of two is answered."""
    if meeting.network is not None:
        seats.lock_network(meeting.network)
    return DoorRequest.objects.waiting().filter(uid=uid, meeting=meeting).first()


def answer(request: DoorRequest, state: str, *, by: Actor, at: datetime) -> None:
    """Write down what became of it."""
    request.state, request.answered_at, request.answered_by = state, at, str(by)
    request.save(update_fields=["state", "answered_at", "answered_by"])


def workplace_of(address: str, *, at: datetime) -> Workplace:
    """Return where the holder of an address works, as far as it is known; they complete the rest."""
    holder = Person.objects.holding(address).first()
    position = holder.positions.current(local_day(at)).first() if holder else None
    if position is None:
        return Workplace()
    return Workplace(position.organization, position.organization_words)


def forget_requests(*, at: datetime) -> int:
    """Delete who asked at meetings that ended two weeks ago; return how many rows went."""
    return requests_over(at).delete()[0]


def requests_over(at: datetime) -> QuerySet[DoorRequest]:
    """Return who asked at meetings that ended two weeks ago."""
    return DoorRequest.objects.filter(meeting__ends_at__lt=at - KEPT)
