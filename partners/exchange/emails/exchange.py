"""The e-mails about matches: the introduction of two partners, and what became of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.memorandum.emails.mou import coordinators
from partners.models import (
    Actor,
    Match,
    MatchChange,
    Organization,
    Partnership,
    Person,
    writers_of,
)
from stemnet.domain import mail
from stemnet.emails import one_line

State = Match.State
TOLD = {
    (State.PROPOSED, State.CONFIRMED),
    (State.INTRODUCED, State.CONFIRMED),
    (State.INTRODUCED, State.DROPPED),
    (State.CONFIRMED, State.DROPPED),
}


def contacts(organization: Organization) -> list[Person]:
    """Return who writes for an organization: contacts and drafters with an address, each once."""
    people = writers_of(organization, on=timezone.localdate()).prefetch_related("emails")
    return [person for person in people if person.primary_address]


def in_copy() -> list[tuple[str, str]]:
    """Return address and language of the coordinators' office, else of every coordinator."""
    office = Partnership.objects.exclude(contact_email="").values_list("contact_email", flat=True).first()
    if office:
        return [(office.lower(), "en")]
    return [(one.primary_address, one.language) for one in coordinators()]


def introduced(match: Match, *, by: Actor, times: int, at: datetime) -> None:
    """Send one mail to both partners with the coordinator in copy.

    The outbox knows one address a row: each reader gets a row of its own, whose To, Cc and Reply-To name
    everybody, so that an answer to all goes to all.
    """
    sides = [contacts(match.need.organization), contacts(match.contribution.organization)]
    readers = {one.primary_address: one.language for side in sides for one in side}
    copies = {address: language for address, language in in_copy() if address not in readers}
    headers = {"To": ", ".join(readers), "Reply-To": ", ".join([*readers, *copies])}
    if copies:
        headers["Cc"] = ", ".join(copies)
    for address, language in {**readers, **copies}.items():
        with override(language):
            why = _(
                "You get this because you write for one of the two partners, or coordinate the partnership."
            )
        mail.queue(
            key=f"introduced:{match.uid}:{times}:{address}"[:250],
            address=address,
            template="mail/partners/introduced",
            context={"match": match, "by": by, "sides": sides, "url": address_of(match), "why": why},
            object=f"match:{match.uid}",
            language=language,
            headers=headers,
            at=at,
        )


def moved(change: MatchChange, *, by: Actor) -> None:
    """Tell both sides, but not who did it, that a match was confirmed, or is off."""
    if (change.from_status, change.to_status) not in TOLD:
        return
    match = change.match
    both = [*contacts(match.need.organization), *contacts(match.contribution.organization)]
    for person in _each_once(both, but=by):
        with override(person.language):
            why = _("You get this because you write for one of the two partners.")
        mail.queue(
            key=f"match_moved:{match.uid}:{change.pk}:{person.uid}",
            address=person.primary_address,
            template="mail/partners/match_moved",
            context=_said(change, person) | {"why": why},
            recipient=str(person.uid),
            object=f"match:{match.uid}",
            language=person.language,
            at=change.at,
        )


def address_of(match: Match) -> str:
    """Return the full address of the page of a match."""
    return settings.SITE_URL + reverse("match", args=[match.uid])


def _said(change: MatchChange, person: Person) -> dict[str, Any]:
    match = change.match
    return {
        "person": person,
        "match": match,
        "change": change,
        "confirmed": change.to_status == State.CONFIRMED,
        "subject_of": one_line(str(match.need.category)),
        "url": address_of(match),
    }


def _each_once(people: Iterable[Person], *, but: Actor) -> list[Person]:
    """Return the people without doubles and without the one who acted."""
    found = {person.pk: person for person in people}
    if isinstance(but, Person):
        found.pop(but.pk, None)
    return list(found.values())
