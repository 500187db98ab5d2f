"""Where people work, and linking what was typed to an organization that is listed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from partners.models import Organization, Person, Position
from partners.people.domain.organizations import Workplace
from partners.people.exceptions import PositionRefused
from stemnet.plain_names import plain_name

MOST_AT_ONCE = 10


@transaction.atomic(savepoint=False)
def hold(person: Person, *, workplace: Workplace, job: str = "", title: str = "", on: date) -> Position:
    """Return the position that ``person`` holds there on ``on``: a new one, or the old one with this job."""
    current = person.positions.select_for_update().current(on)
    if workplace.organization:
        known = current.filter(organization=workplace.organization).first()
    else:
        known = current.filter(
            organization=None, plain_organization_words=plain_name(workplace.words)
        ).first()
    if known is None:
        return Position.objects.create(
            person=person,
            organization=workplace.organization,
            organization_words="" if workplace.organization else workplace.words,
            job=job,
            title=title,
            started_on=on,
        )
    if (job and job != known.job) or (title and title != known.title):
        known.job, known.title = job or known.job, title or known.title
        known.save(update_fields=["job", "title"])
    return known


@dataclass(frozen=True)
class Unlisted:
    """Words that people typed for an organization that is not listed, and how many did."""

    words: str
    people: int


def unlisted(words: str = "") -> list[Unlisted]:
    """Return the words that wait to be linked, those of most people first; or only these ``words``."""
    waiting = Position.objects.unlinked()
    if words:
        waiting = waiting.filter(plain_organization_words=plain_name(words))
    rows = (
        waiting.values("plain_organization_words")
        .annotate(people=Count("person", distinct=True), words=Min("organization_words"))
        .order_by("-people", "plain_organization_words")
    )
    return [Unlisted(words=row["words"], people=row["people"]) for row in rows]


@transaction.atomic
def link(words: str, *, organization: Organization, remember: bool = False) -> int:
    """Give every position with the same words, however they are written, its organization; return how many.

    ``remember`` keeps the words as another name, so that the next one who types them finds it.
    """
    if remember:
        _remember(words, organization)
    same = Position.objects.unlinked().filter(plain_organization_words=plain_name(words))
    rows = list(same.select_for_update())
    for position in rows:  # one by one, so that the history has each
        position.organization = organization
        position.save(update_fields=["organization"])
    return len(rows)


def newest(person: Person, *, on: date) -> Position | None:
    """Return the position that ``person`` took last of those held on ``on`` and not left on it."""
    return person.positions.staying(on).select_related("organization").order_by("-pk").first()


def others(person: Person, *, on: date) -> list[Position]:
    """Return what else ``person`` holds beyond ``on``, beside the newest, which the profile shows."""
    first = newest(person, on=on)
    rows = person.positions.staying(on).select_related("organization")
    return [one for one in rows.order_by("-pk") if one != first]


def named_earlier(person: Person, *, on: date) -> list[Position]:
    """Return what ``person`` has left and is still named at, on a page that everyone sees."""
    rows = person.positions.filter(public=True, ended_on__lte=on).exclude(organization=None)
    return list(rows.select_related("organization").order_by("-ended_on", "-pk"))


def unname(person: Person, key: int) -> Position:
    """Name ``person`` no longer on the page of where a position is or was. Raises PositionRefused."""
    position = person.positions.select_related("organization").filter(pk=key, public=True).first()
    if position is None:
        raise PositionRefused(sentence=_("Your name isn't shown there."))
    position.public = False
    position.save(update_fields=["public"])
    return position


@transaction.atomic
def add_position(person: Person, *, workplace: Workplace, job: str, title: str, on: date) -> Position:
    """Return one more position that ``person`` holds, beside the others. Raises PositionRefused."""
    if person.positions.current(on).count() >= MOST_AT_ONCE:
        raise PositionRefused(
            sentence=_("You already work at %(number)s places. First say which one you left.")
            % {"number": MOST_AT_ONCE}
        )
    return _held_on(hold(person, workplace=workplace, job=job, title=title, on=on), on=on)


@transaction.atomic
def leave_position(person: Person, key: int, *, on: date) -> Position:
    """End one of ``person``'s own positions on ``on``. Raises PositionRefused where it is over already."""
    held = person.positions.select_for_update(of=("self",)).staying(on)
    position = held.select_related("organization").filter(pk=key).first()
    if position is None:
        raise PositionRefused(sentence=_("You already left there."))
    position.ended_on = on
    position.save(update_fields=["ended_on"])
    return position


@transaction.atomic
def move_position(
    person: Person, old: Position | None, *, workplace: Workplace, job: str, title: str, on: date
) -> None:
    """Change the job at ``old``, or end it on ``on`` and begin at another workplace."""
    same = old is not None and (old.organization, old.organization_words) == (
        workplace.organization,
        workplace.words,
    )
    if old is not None and same:
        old.job, old.title = job, title
        old.save(update_fields=["job", "title"])
        return
    if old is not None:
        old.ended_on = on
        old.save(update_fields=["ended_on"])
    if workplace:
        _held_on(hold(person, workplace=workplace, job=job, title=title, on=on), on=on)


def _held_on(position: Position, *, on: date) -> Position:
    """Hold on to a position that was ended by a slip earlier the same day."""
    if position.ended_on == on:
        position.ended_on = None
        position.save(update_fields=["ended_on"])
    return position


def present(position: Position | None, *, stakeholder_group: str, public: bool) -> None:
    """Keep what the person stands for there, and whether they want to be named in the directory."""
    if position is None or (position.stakeholder_group, position.public) == (stakeholder_group, public):
        return
    position.stakeholder_group, position.public = stakeholder_group, public
    position.save(update_fields=["stakeholder_group", "public"])


def _remember(words: str, organization: Organization) -> None:
    """Keep the words as another name, unless it has that name."""
    plain = plain_name(words)
    if plain != organization.plain_name and not organization.aliases.filter(plain_name=plain).exists():
        organization.aliases.create(name=words)
