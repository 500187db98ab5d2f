"""Needs and contributions, and the matches that close gaps.

A gap is a need that no match ties to a contribution confirmed for that partner (docs/rules.md 9.3); it is
never stored, `Need.objects.gaps()` asks for it.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.exchange.domain import row_history
from partners.exchange.domain.schools import school_of
from partners.exchange.emails import exchange as letters
from partners.exchange.exceptions import ExchangeRefused
from partners.models import (
    Actor,
    Category,
    Contribution,
    Match,
    MatchChange,
    Need,
    Organization,
    Person,
    Stage,
    acted,
)
from stemnet import jobs
from stemnet.telling import tell

State = Match.State
LISTS = ("subjects", "standards")  # of a need
STEPS: dict[str, tuple[str, ...]] = {
    State.PROPOSED: (State.INTRODUCED, State.CONFIRMED, State.DROPPED),
    State.INTRODUCED: (State.CONFIRMED, State.DROPPED),
    State.CONFIRMED: (State.DELIVERED, State.DROPPED),
    State.DELIVERED: (State.CONFIRMED,),
    State.DROPPED: (State.PROPOSED,),
}


@transaction.atomic
def write_need(
    *, organization: Organization, category: Category, at: datetime, new_school: str = "", **fields: Any
) -> Need:
    """Write down what a partner lacks in one category. Raises ExchangeRefused unless it is a partner.

    ``new_school`` names one of its schools that is not in the list yet.
    """
    check_partner(organization)
    if new_school:
        fields["school"] = school_of(organization, new_school)
    lists = _lists(fields)
    need = Need(organization=organization, category=category, written_at=at, **fields)
    need.full_clean()
    need.save()
    _set_lists(need, lists)
    return need


@transaction.atomic
def write_contribution(
    *, organization: Organization, category: Category, at: datetime, **fields: Any
) -> Contribution:
    """Write down what a partner gives in one category. Raises ExchangeRefused unless it is a partner."""
    check_partner(organization)
    contribution = Contribution(organization=organization, category=category, written_at=at, **fields)
    contribution.full_clean()
    contribution.save()
    return contribution


def check_partner(organization: Organization) -> None:
    """Raise ExchangeRefused unless it is a partner, or is writing its part to become one."""
    if organization.stage not in (Stage.PARTNER, Stage.DRAFTING):
        raise ExchangeRefused(sentence=_("%(name)s isn't a partner.") % {"name": organization})


@transaction.atomic
def change_need(need: Need, *, by: Actor, at: datetime, new_school: str = "", **fields: Any) -> Need:
    """Change what an informal need says. Raises ExchangeRefused where the memorandum holds it."""
    if new_school:
        fields["school"] = school_of(need.organization, new_school)
    need = Need.objects.select_for_update().get(pk=need.pk)
    _change(need, fields, by=by, at=at)
    return need


@transaction.atomic
def change_contribution(
    contribution: Contribution, *, by: Actor, at: datetime, **fields: Any
) -> Contribution:
    """Change what an informal contribution says. Raises ExchangeRefused where the memorandum holds it."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    _change(contribution, fields, by=by, at=at)
    return contribution


def check_informal(row: Need | Contribution) -> None:
    """Raise ExchangeRefused where the row belongs to a part of the memorandum, or was withdrawn."""
    if row.role_id:
        raise ExchangeRefused(
            sentence=_("This is committed in the MOU. To change it, change your part of the MOU.")
        )
    if row.withdrawn_at:
        raise ExchangeRefused(sentence=_("This has been withdrawn."))


