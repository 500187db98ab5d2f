"""Matches that the system proposes: same category, a region that is reached, a window that fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from partners.models import Contribution, Level, Match, Need, Organization

AT_MOST = 5


@dataclass(frozen=True)
class Fit:
    """A contribution that may meet a need, and why."""

    need: Need
    contribution: Contribution
    why: str


def reaches(giver: Organization, taker: Organization) -> bool:
    """Return whether a partner gives in the region of another; state and national bodies reach everywhere."""
    return giver.level != Level.LOCAL or not giver.region or not taker.region or giver.region == taker.region


def in_window(contribution: Contribution, need: Need, *, today: date) -> bool:
    """Return whether the contribution has not ended, and begins before the need is to be met."""
    ended = contribution.available_until is not None and contribution.available_until < today
    begins, wanted = contribution.available_from, need.wanted_by
    return not ended and (begins is None or wanted is None or begins <= wanted)


def fits(contribution: Contribution, need: Need, *, today: date) -> bool:
    """Return whether the one may meet the other."""
    return (
        contribution.category_id == need.category_id
        and contribution.organization_id != need.organization_id
        and reaches(contribution.organization, need.organization)
        and in_window(contribution, need, today=today)
    )


def fits_for(
    *, needs: Iterable[Need] | None = None, contributions: Iterable[Contribution] | None = None, today: date
) -> list[Fit]:
    """Return what fits these gaps or these contributions, at most 5 for each, in a fixed number of queries.

    A pair that was matched before, also one that was dropped, is not proposed again.
    """
    if contributions is None:
        needs = list(needs or [])
        contributions = _contributions({need.category_id for need in needs})
        return _pairs(needs, list(contributions), today=today, by_need=True)
    contributions = list(contributions)
    gaps = (
        Need.objects.gaps()
        .filter(category__in={one.category_id for one in contributions})
        .select_related("organization", "category", "school")
    )
    return _pairs(list(gaps), contributions, today=today, by_need=False)


def _contributions(categories: set[int]) -> list[Contribution]:
    found = Contribution.objects.open().filter(category__in=categories)
    return list(found.select_related("organization", "category"))


def _pairs(needs: list[Need], contributions: list[Contribution], *, today: date, by_need: bool) -> list[Fit]:
    known = set(
        Match.objects.filter(Q(need__in=needs) & Q(contribution__in=contributions)).values_list(
            "need_id", "contribution_id"
        )
    )
    by_category: dict[int, list[Contribution]] = {}
    for one in contributions:
        by_category.setdefault(one.category_id, []).append(one)
    found = [
        Fit(need, one, fitting_reason(one, need))
        for need in needs
        for one in by_category.get(need.category_id, [])
        if (need.pk, one.pk) not in known and fits(one, need, today=today)
    ]
    found.sort(key=lambda fit: (fit.need.priority, not _near(fit), fit.need.pk, fit.contribution.pk))
    return _first(found, by_need=by_need)


def _first(found: list[Fit], *, by_need: bool) -> list[Fit]:
    """Return at most 5 fits for each need, or for each contribution."""
    taken: dict[int, int] = {}
    kept = []
    for fit in found:
        key = fit.need.pk if by_need else fit.contribution.pk
        taken[key] = taken.get(key, 0) + 1
        if taken[key] <= AT_MOST:
            kept.append(fit)
    return kept


def _near(fit: Fit) -> bool:
    giver, taker = fit.contribution.organization, fit.need.organization
    return bool((giver.region and giver.region == taker.region) or (giver.city and giver.city == taker.city))


def fitting_reason(contribution: Contribution, need: Need) -> str:
    """Say why the one may meet the other."""
    giver, taker = contribution.organization, need.organization
    said = [_("same category")]
    if giver.region and giver.region == taker.region:
        said.append(_("same region"))
    elif giver.level != Level.LOCAL:
        said.append(
            _("available anywhere in the state") if giver.level == Level.STATE else _("available anywhere")
        )
    if need.wanted_by:
        said.append(_("available when it's needed"))
    return ", ".join(said)
