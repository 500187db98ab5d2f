"""From answers to a registration: what can be worked out is worked out before the network's row is locked.

Mail and calendar files are rendered for what is most likely to come of it. Under the lock it is looked at
again; where something else comes of it, the lock is given back and the mail written anew.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from meetings.models import Network, WorkingGroup
from partners.models import Person, local_day
from registrations.models import Hold, Registration, SeatInvitation
from registrations.seats.domain import groups, guests, limits, seats, waitlist, ways
from registrations.seats.domain.answers import Answers, position_of
from registrations.seats.domain.invited_seats import finish, kept_for_others, live_of, lock
from registrations.seats.domain.telling import tell
from registrations.seats.domain.verdicts import verdict_of
from registrations.seats.emails import welcoming
from registrations.seats.exceptions import CodeUsed, SeatInvitationOver
from stemnet import jobs
from stemnet.models import Mail
from stemnet.outbox.queueing import add

ROUNDS = 3  # after as many surprises the mail is written under the lock


class Admission(NamedTuple):
    """What came of it: the registration, and whether it is new."""

    registration: Registration
    is_new: bool


class Outcome(NamedTuple):
    """What the mail depends on: a seat or a place in line, the full group, whether they had a seat before.

    ``blocked`` is the limit that keeps them from a seat that is free.
    """

    seated: bool
    full_group: WorkingGroup | None
    comes_back: bool = False
    blocked: limits.Blocked | None = None


class _Otherwise(Exception):
    """Something else comes of it than the mail says."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


@dataclass
class Coming:
    """Somebody who has proved who they are, what they typed, and the hold of their address."""

    network: Network
    person: Person
    answers: Answers
    at: datetime
    hold: Hold | None = None
    uses_hold: bool = False
    invitation: SeatInvitation | None = None  # a seat that somebody else asked for
    names: list[str] = field(default_factory=list)  # fields of the person that they typed anew
    is_alone: bool = False  # they did not come by the link of the invitation

    @classmethod
    def as_asked(cls, network: Network, person: Person, answers: Answers, **given: Any) -> "Coming":
        """Return the same with what one of their proved addresses was asked, whose seat is theirs then."""
        proved = person.emails.exclude(verified_at=None).values_list("address", flat=True)
        asked = live_of(network, proved, at=given["at"])
        return cls(network, person, answers, invitation=asked, is_alone=True, **given)

    def admit(self) -> Admission:
        """Register them. Raises RegistrationClosed, AlreadyRegistered or Full."""
        try:
            return self._admit()
        except SeatInvitationOver:
            if not self.is_alone:
                raise
            self.invitation = None  # it ran out in this second; they come as anybody else does
            return self._admit()

    def _admit(self) -> Admission:
        outcome = self._foreseen()
        draft = seats.drafted(self.network, self.person, self.answers, at=self.at)
        for left in reversed(range(ROUNDS)):
            mails = self._mails(draft, outcome)
            try:
                return self._write(draft, outcome, mails, is_last=not left)
            except _Otherwise as otherwise:
                outcome = otherwise.outcome
        raise AssertionError("The last round writes.")

    def _foreseen(self) -> Outcome:
        """Return what comes of it as things stand, which nothing holds."""
        kept = self.hold is not None and seats.keeps_seat(self.hold, at=self.at)
        kept = kept or self._invited()
        if kept:
            return Outcome(True, self._full(self._group()))
        found = verdict_of(seats.look(self.network, at=self.at), self.answers, at=self.at)
        return Outcome(found.seat, self._full(self._group()), blocked=found.blocked)

    def _group(self) -> WorkingGroup | None:
        """Return the group that was asked for."""
        wanted = self.answers.group
        return groups.open_groups(self.network).filter(pk=wanted).first() if wanted else None

    @staticmethod
    def _full(group: WorkingGroup | None) -> WorkingGroup | None:
        return group if group is not None and not groups.has_room(group) else None

    def _mails(self, draft: Registration, outcome: Outcome) -> list[Mail]:
        automatic = not outcome.seated and waitlist.seats_are_automatic(self.network, at=self.at)
        return welcoming.welcome(draft, **outcome._asdict(), automatic=automatic, at=self.at)

    @jobs.finishing()
    @transaction.atomic
    def _write(self, draft: Registration, outcome: Outcome, mails: list[Mail], *, is_last: bool) -> Admission:
        """Check and write under the lock. Raises _Otherwise where the mail says something else."""
        network = seats.lock_network(self.network)
        before = list(network.registrations.filter(person=self.person))
        known = next((one for one in before if one.is_live), None)
        if known is not None and self.uses_hold and self.hold is not None:
            seats.release_seat(self.hold, at=self.at)
            Hold.objects.filter(pk=self.hold.pk, used_at=None).update(used_at=self.at, answers={})
            return Admission(known, is_new=False)
        draft.position = position_of(self.person, self.answers, on=local_day(self.at))
        asked = self._lock_invitation(draft, network)
        registration = seats.enter(
            draft,
            self.answers,
            network=network,
            by=self.person,
            at=self.at,
            hold=self.hold,
            before=before,
            kept_since=asked.made_at if asked and self._invited() else None,
        )
        guests.seated_anew(registration, before, at=self.at)
        if self.names:
            self.person.save(update_fields=self.names)
        self._use_hold()
        if asked is not None:
            finish(asked, SeatInvitation.Outcome.REGISTERED, registration=registration, at=self.at)
        group = self._group()
        full_group = self._full(group)
        if group is not None and full_group is None:
            groups.join_group(registration, group, at=self.at)
        ways.choose_on_registering(registration, self.answers.ways, network=network, at=self.at)
        comes_back = registration.is_seated and any(one.seated_at for one in before)
        has_seat = registration.status != Registration.Status.WAITING
        now = Outcome(has_seat, full_group, comes_back, limits.said_of(registration))
        if now != outcome:
            if not is_last:
                raise _Otherwise(now)
            mails = self._mails(draft, now)
        place = 0 if now.seated else seats.place_in_line(registration)
        add(welcoming.numbered(mails, place=place), at=self.at)
        if registration.asks_leader:
            tell([registration], "designee", at=self.at)
        return Admission(registration, is_new=True)

    def _invited(self) -> bool:
        """Return whether a seat is kept for them because somebody else asked for it."""
        return self.invitation is not None and self.invitation.keeps_seat

    def _lock_invitation(self, draft: Registration, network: seats.Locked) -> SeatInvitation | None:
        """Lock the invitation, and take the seat of its reservation. Raises SeatInvitationOver.

        A seat that was kept is given as it was promised, unless they work elsewhere and that has its seats.
        """
        if self.invitation is None:
            return None
        asked = lock(self.invitation, at=self.at)
        draft.reservation = asked.reservation
        if asked.keeps_seat and asked.reservation is None and self._works_elsewhere(asked):
            blocked = limits.count(network, at=self.at).blocks(limits.place_of(draft.position))
            if blocked:
                raise kept_for_others(asked, blocked)
        return asked

    def _works_elsewhere(self, asked: SeatInvitation) -> bool:
        """Return whether another place of work is typed than the one that they were asked for."""
        place = asked.workplace
        if isinstance(place, str):
            return self.answers.organization is not None or self.answers.organization_words != place
        return self.answers.organization != place.pk

    def _use_hold(self) -> None:
        """Use up the hold. Raises CodeUsed where it was used before."""
        if self.hold is None or not self.uses_hold:
            return
        if not Hold.objects.filter(pk=self.hold.pk, used_at=None).update(used_at=self.at, answers={}):
            raise CodeUsed