def _change(row: Need | Contribution, fields: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Write new words into an informal row and keep the old; with a live match its category stays."""
    check_informal(row)
    moved = "category" in fields and fields["category"] != row.category
    if moved and row.matches.exclude(state=State.DROPPED).exists():
        raise ExchangeRefused(
            sentence=_("It's already matched, so its category can't change. Add a new one instead.")
        )
    before, lists = row_history.row_words(row, fields), _lists(fields)
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    _set_lists(row, lists)
    row_history.keep_wording(row, before, by=by, at=at)


def _lists(fields: dict[str, Any]) -> dict[str, Any]:
    """Take what stands in rows of its own out of ``fields``, and return it."""
    return {name: fields.pop(name) for name in LISTS if name in fields}


def _set_lists(row: Need | Contribution, lists: dict[str, Any]) -> None:
    for name, rows in lists.items():
        getattr(row, name).set(rows)


@jobs.finishing()
@transaction.atomic
def withdraw_need(need: Need, *, by: Actor, at: datetime) -> None:
    """Take a need back; what was proposed for it is dropped."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    if need.withdrawn_at is None:
        need.withdrawn_at = at
        need.save(update_fields=["withdrawn_at"])
        drop_open(need.matches.all(), by=by, at=at, reason=_("The need was withdrawn."))


@jobs.finishing()
@transaction.atomic
def withdraw_contribution(contribution: Contribution, *, by: Actor, at: datetime) -> None:
    """Take a contribution back; what it had met becomes a gap again, and what was proposed is dropped."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.withdrawn_at is None:
        contribution.withdrawn_at = at
        contribution.save(update_fields=["withdrawn_at"])
        drop_open(contribution.matches.all(), by=by, at=at, reason=_("The contribution was withdrawn."))


def drop_open(matches: QuerySet[Match], *, by: Actor, at: datetime, reason: str) -> None:
    """Drop the matches that are neither delivered nor dropped."""
    for match in matches.exclude(state__in=[State.DELIVERED, State.DROPPED]):
        move_match(match, to=State.DROPPED, by=by, at=at, reason=reason)


@jobs.finishing()
@transaction.atomic
def propose_match(
    *, need: Need, contribution: Contribution, by: Actor, at: datetime, owner: Person | None = None
) -> Match:
    """Propose a contribution for a need; a dropped match is taken up again. Raises ExchangeRefused."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if need.withdrawn_at or contribution.withdrawn_at:
        raise ExchangeRefused(sentence=_("One of the two was withdrawn."))
    if need.category_id != contribution.category_id:
        raise ExchangeRefused(sentence=_("They're in different categories."))
    if need.organization_id == contribution.organization_id:
        raise ExchangeRefused(sentence=_("A partner can't be matched with itself."))
    check_sides(need, contribution)
    match, made = Match.objects.get_or_create(
        need=need, contribution=contribution, defaults={"owner": owner, "made_at": at}
    )
    if made:
        write_match_history(match, before="", by=by, at=at)
    elif match.state == State.DROPPED:
        move_match(match, to=State.PROPOSED, by=by, at=at)
    return match


@jobs.finishing()
@transaction.atomic
def move_match(match: Match, *, to: str, by: Actor, at: datetime, reason: str = "") -> Match:
    """Move a match one step; the same step twice changes nothing. Raises ExchangeRefused."""
    match = Match.objects.select_for_update().get(pk=match.pk)
    if match.state == to:
        return match
    if to not in STEPS[match.state]:
        raise ExchangeRefused(
            sentence=_("A match can't go from “%(now)s” to “%(then)s”.")
            % {"now": match.get_state_display(), "then": State(to).label}
        )
    if to == State.DROPPED and not reason.strip():
        raise ExchangeRefused(sentence=_("Say why you're dropping it."))
    if to in (State.INTRODUCED, State.CONFIRMED) and match.state != State.DELIVERED:
        check_sides(match.need, match.contribution)
    before, match.state = match.state, to
    match.save(update_fields=["state"])
    step_row = write_match_history(match, before=before, by=by, at=at, reason=reason)
    if (before, to) in letters.TOLD:
        tell(letters.moved, step_row, at=at)
    return match


def check_sides(need: Need, contribution: Contribution) -> None:
    """Raise ExchangeRefused where one of the two is a partner no more, so that no gap could be closed."""
    for side in (need.organization, contribution.organization):
        if side.stage == Stage.FORMER:
            raise ExchangeRefused(sentence=_("%(name)s is no longer a partner.") % {"name": side})


def write_match_history(
    match: Match, *, before: str, by: Actor, at: datetime, reason: str = ""
) -> MatchChange:
    """Write the row of history of a step."""
    return MatchChange.objects.create(
        match=match,
        from_status=before,
        to_status=match.state,
        at=at,
        reason=reason.strip()[:500],
        **acted(by),
    )
