"""Matches that the system proposes: same category, a region that is reached, a window that fits."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, product
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.models import Category, Contribution, Level, Match, Need, Organization

Row = TypeVar("Row", Need, Contribution)
AT_MOST = 5


@dataclass(frozen=True)
class Fit:
    """A contribution that may meet a need."""

    need: Need
    contribution: Contribution

    @property
    def why(self) -> str:
        """Say why, in the language of whoever reads it."""
        return fitting_reason(self.contribution, self.need)


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
) -> Iterator[Fit]:
    """Yield what fits these gaps or these contributions, at most 5 for each, in a fixed number of queries.

    The most pressing needs come first, of those what is near. Whoever wants few takes the first, and no more
    is compared. A pair that was matched before, also one that was dropped, is not proposed again.
    """
    if contributions is None:
        needs = list(needs or [])
        found = Contribution.objects.open().filter(category__in={need.category_id for need in needs})
        contributions = with_sides(found.defer("detail"))
        return _pairs(needs, contributions, today=today, by_need=True)
    contributions = list(contributions)
    gaps = Need.objects.gaps().filter(category__in={one.category_id for one in contributions})
    needs = with_sides(gaps.select_related("school").defer("detail"))
    return _pairs(needs, contributions, today=today, by_need=False)


def with_sides(rows: QuerySet[Row]) -> list[Row]:
    """Return needs or contributions with their organizations and categories, each of which is made once."""
    found = list(rows)
    partners = Organization.objects.in_bulk({one.organization_id for one in found})
    categories = Category.objects.in_bulk({one.category_id for one in found})
    for one in found:
        one.organization, one.category = partners[one.organization_id], categories[one.category_id]
    return found


def _pairs(
    needs: list[Need], contributions: list[Contribution], *, today: date, by_need: bool
) -> Iterator[Fit]:
    matched = Match.objects.filter(need__category__in={need.category_id for need in needs})
    known = set(matched.values_list("need_id", "contribution_id"))
    offered = _Offered(contributions)
    taken: Counter[int] = Counter()
    ordered = sorted(needs, key=lambda need: (need.priority, need.pk))
    for _priority, group in groupby(ordered, key=lambda need: need.priority):
        pressing = list(group)
        for near, need in product((True, False), pressing):
            for one in offered.for_need(need, near=near):
                key = need.pk if by_need else one.pk
                if taken[key] == AT_MOST:
                    if by_need:
                        break
                    continue
                if (need.pk, one.pk) not in known and fits(one, need, today=today):
                    taken[key] += 1
                    yield Fit(need, one)


class _Offered:
    """Contributions by category and place, so that those near a need are found without reading all."""

    def __init__(self, contributions: list[Contribution]) -> None:
        self._of: dict[tuple[int, str, str], list[Contribution]] = defaultdict(list)
        for one in sorted(contributions, key=lambda one: one.pk):
            for key in {(one.category_id, "", ""), *_places(one)}:
                self._of[key].append(one)

    def for_need(self, need: Need, *, near: bool) -> Iterable[Contribution]:
        """Return what is offered in its category, from its own region or city or from elsewhere."""
        places = _places(need)
        if near:
            found = {one.pk: one for key in places for one in self._of[key]}
            return [found[key] for key in sorted(found)]
        return (one for one in self._of[need.category_id, "", ""] if places.isdisjoint(_places(one)))


def _places(row: Need | Contribution) -> set[tuple[int, str, str]]:
    """Return the region and the city of a row's organization, each within its category."""
    named = (("region", row.organization.region), ("city", row.organization.city))
    return {(row.category_id, kind, name) for kind, name in named if name}


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
