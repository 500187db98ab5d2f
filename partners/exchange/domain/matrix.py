"""The matrix: partners by categories, who needs and who gives what, counted in one query.

See docs/rules.md 9.3.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField as Text
from django.db.models import Count, Q, QuerySet, Value

from partners.models import (
    Category,
    Contribution,
    Match,
    Need,
    Organization,
    Person,
    Stage,
    Standard,
    sees_needs,
)


@dataclass(frozen=True)
class Cell:
    """What one partner needs and gives in one category: numbers of needs and of contributions."""

    gaps: int = 0
    needs_confirmed: int = 0
    needs_delivered: int = 0
    offers: int = 0
    gives_confirmed: int = 0
    gives_delivered: int = 0
    unused: int = 0

    @property
    def needs(self) -> int:
        """Return all its needs, met or not."""
        return self.gaps + self.needs_confirmed + self.needs_delivered

    @property
    def contributions(self) -> int:
        """Return all its contributions, taken up or not."""
        return self.offers + self.gives_confirmed + self.gives_delivered

    def in_public(self) -> "Cell":
        """Return the cell without what tells of others' needs."""
        return Cell(offers=self.contributions)

    def is_in(self, state: str) -> bool:
        """Return whether something is in a state; "needed" is every need, "offered" every contribution."""
        numbers = {
            "gap": self.gaps,
            "needed": self.needs,
            "offered": self.contributions,
            "confirmed": self.needs_confirmed + self.gives_confirmed,
            "delivered": self.needs_delivered + self.gives_delivered,
        }
        return bool(numbers.get(state, 1))


Cells = dict[tuple[int, int], Cell]


@dataclass(frozen=True)
class MatrixLine:
    """What there is to say of one category: who has gaps, who alone gives, whose contribution is unused."""

    category: Category
    gaps: list[Organization]
    givers: list[Organization]
    unused: list[Organization]

    @property
    def single_giver(self) -> Organization | None:
        """Return the one partner that gives, where it is the only one."""
        return self.givers[0] if len(self.givers) == 1 else None


@dataclass(frozen=True)
class Matrix:
    """Partners and categories with something in their cells; what is empty is named beside.

    ``everyone`` and ``all_cells`` are what stands there before it is narrowed: whether a partner gives alone,
    or a contribution is unused, is said of all partners. The figures are those of ``sector_cells``, whatever
    state of cells is shown.
    """

    partners: list[Organization]
    categories: list[Category]
    cells: Cells
    everyone: list[Organization]
    all_cells: Cells
    sector_cells: Cells
    idle: list[Category] = field(default_factory=list)
    silent: list[Organization] = field(default_factory=list)

    def cell(self, partner: Organization, category: Category) -> Cell | None:
        """Return the cell of a partner and a category, where there is something in it."""
        return self.cells.get((partner.pk, category.pk))

    @property
    def gaps(self) -> int:
        """Return all needs that nobody was confirmed to meet."""
        return sum(cell.gaps for cell in self.sector_cells.values())

    @property
    def needs(self) -> int:
        """Return all needs."""
        return sum(cell.needs for cell in self.sector_cells.values())

    @property
    def contributions(self) -> int:
        """Return all contributions."""
        return sum(cell.contributions for cell in self.sector_cells.values())

    def lines(self) -> list[MatrixLine]:
        """Return what there is to say of each category that is shown, of all partners."""
        return [self._line(category) for category in self.categories]

    def _line(self, category: Category) -> MatrixLine:
        found = [(one, cell) for one in self.everyone if (cell := self.all_cells.get((one.pk, category.pk)))]
        return MatrixLine(
            category,
            gaps=[one for one, cell in found if cell.gaps],
            givers=[one for one, cell in found if cell.contributions],
            unused=[one for one, cell in found if cell.unused],
        )


