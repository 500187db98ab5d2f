"""Staff register somebody who asked them to: they are told, and add what only they can say."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, local_day
from partners.people.domain import addresses, positions
from partners.people.domain.organizations import Workplace
from registrations.models import Registration, StaffAct
from registrations.seats.domain import answering, guests, invited_seats, seats, staff_acts
from registrations.seats.domain.answers import Answers
from registrations.seats.emails import staff_acts as emails
from registrations.seats.exceptions import HolderHasAnotherName, RegistrationRefused
from stemnet import jobs
from stemnet.telling import tell


@jobs.finishing()
@transaction.atomic
def add_person(
    network: Network,
    *,
    address: str,
    first_name: str,
    last_name: str,
    workplace: Workplace,
    job: str = "",
    meant: str = "",
    over: bool = False,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Registration:
    """Register the holder of ``address``, or a new person, by the rules: a seat, else a place in line.

    Who is known keeps their name; where another one is typed, only if ``meant`` is their ``uid``. ``over``
    seats them beyond the seats or a limit, for a ``reason``, which is also wanted once registration is
    closed. Raises HolderHasAnotherName, AlreadyRegistered, RegistrationClosed, Full or RegistrationRefused.
    """
    locked = seats.lock_network(network)
    staff_acts.check_goes_on(locked, at=at)
    _check_reason(locked, over=over, reason=reason, at=at)
    person, is_new = addresses.holder_or_new(address, first_name=first_name, last_name=last_name)
    if not is_new and not person.is_called(first_name, last_name) and meant != str(person.uid):
        raise HolderHasAnotherName(person)
    draft = seats.drafted(locked, person, Answers(), at=at, origin=Registration.Origin.STAFF)
    draft.position = positions.hold(person, workplace=workplace, job=job if is_new else "", on=local_day(at))
    asked = invited_seats.kept_for(locked, person, at=at)
    _seen, found = staff_acts.verdict_for(draft, locked, at=at)
    if asked is not None and asked.keeps_seat:
        draft.reservation = asked.reservation
    elif over and not found.seat:
        draft.over_seats_reason = staff_acts.reason_of(reason)
    said = reason.strip() or _("Registered by staff")
    since = asked.made_at if asked is not None and asked.keeps_seat else None
    new = seats.enter(draft, Answers(), network=locked, by=by, at=at, by_staff=said, kept_since=since)
    invited_seats.taken_by(new, asked, at=at)
    if new.is_seated:
        guests.has_a_seat_now(new, at=at)
    act = staff_acts.note(StaffAct.Kind.ADDED, new, by=by, at=at, reason=reason.strip())
    tell(emails.staff_acted, act, questions=len(answering.waiting_of(new)), at=at)
    return new


def _check_reason(network: Network, *, over: bool, reason: str, at: datetime) -> None:
    """Raise RegistrationRefused where a reason is wanted and there is none (docs/rules.md 13.15)."""
    if reason.strip():
        return
    if over:
        raise RegistrationRefused(sentence=_("Say why you're going over the seats. We keep the reason."))
    closes_at = network.closes_at()
    if (closes_at is not None and at >= closes_at) or network.opens_after(at):
        raise RegistrationRefused(
            sentence=_("Registration isn't open. Say why you're registering somebody anyway.")
        )
