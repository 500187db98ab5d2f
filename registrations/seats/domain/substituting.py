"""Sending a colleague to one meeting (docs/rules.md 4.12): asked, accepted, taken back; the seat stays.

The private link of the mail proves the address and signs nobody in.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Person, local_day
from partners.people.domain import addresses, positions
from partners.people.domain.organizations import Workplace
from registrations.models import ChosenWay, PlannedAbsence, Registration, Substitute
from registrations.models.seats.substitute import SubstituteQuerySet
from registrations.seats.domain import guests, seats
from registrations.seats.domain.calendar_revisions import raise_revisions
from registrations.seats.domain.reminding import take_back_from
from registrations.seats.domain.telling import tell
from registrations.seats.emails import substituting as emails
from registrations.seats.exceptions import GuestRefused, SubstituteOver, SubstituteRefused
from stemnet import jobs
from stemnet.limits import within_limit

A_DAY, MOST_A_DAY = 24 * 3600, 5
Outcome = Substitute.Outcome


@dataclass(frozen=True, kw_only=True)
class Who:
    """Who comes: the names as they want them, and where they work."""

    first_name: str
    last_name: str
    workplace: Workplace


@jobs.finishing()
@transaction.atomic
def ask(
    registration: Registration,
    meeting: Meeting,
    *,
    address: str,
    first_name: str,
    last_name: str,
    at: datetime,
) -> Substitute:
    """Ask a colleague to come to one meeting; the same address again changes nothing.

    Raises SubstituteRefused, and SubstituteOver for a meeting that has begun or was cancelled.
    """
    network = seats.lock_network(registration.network)
    registration = network.registrations.select_related("person", "network").get(pk=registration.pk)
    meeting = Meeting.objects.get(pk=meeting.pk)
    _check_theirs(registration, meeting)
    check_ahead(meeting, network, at=at)
    if registration.person.emails.filter(address=address).exists():
        raise SubstituteRefused(sentence=_("This is your own address. Type your colleague's address."))
    known = registration.substitutes.open().select_related("guest__registration__person")
    if found := known.filter(meeting=meeting).first():
        if found.address != address:
            words = _("You've asked %(name)s already. Take that back first.")
            raise SubstituteRefused(sentence=words % {"name": found.name})
        return found
    if not _may_ask(registration, at=at):
        raise SubstituteRefused(sentence=_("You've asked enough colleagues today. Try again tomorrow."))
    one = registration.substitutes.create(
        meeting=meeting, address=address, first_name=first_name, last_name=last_name, made_at=at
    )
    tell([registration], "substitute_asked", substitute=one.pk, at=at)
    return one


def _check_theirs(registration: Registration, meeting: Meeting) -> None:
    """Raise SubstituteRefused unless this is a meeting to which their seat lets them come."""
    if not registration.is_seated:
        raise SubstituteRefused(sentence=_("You don't have a seat in this network."))
    if registration.network.is_information_session:
        raise SubstituteRefused(sentence=_("Your colleague can register for this session themselves."))
    theirs = Registration.objects.filter(Registration.expected(meeting), pk=registration.pk)
    sent = Registration.objects.who_sent_somebody(meeting).filter(pk=registration.pk)
    if meeting.network_id != registration.network_id or not (theirs.exists() or sent.exists()):
        raise SubstituteRefused(sentence=_("This meeting isn't one of yours."))


def _may_ask(registration: Registration, *, at: datetime) -> bool:
    """Return whether one more colleague can be asked today; counts it."""
    who = str(registration.uid)
    return within_limit(what="substitute", client=who, most=MOST_A_DAY, seconds=A_DAY, at=at)


@jobs.finishing()
@transaction.atomic
def take_back(substitute: Substitute, *, at: datetime) -> None:
    """Let who asked come themselves; who had accepted is told. Twice does no harm.

    Raises SubstituteOver once the meeting has started.
    """
    network = seats.lock_network(substitute.registration.network)
    fresh = _fresh(substitute)
    if fresh.ended_at is not None:
        return
    check_ahead(fresh.meeting, network, at=at)
    came = fresh.guest
    if came is not None:
        _give_way_back(fresh)
        _come_again(fresh.registration, fresh.meeting, at=at)
    guests.end_substitute(fresh, Outcome.TAKEN_BACK, at=at)
    if came is not None:
        tell([came.registration], "guest_ended", guest=came.pk, at=at)


@jobs.finishing()
@transaction.atomic
def decline(substitute: Substitute, *, at: datetime) -> None:
    """Leave it to who asked, who is told; twice does no harm. Raises SubstituteOver."""
    network = seats.lock_network(substitute.registration.network)
    fresh = _fresh(substitute)
    if fresh.outcome == Outcome.DECLINED:
        return
    check_open(fresh, network, at=at)
    guests.end_substitute(fresh, Outcome.DECLINED, at=at)
    tell([fresh.registration], "substitute_answered", substitute=fresh.pk, at=at)


def accept(substitute: Substitute, who: Who, *, at: datetime) -> Registration:
    """Let the holder of the address that was asked come to the meeting; return their registration.

    Again it returns what it made. Raises SubstituteOver or SubstituteRefused; then nothing has changed.
    """
    fresh = _fresh(substitute)
    if fresh.is_coming and fresh.guest is not None:
        return fresh.guest.registration
    check_open(fresh, fresh.registration.network, at=at)
    person = addresses.claim_login(
        address=fresh.address, at=at, first_name=who.first_name, last_name=who.last_name
    )
    return _stand_in(fresh, person, who, at=at)


@jobs.finishing()
@transaction.atomic
def _stand_in(substitute: Substitute, person: Person, who: Who, *, at: datetime) -> Registration:
    """Let ``person`` come, and who asked stay away, under the lock; the place in the room goes along."""
    network = seats.lock_network(substitute.registration.network)
    fresh = _fresh(substitute)
    if fresh.is_coming and fresh.guest is not None:
        return fresh.guest.registration
    check_open(fresh, network, at=at)
    giver, meeting = fresh.registration, fresh.meeting
    Registration.objects.select_for_update().get(pk=giver.pk)  # whoever says they come after all holds it
    if person.pk == giver.person_id:
        raise SubstituteRefused(sentence=_("You can't be your own substitute."))
    position = positions.hold(person, workplace=who.workplace, on=local_day(at)) if who.workplace else None
    reason = _("Comes for %(name)s") % {"name": giver.person}
    try:
        guest = guests.begin(network, meeting, person, position=position, at=at, reason=reason)
    except GuestRefused as refused:
        raise SubstituteRefused(sentence=str(refused)) from refused
    fresh.guest, fresh.accepted_at = guest, at
    fresh.save(update_fields=["guest", "accepted_at"])
    _stay_away(giver, meeting, at=at)
    ChosenWay.objects.filter(registration=giver, meeting=meeting).update(registration=guest.registration)
    tell([guest.registration], "guest_coming", guest=guest.pk, at=at)
    tell([giver], "substitute_answered", substitute=fresh.pk, at=at)
    return guest.registration


def _stay_away(giver: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Write down that who sent somebody doesn't come."""
    said = PlannedAbsence.objects.get_or_create(registration=giver, meeting=meeting, defaults={"said_at": at})
    if said[1]:
        raise_revisions(giver.person, [meeting], at=at)
    take_back_from(giver, of=meeting)


