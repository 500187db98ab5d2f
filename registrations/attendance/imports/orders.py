"""In which order a file writes day, month and year: the meeting's own day decides, no language does."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from registrations.attendance.imports.moments import Written, in_order, written

ORDERS = ("mdy", "dmy", "ymd")
TURNED = "ydm"  # what a spreadsheet program makes of a day first that it took for a month
NONE = "none"
FAR = 1_000_000


def said_in(columns: Iterable[Sequence[str]]) -> dict[str, Written]:
    """Return one moment of each day and hour that stands in columns, by its cell."""
    known: dict[str, tuple[str, Written]] = {}
    for cells in columns:
        heads = [cell.partition(":")[0] for cell in cells]
        odd = _add_read(known, dict(zip(heads, cells, strict=True)).items())
        if odd:  # other cells of the same hour may be moments
            _add_read(known, [one for one in zip(heads, cells, strict=True) if one[0] in odd])
    return dict(known.values())


def _add_read(known: dict[str, tuple[str, Written]], cells: Iterable[tuple[str, str]]) -> set[str]:
    """Note what cells say by the head that each has; return the heads of those that say nothing."""
    odd = set()
    for head, cell in cells:
        if head in known:
            continue
        if (said := written(cell)) is not None:
            known[head] = cell, said
        else:
            odd.add(head)
    return odd


def days_in(said: Iterable[Written], order: str) -> set[date] | None:
    """Return the days of moments read in ``order``; None where one would be no day at all."""
    days = set()
    for one in said:
        if one.numbers is not None:
            on = in_order(one, order)
            if on is None:
                return None
            days.add(on)
    return days


def fitting(said: Collection[Written], day: date, *, given: str | None = None) -> str:
    """Return the order in which the days of a file are next to ``day``; "none" where it has no dates."""
    if not any(one.numbers for one in said):
        return NONE
    if given:
        return given
    return min(possible(said) or ["mdy"], key=lambda order: _distance(said, order, day))


def possible(said: Collection[Written]) -> list[str]:
    """Return the orders in which every date of a file is a day."""
    dated = [one for one in said if one.numbers]
    if all(one.month or len(one.numbers[0]) == 4 for one in dated if one.numbers):
        orders: tuple[str, ...] = ("ymd", TURNED)
    else:
        orders = ORDERS
    return [order for order in orders if days_in(dated, order)]


def _distance(said: Collection[Written], order: str, day: date) -> int:
    days = days_in(said, order) or set()
    nearest = min((abs((on - day).days) for on in days), default=FAR)
    return FAR if order == TURNED and nearest else nearest
