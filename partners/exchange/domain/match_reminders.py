"""A match is followed to "delivered": where it stood still for 30 days, its people are asked how it goes.

Whoever gives is asked whether they confirm; of a confirmed one both partners are asked whether it was
delivered, 30 days after it could be had. Each step is asked about once, a person gets one mail a day, and
what is long overdue is left alone, so that a clock that stood still does not mail everyone
(docs/rules.md 13.2).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import TypeAlias, TypedDict
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django_stubs_ext import WithAnnotations

from partners.exchange.emails import exchange as addresses
from partners.exchange.emails import match_reminders as letters
from partners.models import Match, Organization, Person, Stage, is_night, local_day, zone_of_partnership
from stemnet.outbox.queueing import Letter, prepare_many, put

State = Match.State
STILL = timedelta(days=30)
GRACE = timedelta(days=14)


def sweep_matches(*, at: datetime) -> int:
    """Queue what is to be asked at ``at``; return how many mails."""
    if is_night(at):
        return 0
    today = local_day(at)
    due = [match for match, day in standing_still(today=today) if is_match_due(match, day, today=today)]
    mails = prepare_many([*letters_about(due, today=today)], at=at)
    with transaction.atomic():
        put(mails, at=at)
        Match.objects.filter(pk__in=[match.pk for match in due]).update(reminded_on=today)
    return len(mails)


class Moved(TypedDict):
    """When a match took its newest step; None where it took none since it was made."""

    moved_at: datetime | None


FollowedMatch: TypeAlias = "WithAnnotations[Match, Moved]"


def standing_still(*, today: date, organization: Organization | None = None) -> list[tuple[Match, date]]:
    """Return the open matches between present partners to ask about, each with the day that brought it."""
    rows = Match.objects.live().exclude(state=State.DELIVERED)
    rows = rows.filter(
        need__organization__stage=Stage.PARTNER, contribution__organization__stage=Stage.PARTNER
    )
    if organization:
        rows = rows.of(organization)
    found = rows.annotate(moved_at=Max("changes__at")).select_related(
        "need__organization", "need__category", "contribution__organization"
    )
    zone = zone_of_partnership()
    days = [(match, asked_from(match, zone=zone)) for match in found.order_by("pk")]
    return [(match, day) for match, day in days if day <= today]


def asked_from(match: FollowedMatch, *, zone: ZoneInfo) -> date:
    """Return the day from which on one asks how a match goes, 30 days after its newest step."""
    moved_at = match.moved_at or match.made_at
    begun = match.contribution.available_from if match.state == State.CONFIRMED else None
    return max(local_day(moved_at, zone), begun or date.min) + STILL


def is_match_due(match: Match, day: date, *, today: date) -> bool:
    """Return whether its day came lately, and nobody was asked since."""
    return today - GRACE < day and (match.reminded_on is None or match.reminded_on < day)


def asked_about(match: Match) -> list[Organization]:
    """Return the partners to ask: whoever gives, and of a confirmed one both."""
    giver, taker = match.contribution.organization, match.need.organization
    return [giver, taker] if match.state == State.CONFIRMED else [giver]


def letters_about(due: list[Match], *, today: date) -> Iterable[Letter]:
    """Yield one letter for each person about all their matches."""
    found: dict[int, tuple[Person, list[Match]]] = {}
    contacts = cache(addresses.contacts)
    for match in due:
        asked = [person for organization in asked_about(match) for person in contacts(organization)]
        for person in dict.fromkeys(asked):
            found.setdefault(person.pk, (person, []))[1].append(match)
    for person, matches in found.values():
        yield letters.how_it_goes(person, matches, today=today)