def build(
    person: Person | None, *, sector: str = "", state: str = "", subject: str = "", standard: str = ""
) -> Matrix:
    """Return the matrix as ``person`` may see it.

    Or only partners of one sector, cells in one state, or needs on a subject or a part of a standard's code.
    """
    everyone = list(Organization.objects.partners().order_by("plain_name", "pk"))
    rows = [one for one in everyone if sector in ("", one.sector)]
    keys, sees = {one.pk for one in rows}, sees_needs(person)
    counted = cells(person, subject=subject, standard=standard)
    seen = {key: cell if sees else cell.in_public() for key, cell in counted.items()}
    of_sector = {key: cell for key, cell in seen.items() if key[0] in keys}
    known = {key: cell for key, cell in of_sector.items() if cell.is_in(state)}
    having, used = ({key[side] for key in known} for side in (0, 1))
    writing, written = ({key[side] for key in seen} for side in (0, 1))
    categories = list(Category.objects.all())
    told = sees and not state
    return Matrix(
        partners=[one for one in rows if one.pk in having],
        categories=[one for one in categories if one.pk in used],
        cells=known,
        everyone=everyone,
        all_cells=seen,
        sector_cells=of_sector,
        idle=[one for one in categories if told and one.active and one.pk not in written],
        silent=[one for one in rows if told and one.pk not in writing],
    )


def cells(person: Person | None, *, subject: str = "", standard: str = "") -> Cells:
    """Count the needs and contributions that ``person`` may see, by partner and category, in one query."""
    wanted = Need.objects.visible_to(person).open()
    if subject:
        wanted = wanted.filter(subjects__code=subject)
    if standard:
        about = Need.objects.filter(standards__in=Standard.objects.tied_by_part(standard).values("pk"))
        wanted = wanted.filter(pk__in=about.values("pk"))
    needs = count_by_partner(wanted, side="need", other="contribution")
    gives = count_by_partner(
        Contribution.objects.visible_to(person).open(), side="contribution", other="need"
    )
    found: dict[tuple[int, int], dict[str, int]] = {}
    for row in needs.union(gives, all=True):
        numbers = found.setdefault((row["organization_id"], row["category_id"]), {})
        numbers.update(_of_need(row) if row["side"] == "need" else _of_contribution(row))
    return {key: Cell(**numbers) for key, numbers in found.items()}


def count_by_partner(rows: QuerySet[Any], *, side: str, other: str) -> QuerySet[Any]:
    """Group needs or contributions by partner and category, and count how far their matches are.

    The matches are asked for by IN, which PostgreSQL hashes once; EXISTS inside a count runs for every row.
    """
    standing = {f"{other}__withdrawn_at": None, f"{other}__organization__stage": Stage.PARTNER}
    ends = Match.objects.filter(**standing).order_by().values(f"{side}_id")
    delivered = Q(pk__in=ends.filter(state=Match.State.DELIVERED))
    confirmed = Q(pk__in=ends.filter(state=Match.State.CONFIRMED))
    tied = Q(pk__in=ends.exclude(state=Match.State.DROPPED))
    found: QuerySet[Any] = (
        rows.order_by()
        .values("organization_id", "category_id")
        .annotate(
            side=Value(side, output_field=Text()),
            number=Count("pk"),
            delivered=Count("pk", filter=delivered),
            confirmed=Count("pk", filter=confirmed & ~delivered),
            untied=Count("pk", filter=~tied),
        )
    )
    return found


def _of_need(row: dict[str, int]) -> dict[str, int]:
    return {
        "gaps": row["number"] - row["delivered"] - row["confirmed"],
        "needs_confirmed": row["confirmed"],
        "needs_delivered": row["delivered"],
    }


def _of_contribution(row: dict[str, int]) -> dict[str, int]:
    return {
        "offers": row["number"] - row["delivered"] - row["confirmed"],
        "gives_confirmed": row["confirmed"],
        "gives_delivered": row["delivered"],
        "unused": row["untied"],
    }
