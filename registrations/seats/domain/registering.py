"""Registering: at once for who is signed in, by a mailed code for who is not (docs/rules.md 4.4, 12.1)."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from meetings.models import Network
from partners.models import Person
from partners.people.domain import addresses
from registrations.models import Hold, Registration
from registrations.seats.domain import holding, limits, mail_codes, seats, telling, waitlist
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.entering import Admission, Coming
from registrations.seats.domain.occupancy import SeatedNetwork
from registrations.seats.domain.verdicts import verdict_of
from registrations.seats.exceptions import RegistrationRefused


def start_registration(
    *, network: Network, answers: Answers, browser: str, client: str, at: datetime
) -> Hold:
    """Keep what ``browser`` sent, and a seat where the limits allow it, and mail the code.

    What another browser sent for the same address stays as it is, with its own code and tries. ``client`` is
    the hashed address of the browser's network. Known, registered and waiting people are treated alike; a
    form sent twice within CODE_RESEND_SECONDS gets one code. Raises RegistrationClosed, Full or CodeRefused.
    """
    hold, has_code = _keep(network=network, answers=answers, browser=browser, client=client, at=at)
    if not has_code:
        mail_codes.send_code(hold, at=at)
    return hold


@transaction.atomic
def _keep(
    *, network: Network, answers: Answers, browser: str, client: str, at: datetime
) -> tuple[Hold, bool]:
    """Keep what was typed, and a seat, under the lock; return the hold, and whether its code just went."""
    network = seats.lock_network(network)
    known = list(network.holds.filter(Q(address=answers.address) | Q(browser=browser)))
    holding.give_up([one for one in known if one.address != answers.address], at=at)
    same = [one for one in known if one.address == answers.address]
    hold = next((one for one in same if one.browser == browser), None) or Hold(
        address=answers.address, browser=browser, expires_at=at, sent_at=at
    )
    hold.network = network
    live = hold.pk is not None and hold.used_at is None and hold.expires_at > at
    promised = live and hold.keeps_seat and not seats.moved(hold, answers)
    seen = seats.look(network, at=at)
    closes_at = seen.closes_with(seen.first_starts_at)
    seats.check_is_open(seen, closes_at=closes_at, at=hold.created_at if promised else at)
    if not promised:
        found = verdict_of(seen, answers, at=at, locked=True)
        is_free = found.seat and found.reservation is None  # a reserved one is kept anyway
        hold.keeps_seat = is_free and not answers.team and holding.may_keep_a_seat(hold, client=client, at=at)
        if not found.seat:
            seats.check_line(seen, waiting=lambda: seen.waiting, found=found)
    has_code = live and hold.code_hash and at - hold.sent_at < timedelta(seconds=settings.CODE_RESEND_SECONDS)
    if not has_code:
        mail_codes.check_limits(address=hold.address, client=client, at=at)
    if not live:
        hold.uid, hold.used_at, hold.created_at, hold.code_hash = uuid4(), None, at, ""
        hold.expires_at = at + timedelta(minutes=settings.HOLD_MINUTES)
    if not promised:
        holding.take_seat(hold, others=[one for one in same if one.pk != hold.pk])
    hold.answers, hold.client = answers.as_json(), client
    hold.save()
    return hold, bool(has_code)


def resend_code(hold: Hold, *, client: str, at: datetime) -> None:
    """Mail a new code for a live hold; the seat is kept no longer for it. Raises CodeRefused."""
    hold.refresh_from_db()
    mail_codes.check_usable(hold, at=at)
    mail_codes.check_limits(address=hold.address, client=client, at=at, again=True)
    mail_codes.send_code(hold, at=at)


def confirm_registration(*, hold: Hold, code: str, at: datetime) -> Admission:
    """Turn a hold into person, login and registration, if ``code`` is right.

    A hold that was used gives its registration again, so that a code sent twice does no harm. Raises
    CodeRefused, and RegistrationClosed or Full where the network filled or closed and the hold keeps no seat.
    """
    mail_codes.check_code(hold, code, at=at)
    return admit(hold, at=at)


def admit(hold: Hold, *, at: datetime) -> Admission:
    """Register the holder of an address that was just proved, as `confirm_registration` does."""
    answers = Answers.from_json(hold.answers)
    if not seats.keeps_seat(hold, at=at) and hold.used_at is None:
        seats.check_takes(seats.look(hold.network, at=at), at=at)
    person = addresses.claim_login(
        address=hold.address,
        at=at,
        first_name=answers.first_name,
        last_name=answers.last_name,
        certificate_name=answers.certificate_name,
    )
    return Coming.as_asked(hold.network, person, answers, at=at, hold=hold, uses_hold=True).admit()


def register_person(*, network: Network, person: Person, answers: Answers, at: datetime) -> Registration:
    """Register somebody who is signed in, at once. Raises RegistrationClosed, AlreadyRegistered or Full."""
    proved = [email.address for email in person.emails.all() if email.verified_at]
    hold = network.holds.occupying(at).filter(address__in=proved).first()
    names = take_names(person, answers)
    coming = Coming.as_asked(network, person, answers, at=at, hold=hold, names=names)
    return coming.admit().registration


def correct_names(person: Person, answers: Answers) -> None:
    """Take over the names that somebody signed in typed about themselves."""
    if changed := take_names(person, answers):
        person.save(update_fields=changed)


def take_names(person: Person, answers: Answers) -> list[str]:
    """Give ``person`` the names that they typed about themselves; return which fields are to be saved."""
    names = ("first_name", "last_name", "certificate_name")
    typed = {name: getattr(answers, name) for name in names if getattr(answers, name)}
    changed = [name for name, value in typed.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, typed[name])
    return changed


def tell_new_registration(registration: Registration, *, at: datetime) -> None:
    """Let somebody be told of their new registration: a seat, or which place in line."""
    if registration.is_seated:
        telling.tell([registration], "registered", at=at)
    else:
        place = seats.place_in_line(registration)
        automatic = waitlist.seats_are_automatic(registration.network, at=at)
        blocked = str(limits.said_of(registration) or "")
        telling.tell([registration], "waiting", place=place, automatic=automatic, blocked=blocked, at=at)


def refusal(seen: SeatedNetwork, *, at: datetime, person: Person | None = None) -> RegistrationRefused | None:
    """Return why nobody can register now, or None; asked before a form is shown."""
    try:
        seats.check_takes(seen, at=at, person=person)
    except RegistrationRefused as refused:
        return refused
    return None
