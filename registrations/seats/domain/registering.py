"""Registering: at once for who is signed in, by a mailed code for who is not (docs/rules.md 4.4, 12.1)."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from meetings.models import Network, WorkingGroup
from partners.models import Actor, Person, local_day
from partners.people.domain import addresses
from registrations.models import Hold, Registration
from registrations.seats.domain import groups, holding, mail_codes, seats
from registrations.seats.domain.answers import Answers, position_of
from registrations.seats.emails import registering as emails
from registrations.seats.exceptions import CodeUsed, HoldExpired, RegistrationRefused


class Admission(NamedTuple):
    """What came of a code: the registration, and whether it is new."""

    registration: Registration
    is_new: bool


@transaction.atomic
def start_registration(
    *, network: Network, answers: Answers, browser: str, client: str, at: datetime
) -> Hold:
    """Keep what ``browser`` sent, and a seat where the limits allow it, and mail the code.

    What another browser sent for the same address stays as it is, with its own code and tries. ``client`` is
    the hashed address of the browser's network. Known, registered and waiting people are treated alike; a
    form sent twice within CODE_RESEND_SECONDS gets one code. Raises RegistrationClosed, Full or CodeRefused.
    """
    network = seats.lock_network(network)
    holding.give_up_others(network, address=answers.address, browser=browser, at=at)
    hold = network.holds.filter(address=answers.address, browser=browser).first() or Hold(
        network=network, address=answers.address, browser=browser, expires_at=at
    )
    live = hold.pk is not None and hold.used_at is None and hold.expires_at > at
    promised = live and hold.keeps_seat
    seats.check_open(network, at=hold.created_at if promised else at)
    if not promised:
        has_room = seats.has_room(network, at=at)
        hold.keeps_seat = has_room and holding.may_keep_a_seat(hold, client=client, at=at)
        if not has_room:
            seats.check_waitlist(network)
    if not live:
        hold.uid, hold.used_at, hold.created_at = uuid4(), None, at
        hold.expires_at = at + timedelta(minutes=settings.HOLD_MINUTES)
    if not promised:
        holding.take_seat(hold)
    hold.answers, hold.client = answers.as_json(), client
    if live and at - hold.sent_at < timedelta(seconds=settings.CODE_RESEND_SECONDS):
        hold.save()
        return hold
    mail_codes.check_limits(address=hold.address, client=client, at=at)
    mail_codes.send_code(hold, at=at)
    return hold


@transaction.atomic
def resend_code(hold: Hold, *, client: str, at: datetime) -> None:
    """Mail a new code for a live hold; the seat is kept no longer for it. Raises CodeRefused."""
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.used_at is not None:
        raise CodeUsed
    if hold.expires_at <= at:
        raise HoldExpired
    mail_codes.check_limits(address=hold.address, client=client, at=at, again=True)
    mail_codes.send_code(hold, at=at)


def confirm_registration(*, hold: Hold, code: str, at: datetime) -> Admission:
    """Turn a hold into person, login and registration, if ``code`` is right.

    A hold that was used gives its registration again, so that a code sent twice does no harm. Raises
    CodeRefused, and RegistrationClosed or Full where the network filled or closed and the hold keeps no seat.
    """
    hold.refresh_from_db(fields=["used_at", "expires_at"])
    mail_codes.check_code(hold, code, at=at)
    return _admit(hold, at=at)


@transaction.atomic
def _admit(hold: Hold, *, at: datetime) -> Admission:
    """Make person, login and registration in one transaction; of two at once, the second finds them."""
    network = seats.lock_network(hold.network)
    hold = network.holds.get(pk=hold.pk)
    if hold.used_at is not None:
        known = network.registrations.live().filter(person__emails__address=hold.address).first()
        if known is None:
            raise CodeUsed
        return Admission(known, is_new=False)
    answers = Answers.from_json(hold.answers)
    person = addresses.claim_address(
        address=hold.address,
        at=at,
        first_name=answers.first_name,
        last_name=answers.last_name,
        certificate_name=answers.certificate_name,
    )
    addresses.login_of(person, at=at)
    known = network.registrations.live().filter(person=person).first()
    if known is None:
        admission = Admission(_enter(network, person, answers, by=person, at=at, hold=hold), is_new=True)
    else:
        seats.release_seat(hold, at=at)
        admission = Admission(known, is_new=False)
    Hold.objects.filter(pk=hold.pk).update(used_at=at, answers={})
    return admission


@transaction.atomic
def register_person(*, network: Network, person: Person, answers: Answers, at: datetime) -> Registration:
    """Register somebody who is signed in, at once. Raises RegistrationClosed, AlreadyRegistered or Full."""
    network = seats.lock_network(network)
    proved = person.emails.filter(verified_at__isnull=False).values("address")
    hold = network.holds.occupying(at).filter(address__in=proved).first()
    correct_names(person, answers)
    return _enter(network, person, answers, by=person, at=at, hold=hold)


def correct_names(person: Person, answers: Answers) -> None:
    """Take over the names that somebody signed in typed about themselves."""
    names = ("first_name", "last_name", "certificate_name")
    typed = {name: getattr(answers, name) for name in names if getattr(answers, name)}
    changed = [name for name, value in typed.items() if getattr(person, name) != value]
    if changed:
        for name in changed:
            setattr(person, name, typed[name])
        person.save(update_fields=changed)


def _enter(
    network: seats.Locked, person: Person, answers: Answers, *, by: Actor, at: datetime, hold: Hold | None
) -> Registration:
    """Write position, registration and group, and tell the person and the leader."""
    registration = seats.register(
        network=network,
        person=person,
        answers=answers,
        by=by,
        at=at,
        hold=hold,
        position=position_of(person, answers, on=local_day(at)),
    )
    group = network.working_groups.filter(pk=answers.group).first() if answers.group else None
    if group is not None and groups.has_room(group):
        groups.join_group(registration, group, at=at)
    tell_new_registration(registration, full_group=groups.filled_up(registration, answers.group), at=at)
    return registration


def tell_new_registration(
    registration: Registration, *, at: datetime, full_group: WorkingGroup | None = None
) -> None:
    """Queue the mail about a new registration: seat or place in line, and to the leader of a designee.

    ``full_group`` is the working group that was asked for and filled up meanwhile.
    """
    if registration.is_seated:
        emails.registered(registration, full_group=full_group, at=at)
    else:
        place = seats.place_in_line(registration)
        automatic = seats.seats_are_automatic(registration.network, at=at)
        emails.waiting(registration, place=place, automatic=automatic, full_group=full_group, at=at)
    if registration.leader_email:
        emails.leader_told(registration, at=at)


def refusal(network: Network, *, at: datetime) -> RegistrationRefused | None:
    """Return why nobody can register now, or None; asked before a form is shown."""
    try:
        seats.check_open(network, at=at)
        seats.check_room(network, at=at)
    except RegistrationRefused as refused:
        return refused
    return None
