"""Coming to one meeting without a seat: what guests and substitutes have in common (docs/rules.md 4.12)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Person, Position
from registrations.models import MeetingGuest, Registration, Substitute
from registrations.seats.domain import seats
from registrations.seats.domain.calendar_revisions import raise_revisions
from registrations.seats.domain.reminding import take_back_from
from registrations.seats.domain.telling import tell
from registrations.seats.exceptions import GuestRefused
from stemnet import jobs

Status, Outcome = Registration.Status, Substitute.Outcome


def check_ahead(meeting: Meeting, network: Network, *, at: datetime) -> None:
    """Raise GuestRefused unless the meeting is still to come."""
    if meeting.is_cancelled or network.status != Network.Status.PUBLISHED:
        raise GuestRefused(sentence=_("This meeting was cancelled."))
    if meeting.starts_at <= at:
        raise GuestRefused(sentence=_("This meeting has already started."))


def begin(
    network: seats.Locked,
    meeting: Meeting,
    person: Person,
    *,
    position: Position | None,
    at: datetime,
    reason: str = "",
) -> MeetingGuest:
    """Let ``person`` come to ``meeting``; who calls has looked that they can. Raises GuestRefused.

    All their meetings without a seat hang on one registration, which takes none of the seats.
    """
    mine = list(network.registrations.filter(person=person))
    check_not_coming(mine, meeting)
    guest = next((one for one in mine if one.status == Status.GUEST), None)
    if guest is None:
        guest = Registration(network=network, person=person, status=Status.GUEST)
        guest.requested_at = guest.seated_at = at
        guest.position = position
        guest.save()
        seats.check_is_still_there(guest)
        seats.write_registration_history(guest, from_status="", by=person, at=at, reason=reason)
    elif position is not None and guest.position_id != position.pk:
        guest.position = position
        guest.save(update_fields=["position"])
    if guest.guest_at.filter(meeting=meeting).exists():
        raise_revisions(person, [meeting], at=at)  # they gave up before: their calendar has it as cancelled
    return guest.guest_at.create(meeting=meeting, said_at=at)


def check_not_coming(mine: Sequence[Registration], meeting: Meeting) -> None:
    """Raise GuestRefused for somebody with a seat, or who comes to the meeting as a guest already."""
    if any(one.is_seated for one in mine):
        raise GuestRefused(sentence=_("You already have a seat of your own in this network."))
    if MeetingGuest.objects.standing().filter(registration__in=mine, meeting=meeting).exists():
        raise GuestRefused(sentence=_("You're already coming to this meeting."))


def leave(guest: MeetingGuest, *, at: datetime) -> None:
    """End it: the place is free, reminders don't go, the calendar says so. Who calls holds the network."""
    guest.ended_at = at
    guest.save(update_fields=["ended_at"])
    registration = guest.registration
    registration.chosen_ways.filter(meeting=guest.meeting_id).delete()
    take_back_from(registration, of=guest.meeting)
    raise_revisions(registration.person, [guest.meeting], at=at)


def end_substitute(substitute: Substitute, outcome: "Substitute.Outcome", *, at: datetime) -> None:
    """Write how it ended, and let who came for them come no more."""
    substitute.ended_at, substitute.outcome = at, outcome
    substitute.save(update_fields=["ended_at", "outcome"])
    if substitute.guest is not None and substitute.guest.ended_at is None:
        leave(substitute.guest, at=at)


def seated_anew(registration: Registration, before: Sequence[Registration], *, at: datetime) -> None:
    """Do the same for a new registration, where one of those ``before`` is that of a guest."""
    if registration.is_seated and any(one.status == Status.GUEST for one in before):
        has_a_seat_now(registration, at=at)


def has_a_seat_now(registration: Registration, *, at: datetime) -> None:
    """Let somebody who just got a seat come by that, and no more as a guest; who they came for is told."""
    theirs = MeetingGuest.objects.standing().filter(
        registration__network=registration.network_id,
        registration__person=registration.person_id,
        meeting__ends_at__gt=at,
    )
    for guest in theirs.select_related("registration__person", "meeting").order_by("pk"):
        leave(guest, at=at)
        _end_for_whom(guest, at=at)


def gives_up_seat(registration: Registration, *, at: datetime) -> None:
    """End what colleagues were asked to do for somebody who loses their seat; those who accepted are told."""
    open_ones = registration.substitutes.open().filter(meeting__ends_at__gt=at)
    for one in open_ones.select_related("meeting", "guest__registration__person").order_by("pk"):
        end_substitute(one, Outcome.TAKEN_BACK, at=at)
        if one.guest is not None:
            tell([one.guest.registration], "guest_ended", guest=one.guest.pk, at=at)


@jobs.finishing()
@transaction.atomic
def cannot_come(meeting: Meeting, person: Person, *, at: datetime) -> None:
    """Let a guest say that they can't come; who they would have come for is told. Twice does no harm.

    Raises GuestRefused once the meeting has started.
    """
    network = seats.lock_network_of(meeting.uid)
    mine = MeetingGuest.objects.standing().filter(meeting=meeting, registration__person=person)
    for guest in mine.select_related("registration__person", "meeting"):
        if network is not None:
            check_ahead(guest.meeting, network, at=at)
        leave(guest, at=at)
        _end_for_whom(guest, at=at)


def _end_for_whom(guest: MeetingGuest, *, at: datetime) -> None:
    """End the substitute of a guest who doesn't come, and tell who asked for them."""
    substitute = Substitute.objects.coming().select_related("registration").filter(guest=guest).first()
    if substitute is not None:
        end_substitute(substitute, Outcome.GIVEN_UP, at=at)
        tell([substitute.registration], "substitute_answered", substitute=substitute.pk, at=at)