def _come_again(giver: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Take back that they don't come."""
    if giver.planned_absences.filter(meeting=meeting).delete()[0]:
        raise_revisions(giver.person, [meeting], at=at)


def _give_way_back(substitute: Substitute) -> None:
    """Let the place in the room, or online, be that of who comes themselves."""
    if substitute.guest is not None:
        theirs = ChosenWay.objects.filter(
            registration=substitute.guest.registration_id, meeting=substitute.meeting_id
        )
        theirs.update(registration=substitute.registration_id)


def why_not(registration: Registration, meeting: Meeting, *, at: datetime) -> str:
    """Return why nobody can be sent to this meeting now, or nothing."""
    try:
        _check_theirs(registration, meeting)
        check_ahead(meeting, registration.network, at=at)
    except SubstituteRefused as refused:
        return str(refused)
    return ""


def substitute_of(token: str) -> Substitute | None:
    """Return what a signed link names, or None."""
    try:
        uid = signing.loads(token, salt=emails.SALT)
    except signing.BadSignature:
        return None
    return _with_all().filter(uid=uid).first()


def check_ahead(meeting: Meeting, network: Network, *, at: datetime) -> None:
    """Raise SubstituteOver unless the meeting is still to come."""
    try:
        guests.check_ahead(meeting, network, at=at)
    except GuestRefused as refused:
        raise SubstituteOver(sentence=str(refused)) from refused


def check_open(substitute: Substitute, network: Network, *, at: datetime) -> None:
    """Raise SubstituteOver unless the colleague can still accept."""
    giver = substitute.registration
    if substitute.is_coming:
        raise SubstituteOver(sentence=_("You've said that you're coming. You'll find it in My learning."))
    if substitute.outcome == Outcome.DECLINED:
        raise SubstituteOver(sentence=_("You said you can't come, so the link no longer works."))
    if substitute.outcome == Outcome.GIVEN_UP:
        words = _("You said you can't come after all. %(name)s can ask you again.")
        raise SubstituteOver(sentence=words % {"name": giver.person})
    if substitute.ended_at is not None or not giver.is_seated:
        words = _("%(name)s isn't sending anyone now.")
        raise SubstituteOver(sentence=words % {"name": giver.person})
    check_ahead(substitute.meeting, network, at=at)


def _fresh(substitute: Substitute) -> Substitute:
    return _with_all().get(pk=substitute.pk)


def _with_all() -> SubstituteQuerySet:
    return Substitute.objects.select_related(
        "registration__person", "registration__network", "meeting", "guest__registration__person"
    )
