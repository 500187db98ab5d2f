"""Staff move somebody to another network: the seat is freed once, hours stay where they were earned."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor
from registrations.models import Registration, StaffAct
from registrations.seats.domain import answering, guests, invited_seats, seats, staff_acts, waitlist
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.ending import end
from registrations.seats.emails import staff_acts as emails
from registrations.seats.exceptions import RegistrationRefused
from stemnet import jobs
from stemnet.telling import tell

Status = Registration.Status


@jobs.finishing()
@transaction.atomic
def move_to_network(
    registration: Registration,
    network: Network,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    over: bool = False,
) -> Registration:
    """End a live registration and register the person in ``network``; both networks' rows are held.

    Who has a seat, or is offered one, gets one there or stays; who waits gets one, or waits there. ``over``
    seats them beyond the seats or a limit, for the ``reason``. Raises RegistrationRefused; then nothing has
    changed.
    """
    reason = staff_acts.reason_of(reason)
    locked = seats.lock_networks([registration.network, network])
    here, there = locked[registration.network_id], locked[network.pk]
    if here == there:
        raise RegistrationRefused(sentence=_("They're in this network already. Choose another one."))
    if there.is_information_session:
        raise RegistrationRefused(
            sentence=_("You can't move people to an information session. They register for it themselves.")
        )
    staff_acts.check_goes_on(there, at=at)
    staff_acts.hold_person(registration.person)
    old = _live(here, registration)
    was = old.status
    before = list(there.registrations.filter(person=old.person))
    if any(one.is_live for one in before):
        words = _("This person is registered for %(network)s already.")
        raise RegistrationRefused(sentence=words % {"network": there})
    draft = _drafted(old, there, at=at)
    asked = invited_seats.kept_for(there, old.person, at=at)
    kept = asked if asked is not None and asked.keeps_seat else None
    _seen, found = staff_acts.verdict_for(draft, there, at=at)
    if kept is not None:
        draft.reservation = kept.reservation
    elif not found.seat and over:
        draft.over_seats_reason = reason
    elif not found.seat and was != Status.WAITING:
        raise staff_acts.no_seat(there, found)
    stood = staff_acts.standing_of(old)
    end(old, Status.MOVED, by=by, at=at, reason=_to(there, reason))
    came = _("Moved from %(network)s: %(reason)s") % {"network": here, "reason": reason}
    since = kept.made_at if kept is not None else None
    new = seats.enter(
        draft,
        Answers(),
        network=there,
        by=by,
        at=at,
        before=before,
        by_staff=came[:500],
        kept_since=since,
    )
    invited_seats.taken_by(new, asked, at=at)
    guests.seated_anew(new, before, at=at)
    act = staff_acts.note(StaffAct.Kind.MOVED, new, by=by, at=at, reason=reason, before=stood, came_from=old)
    tell(emails.staff_acted, act, questions=len(answering.waiting_of(new)), at=at)
    waitlist.seat_from_waitlist(here, by=waitlist.WAITLIST, at=at)
    return new


def _drafted(old: Registration, there: Network, *, at: datetime) -> Registration:
    """Return what is taken along: where they work, their grades, whose designee they are, their party."""
    answers = Answers(
        grade_bands=old.grade_bands,
        leader_name=old.leader_name,
        leader_job=old.leader_job,
        leader_email=old.leader_email,
        party_size=old.party_size,
    )
    draft = seats.drafted(there, old.person, answers, at=at, origin=Registration.Origin.STAFF)
    draft.position = old.position
    return draft


def _to(network: Network, reason: str) -> str:
    words = _("Moved to %(network)s: %(reason)s")
    return (words % {"network": network, "reason": reason})[:500]


def _live(network: Network, registration: Registration) -> Registration:
    """Return a fresh copy of a live registration. Raises RegistrationRefused."""
    rows = network.registrations.select_related("person", "network", "position__organization__part_of")
    fresh = rows.get(pk=registration.pk)
    if not fresh.is_live:
        words = _("%(person)s isn't registered for %(network)s anymore.")
        raise RegistrationRefused(sentence=words % {"person": fresh.person, "network": network})
    return fresh
