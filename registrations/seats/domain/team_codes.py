"""A team that somebody registers who isn't signed in: their own address is proved by a code first."""

from datetime import datetime

from django.db import transaction

from meetings.models import Network
from partners.models import Organization, Person
from partners.people.domain import addresses
from partners.people.domain.organizations import Workplace
from registrations.models import Hold, Party
from registrations.seats.domain import mail_codes, parties, registering
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.parties import Member
from stemnet import jobs


def start_party(*, network: Network, answers: Answers, browser: str, client: str, at: datetime) -> Hold:
    """Keep what was typed and mail the code; no seat is kept and nobody is asked before it is typed.

    Raises PartyRefused, and what `registering.start_registration` raises.
    """
    parties.check_members(answers.team_kind, [one["address"] for one in answers.team])
    return registering.start_registration(
        network=network, answers=answers, browser=browser, client=client, at=at
    )


def confirm_party(*, hold: Hold, code: str, at: datetime) -> Party:
    """Register the people whom the holder of the address typed, if ``code`` is right.

    Raises CodeRefused, and what `parties.register_party` raises; then the form can be sent again.
    """
    mail_codes.check_code(hold, code, at=at)
    answers = Answers.from_json(hold.answers)
    lead = addresses.claim_login(
        address=hold.address, at=at, first_name=answers.first_name, last_name=answers.last_name
    )
    return _register(hold, answers, lead, at=at)


@jobs.finishing()
@transaction.atomic
def _register(hold: Hold, answers: Answers, lead: Person, *, at: datetime) -> Party:
    """Use the hold up and register its people, both or neither."""
    listed = Organization.objects.filter(pk=answers.organization or 0).first()
    party = parties.register_party(
        hold.network,
        uid=hold.uid,
        kind=answers.team_kind,
        workplace=Workplace(listed, "" if listed else answers.organization_words),
        members=[Member(**one) for one in answers.team],
        by=lead,
        at=at,
    )
    Hold.objects.filter(pk=hold.pk, used_at=None).update(used_at=at, answers={})
    return party


def party_of(hold: Hold, person: Person | None) -> Party | None:
    """Return the party that a code made which was used, for its lead."""
    return Party.objects.filter(uid=hold.uid, by=person).first() if hold.used_at and person else None
