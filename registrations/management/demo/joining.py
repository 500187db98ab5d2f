"""Who registers in the demo's networks: many at once, as if one after the other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from meetings.models import CommitmentVersion, Network
from partners.models import Person, Position, acted
from registrations.models import Acceptance, Registration, RegistrationChange
from registrations.seats.domain import seats
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.occupancy import SeatedNetwork


def join(
    network: Network, people: Iterable[Person], *, at: datetime, party_size: int = 1
) -> list[Registration]:
    """Register ``people``, new ones, a minute apart, each accepting the required commitments.

    In a network without limits of its own it comes to the same as `seats.register` for each, which looks at
    all seats anew each time.
    """
    people = list(people)
    positions = Position.objects.filter(person__in=people).order_by("-pk")
    first = {position.person_id: position for position in positions}
    answers = Answers(party_size=party_size)
    with transaction.atomic():
        locked = seats.lock_network(network)
        line = Line(seats.look(locked, at=at), at=at)
        drafts = []
        for minute, person in enumerate(people):
            draft = seats.drafted(locked, person, answers, at=at + timedelta(minutes=minute))
            draft.position = first.get(person.pk)
            line.place(draft)
            drafts.append(draft)
        registrations: list[Registration] = bulk_create_with_history(drafts, Registration)
        write_beside(network, registrations)
    return registrations


class Line:
    """The seats of a network, taken one after the other, and behind them those who wait."""

    def __init__(self, seen: SeatedNetwork, *, at: datetime) -> None:
        seats.check_is_open(seen, closes_at=seen.closes_with(seen.first_starts_at), at=at)
        self.seen = seen
        self.free = 0 if seen.waiting else seen.seats - seen.taken
        self.waiting = seen.waiting

    def place(self, draft: Registration) -> None:
        """Give a seat where one is free and nobody waits, else the next place in line."""
        if not self.waiting and self.free >= draft.party_size:
            draft.status, draft.seated_at = Registration.Status.SEATED, draft.requested_at
            self.free -= draft.party_size
            return
        seats.check_line(self.seen, waiting=lambda: self.waiting)
        self.waiting += 1
        draft.status, draft.line = Registration.Status.WAITING, self.waiting


def write_beside(network: Network, registrations: list[Registration]) -> None:
    """Write what stands beside new registrations: the commitments they accepted, and how they began."""
    required = CommitmentVersion.objects.filter(commitment__network=network, commitment__required=True)
    versions = list(required)
    Acceptance.objects.bulk_create(
        Acceptance(registration=registration, version=version, accepted_at=registration.requested_at)
        for registration in registrations
        for version in versions
    )
    RegistrationChange.objects.bulk_create(
        RegistrationChange(
            registration=registration,
            to_status=registration.status,
            at=registration.requested_at,
            **acted(registration.person),
        )
        for registration in registrations
    )
