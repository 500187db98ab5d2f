"""Coming to an information session: no code and no login, a confirmation by mail (docs/rules.md 4.6)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Outsider, local_day
from partners.people.domain import addresses
from registrations.seats.domain import mail_codes, registering, seats
from registrations.seats.domain.answers import Answers, position_of
from stemnet import jobs
from stemnet.exceptions import CodeRefused


@jobs.finishing()
@transaction.atomic
def attend_session(*, network: Network, answers: Answers, client: str, at: datetime) -> None:
    """Register an unproved address for an information session, and mail what came of it.

    Nothing comes back, and a known person is not changed, so that nothing about anyone is said. The same
    address again does nothing. Raises RegistrationClosed, Full or CodeRefused, for known and unknown
    addresses alike.
    """
    network = seats.lock_network(network)
    seats.check_open(network, at=at)
    mail_codes.check_forms(client=client, at=at)
    _check_party(network, answers, client=client, at=at)
    seats.check_room(network, answers, at=at)
    _note(network, answers, client=client, at=at)
    names = {"first_name": answers.first_name, "last_name": answers.last_name}
    person, is_new = addresses.holder_or_new(answers.address, **names)
    if network.registrations.live().filter(person=person).exists():
        return
    registration = seats.register(
        network=network,
        person=person,
        answers=answers,
        by=Outsider(str(person)),
        at=at,
        position=position_of(person, answers, on=local_day(at)) if is_new else None,
    )
    registering.tell_new_registration(registration, at=at)


def _check_party(network: Network, answers: Answers, *, client: str, at: datetime) -> None:
    """Raise CodeRefused if one client asks for too many seats within an hour: nobody has proved an address.

    What was typed is counted, not what came of it, so that the answer says nothing about anyone.
    """
    asked = network.holds.filter(client=client, sent_at__gt=at - timedelta(hours=1), code_hash="")
    others = asked.exclude(address=answers.address).values_list("answers", flat=True)
    seats_asked = sum(Answers.from_json(typed).party_size for typed in others) + answers.party_size
    share = network.seats * settings.SESSION_PERCENT_PER_CLIENT // 100
    if seats_asked > max(settings.SESSION_SEATS_PER_CLIENT, share):
        raise CodeRefused(
            sentence=_(
                "Too many seats have been requested from your location. If more of you are coming, "
                "write to the contact."
            )
        )


def _note(network: Network, answers: Answers, *, client: str, at: datetime) -> None:
    """Note that a form came from ``client``, and for how many, as long as limits look back."""
    used = {"client": client, "created_at": at, "sent_at": at, "expires_at": at, "used_at": at}
    typed = {"party_size": answers.party_size}
    network.holds.update_or_create(
        address=answers.address, browser=client, defaults={**used, "answers": typed}
    )
