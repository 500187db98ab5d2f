"""Whether somebody works where they say: anybody can say so, a contact or a coordinator confirms it.

Who was refused waits 30 days before they ask again. Only a confirmed position opens what partners need, and
names anybody in the directory. A lead contact sees the name of whoever asked to be confirmed, and of nobody
else.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partners.models import NotHere, Organization, Person, Position, by_name
from partners.models.people.confirmation_refusal import NotHereQuerySet
from partners.models.people.position import PositionQuerySet
from partners.people.emails import confirming as letters
from partners.people.exceptions import AnsweredMeanwhile, ConfirmationRefused
from stemnet import jobs
from stemnet.telling import tell
from stemnet.wording import day

REST = timedelta(days=30)


@dataclass(frozen=True)
class Claims:
    """Where somebody says they work, at partners, confirmed by nobody.

    What can be asked, what waits, and what was refused, with the day from which on it can be asked again.
    """

    to_ask: list[Position]
    waiting: list[Position]
    refused: list[tuple[Position, date]]


def claims_of(person: Person | None, *, today: date) -> Claims:
    """Return the positions at partners that nobody confirmed."""
    if person is None:
        return Claims([], [], [])
    rows = list(_claimed(person, today).select_related("organization"))
    return _sorted(person, rows, today)


@jobs.finishing()
@transaction.atomic
def ask_to_confirm(person: Person, *, at: datetime, today: date) -> list[Position]:
    """Ask whoever answers for each partner where ``person`` says they work. Raises ConfirmationRefused.

    Who was refused asks again 30 days later, or once a contact or a coordinator lets them.
    """
    held = _claimed(person, today).filter(asked_at=None).select_related("organization")
    claims = _sorted(person, list(held.select_for_update(of=("self",))), today)
    if not claims.to_ask:
        raise ConfirmationRefused(sentence=_why_not(claims))
    for row in claims.to_ask:
        row.asked_at = at
        row.save(update_fields=["asked_at"])
        tell(letters.asked, row, at=at)
    return claims.to_ask


@jobs.finishing()
@transaction.atomic
def confirm_position(
    organization: Organization, person: Person, *, by: Person, at: datetime, today: date
) -> None:
    """Confirm that ``person`` works at ``organization`` or a part of it. Raises ConfirmationRefused."""
    for row in _held(organization, person, today, confirmed_at=None):
        row.confirmed_at, row.confirmed_by = at, by
        row.save(update_fields=["confirmed_at", "confirmed_by"])
    tell(letters.confirmed, organization, person, at=at)


@transaction.atomic
def refuse(organization: Organization, person: Person, *, by: Person, at: datetime, today: date) -> None:
    """Say that ``person`` does not work there, also where it was confirmed. Raises ConfirmationRefused."""
    for row in _held(organization, person, today):
        row.asked_at = row.confirmed_at = row.confirmed_by = None
        row.is_contact = False
        row.save(update_fields=["asked_at", "confirmed_at", "confirmed_by", "is_contact"])
    NotHere.objects.create(person=person, organization=organization, by=by, at=at, again_on=today + REST)


@jobs.finishing()
@transaction.atomic
def name_contact(
    organization: Organization, person: Person, *, by: Person, at: datetime, today: date
) -> None:
    """Let somebody who was confirmed write for the partner, with no part. Raises ConfirmationRefused."""
    rows = person.positions.staying(today).filter(organization=organization, confirmed_at__isnull=False)
    row = rows.select_for_update(of=("self",)).order_by("pk").first()
    if row is None:
        raise ConfirmationRefused(sentence=_("First confirm that they work there."))
    if not row.is_contact:
        row.is_contact = True
        row.save(update_fields=["is_contact"])
        tell(letters.named_contact, organization, person, by=by, at=at)


@transaction.atomic
def unname_contact(
    organization: Organization, person: Person, *, by: Person, at: datetime, today: date
) -> None:
    """Let somebody write for the partner no longer; they stay confirmed. Raises ConfirmationRefused."""
    rows = person.positions.speaking(today).filter(organization=organization)
    held = list(rows.select_for_update(of=("self",)))
    if not held:
        raise AnsweredMeanwhile
    for row in held:
        row.is_contact = False
        row.save(update_fields=["is_contact"])


@transaction.atomic
def let_ask_again(
    organization: Organization, person: Person, *, by: Person, at: datetime, today: date
) -> None:
    """Let somebody who was refused ask again at once. Raises ConfirmationRefused."""
    rows = list(refused_at(organization, today=today).filter(person=person).select_for_update(of=("self",)))
    if not rows:
        raise AnsweredMeanwhile
    for row in rows:
        row.lifted_by, row.lifted_at = by, at
        row.save(update_fields=["lifted_by", "lifted_at"])


def refused_at(organization: Organization, *, today: date) -> NotHereQuerySet:
    """Return who was said not to work there or at a part of it, and has to wait, the latest first."""
    here = Q(organization=organization) | Q(organization__part_of=organization)
    return NotHere.objects.resting(today).filter(here).order_by("-at", "-pk")


def positions_waiting(*, today: date) -> PositionQuerySet:
    """Return the positions whose people asked and wait, who asked first at the top."""
    asked = Position.objects.staying(today).filter(asked_at__isnull=False, confirmed_at=None)
    return asked.exclude(organization=None).order_by("asked_at", "pk")


def confirmed_at(organization: Organization, *, today: date) -> PositionQuerySet:
    """Return the positions there that somebody confirmed, by name."""
    rows = Position.objects.staying(today).filter(confirmed_at__isnull=False).at(organization)
    return rows.order_by(*by_name("person__"), "pk")


def for_list(rows: QuerySet[Position]) -> QuerySet[Position]:
    """Fetch what a list shows of each position, in two queries."""
    return rows.select_related("person", "organization", "confirmed_by").prefetch_related("person__emails")


def _claimed(person: Person, today: date) -> PositionQuerySet:
    """Return the positions that ``person`` claims at partners."""
    claimed: PositionQuerySet = person.positions.staying(today).unconfirmed_at_partners().order_by("pk")
    return claimed


def _sorted(person: Person, rows: list[Position], today: date) -> Claims:
    """Return claims by what can be done with each."""
    resting = dict(
        person.not_here.resting(today).order_by("again_on").values_list("organization", "again_on")
    )
    claims = Claims([], [], [])
    for row in rows:
        above = row.organization.part_of_id if row.organization else None
        days = [resting[key] for key in (row.organization_id, above) if key in resting]
        if row.asked_at:
            claims.waiting.append(row)
        elif days:
            claims.refused.append((row, max(days)))
        else:
            claims.to_ask.append(row)
    return claims


def _why_not(claims: Claims) -> str:
    """Say why nobody can be asked."""
    if not claims.refused:
        return _("First go to your profile and say which partner you work for.")
    row, again_on = claims.refused[0]
    return _(
        "%(name)s said that you don't work there. You can ask again on %(day)s, or sooner if "
        "its contact or a coordinator lets you."
    ) % {"name": row.organization, "day": day(again_on)}


def _held(organization: Organization, person: Person, today: date, **columns: None) -> list[Position]:
    """Hold the rows that can be judged: of people who asked or were confirmed. Raises ConfirmationRefused."""
    rows = person.positions.staying(today).at(organization).filter(**columns)
    shown = [row for row in rows.select_for_update(of=("self",)) if row.asked_at or row.confirmed_at]
    if not shown:
        raise AnsweredMeanwhile
    return shown
