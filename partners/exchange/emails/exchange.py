"""The e-mails about matches: the introduction of two partners, and what became of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.exchange.emails import why
from partners.models import (
    Contribution,
    Match,
    MatchChange,
    Need,
    Organization,
    Partnership,
    Person,
    local_day,
    writers_of,
)
from partners.people.emails import to_each
from stemnet import wording
from stemnet.outbox.queueing import queue
from stemnet.telling import afterwards

State = Match.State
TOLD = {
    (State.PROPOSED, State.CONFIRMED),
    (State.INTRODUCED, State.CONFIRMED),
    (State.INTRODUCED, State.DROPPED),
    (State.CONFIRMED, State.DROPPED),
}


def contacts(organization: Organization) -> list[Person]:
    """Return who writes for an organization: contacts and drafters with an address, each once."""
    people = writers_of(organization, on=local_day(timezone.now())).prefetch_related("emails")
    return [person for person in people if person.primary_address]


def in_copy() -> list[tuple[str, str]]:
    """Return address and language of the coordinators' office, else of every coordinator."""
    office = Partnership.objects.exclude(contact_email="").values_list("contact_email", flat=True).first()
    if office:
        return [(office.lower(), "en")]
    return [(one.primary_address, one.language) for one in Person.objects.coordinators()]


@afterwards
def introduced(match: Match, *, by: str, times: int, at: datetime) -> None:
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
            context = _introducing(match, sides, by=by)
        queue(
            key=f"introduced:{match.uid}:{times}:{address}"[:250],
            address=address,
            template="mail/partners/introduced",
            context=context,
            object=f"match:{match.uid}",
            language=language,
            headers=headers,
            at=at,
        )


@afterwards
def moved(change: MatchChange, *, at: datetime) -> None:
    """Tell both sides, but not who did it, that a match was confirmed, or is off."""
    match = change.match
    both = [*contacts(match.need.organization), *contacts(match.contribution.organization)]
    to_each(
        _each_once(both, but=change.by),
        "mail/partners/match_moved",
        lambda: {
            **_values(match),
            "confirmed": change.to_status == State.CONFIRMED,
            "reason": change.reason,
            "why": why.writes_for_one_of_two(),
        },
        key=f"match_moved:{match.uid}:{change.pk}",
        about=f"match:{match.uid}",
        at=at,
    )


def _introducing(match: Match, sides: list[list[Person]], *, by: str) -> dict[str, Any]:
    """Return what the introduction says."""
    values = _values(match)
    return {
        **values,
        "by": by,
        "needed": _needed(match.need),
        "offered": _offered(match.contribution),
        "sides": list(zip((values["taker"], values["giver"]), sides, strict=True)),
        "why": why.writes_for_one_of_two_or_coordinates(),
    }


def _values(match: Match) -> dict[str, Any]:
    """Return what every mail about a match says."""
    return {
        "taker": match.need.organization,
        "giver": match.contribution.organization,
        "category": match.need.category,
        "url": settings.SITE_URL + reverse("match", args=[match.uid]),
    }


def _needed(need: Need) -> str:
    """Say what is needed, where, for whom and by when."""
    said = need.detail or str(need.category)
    return "; ".join(
        [
            f"{said} ({need.school})" if need.school else said,
            *([_("grades %(grades)s") % {"grades": need.grades}] if need.grades else []),
            *([_("by %(day)s") % {"day": wording.day(need.wanted_by)}] if need.wanted_by else []),
        ]
    )


def _offered(one: Contribution) -> str:
    """Say what is offered, how much of it, when and on what conditions."""
    first, last = one.available_from, one.available_until
    return "; ".join(
        [
            one.detail or str(one.category),
            *([one.quantity] if one.quantity else []),
            *([_("from %(day)s") % {"day": wording.day(first)}] if first else []),
            *([_("until %(day)s") % {"day": wording.day(last)}] if last else []),
            *([one.conditions] if one.conditions else []),
        ]
    )


def _each_once(people: Iterable[Person], *, but: Person | None) -> list[Person]:
    """Return the people without doubles and without the one who acted."""
    found = {person.pk: person for person in people}
    if but is not None:
        found.pop(but.pk, None)
    return list(found.values())
