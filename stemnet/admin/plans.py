"""What an act will do to a selection: planned in parts, shown on a page, kept in a file by a job."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from stemnet.admin.acts import Act, Asking, Letter, Line, Repair

SHOWN = 200  # rows of a plan that are shown, and can be left out one by one
LETTERS = 5  # mails that can be read before they go
TOGETHER = 500


@dataclass
class Plan:
    """The rows that it will be done to, as each stands, and how the first of them are shown.

    ``mailed`` are the addresses of the rows that are not shown.
    """

    rows: list[tuple[int, str]] = field(default_factory=list)
    going: list[Line] = field(default_factory=list)
    skipped: list[Line] = field(default_factory=list)
    all_skipped: int = 0
    mailed: set[str] = field(default_factory=set)
    letters: list[Letter] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Add what happens to one row."""
        if line.skipped:
            self.all_skipped += 1
            self.skipped += [line] if len(self.skipped) < SHOWN else []
            return
        self.rows.append((line.pk, line.seen))
        if len(self.going) < SHOWN:
            self.going.append(line)
        else:
            self.mailed.update(line.mails)

    def number(self, left_out: Iterable[int]) -> int:
        """Return to how many rows it is done, without those that are left out."""
        out = set(left_out)
        return sum(pk not in out for pk, _seen in self.rows)

    def mails(self, left_out: Iterable[int]) -> int:
        """Return how many addresses get a mail."""
        out = set(left_out)
        return len(self.mailed.union(*(line.mails for line in self.going if line.pk not in out)))


def ordered(act: Act, rows: QuerySet[Any]) -> list[int]:
    """Return the keys of ``rows`` in the order of the act's page."""
    return list(dict.fromkeys(act.rows(rows).values_list("pk", flat=True)))


def made(
    act: Act, rows: QuerySet[Any], keys: Sequence[int], *, asking: Asking, reach: Callable[[int], None]
) -> Plan:
    """Plan ``act`` for the rows of these keys, in parts; ``reach`` hears how many were looked at."""
    plan = Plan()
    for part in _parts(keys):
        found = {row.pk: row for row in act.rows(rows.filter(pk__in=part))}
        here = [found[key] for key in part if key in found]
        for line in act.plan(here, asking=asking) if here else []:
            plan.take(line)
            if not line.skipped and len(plan.rows) <= LETTERS:
                letter = act.letter(found[line.pk], asking=asking)
                plan.letters += [letter] if letter else []
        reach(len(part))
    return plan


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), TOGETHER):
        yield keys[start : start + TOGETHER]


def as_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as it is kept in a file."""
    return {
        "rows": plan.rows,
        "going": [_line_out(line) for line in plan.going],
        "skipped": [_line_out(line) for line in plan.skipped],
        "all_skipped": plan.all_skipped,
        "mailed": sorted(plan.mailed),
        "letters": [[one.to, one.subject, list(map(str, one.lines)), one.action] for one in plan.letters],
    }


def from_json(kept: dict[str, Any]) -> Plan:
    """Return a plan that was kept."""
    return Plan(
        rows=[(pk, seen) for pk, seen in kept["rows"]],
        going=[_line_in(line) for line in kept["going"]],
        skipped=[_line_in(line) for line in kept["skipped"]],
        all_skipped=kept["all_skipped"],
        mailed=set(kept["mailed"]),
        letters=[Letter(*one) for one in kept["letters"]],
    )


def _line_out(line: Line) -> dict[str, Any]:
    return {
        "pk": line.pk,
        "name": line.name,
        "seen": line.seen,
        "note": _out(line.note),
        "cells": [_out(cell) for cell in line.cells],
        "mails": list(line.mails),
        "skipped": str(line.skipped),
        "why": str(line.why),
        "repair": [str(line.repair.label), line.repair.url] if line.repair else None,
    }


def _line_in(kept: dict[str, Any]) -> Line:
    repair, note, cells = kept["repair"], _in(kept["note"]), [_in(cell) for cell in kept["cells"]]
    return Line(**{**kept, "note": note, "cells": cells, "repair": Repair(*repair) if repair else None})


def _out(cell: Any) -> list[Any]:
    """Return a cell as text, and whether it is markup that the act made."""
    return [str(cell), isinstance(cell, SafeString)]


def _in(kept: list[Any]) -> str:
    words, is_markup = kept
    return mark_safe(words) if is_markup else str(words)  # noqa: S308 - kept by the same act, in our own file
