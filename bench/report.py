"""What was measured, written down: JSON, a table and plots."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bench import machine, plots
from bench.targets import TARGETS, middle
from bench.works.work import Records

ORDER = ("ours", "floor", "peer", "before")
GROWING = ("ms of work", "statements", "MB of the largest process beside before")
PLOTS = (
    ("rates", "How many a second: more is better", ": a second"),
    ("work", "Milliseconds of work each: less is better", ": ms of work"),
    ("statements", "Statements each: fewer are better", ": statements"),
)
VERDICTS = {True: "yes", False: "**no**", None: "not known"}


def number(value: float | None) -> str:
    """Return a figure with as many places as one reads."""
    if value is None:
        return ""
    return (
        f"{value:,.0f}"
        if abs(value) >= 100 or value == int(value)
        else f"{value:.2g}"
        if abs(value) < 1
        else f"{value:.1f}"
    )


def table(records: Records) -> str:
    """Return the table of all figures, in the order in which they were measured."""
    figures = list(dict.fromkeys(figure for side in ORDER for figure in records.sides.get(side, {})))
    lines = [
        "| what | ours | floor | peer | before | ours / floor | target | met |",
        "|---|---:|---:|---:|---:|---:|---|---|",
    ]
    for figure in figures:
        values = {side: middle(records.sides, side, figure) for side in ORDER}
        ours, floor = values["ours"], values["floor"]
        ratio = f"{ours / floor:.2f}" if ours is not None and floor else ""
        targets = TARGETS.get(figure, [])
        words = "; ".join(target.words for target in targets)
        met = "; ".join(VERDICTS[target.is_met(records.sides, figure)] for target in targets)
        cells = [figure, *(number(values[side]) for side in ORDER), ratio, words, met]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", *(f"- failed or not there: {fault}" for fault in records.faults)]
    return "\n".join(lines).rstrip() + "\n"


def shapes(records: Records) -> str:
    """Return the statements of each act, grouped."""
    lines = []
    for what, counts in records.shapes.items():
        lines.append(f"\n{what}")
        lines += [f"{times:>6} x {shape}" for shape, times in counts.items()]
    return "\n".join(lines) + "\n"


def growth(records: Records, people: int, grown: dict[int, Records]) -> str:
    """Return how our own figures change with the number of people, and which grow by more than 1.3 times."""
    if not grown:
        return ""
    sizes = {people: records, **grown}
    ordered = sorted(sizes)
    lines = [
        "",
        "| ".join(
            ["", "with so many people ", *(f"{size:,} " for size in ordered), "grows ", "at most 1.3 |"]
        ),
        "|---|" + "---:|" * (len(ordered) + 1) + "---|",
    ]
    for figure in grown[min(grown)].sides["ours"]:
        values = [middle(sizes[size].sides, "ours", figure) for size in ordered]
        if not figure.endswith(GROWING) or None in values:
            continue
        ratio = values[-1] / values[0] if values[0] else 0.0
        judged = VERDICTS[ratio <= 1.3] if figure.endswith("ms of work") else ""
        cells = [figure, *map(number, values), f"{ratio:.2f}", judged]
        lines.append("| " + " | ".join(cells) + " |")
    faults = [
        f"- failed or not there with {size:,}: {fault}" for size in grown for fault in grown[size].faults
    ]
    return "\n".join([*lines, "", *faults]).rstrip() + "\n"


def write(records: Records, folder: Path, *, people: int, grown: dict[int, Records]) -> None:
    """Write all of it into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    on = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "people": people, **machine.described()}
    facts = {
        "on": on,
        "sides": records.sides,
        "faults": records.faults,
        "shapes": records.shapes,
        "growth": {size: one.sides for size, one in grown.items()},
    }
    (folder / "bench.json").write_text(json.dumps(facts, indent=1) + "\n")
    (folder / "table.md").write_text(table(records) + growth(records, people, grown))
    for name, title, ending in PLOTS:
        bars = {
            figure.removesuffix(ending): {side: middle(records.sides, side, figure) for side in ORDER}
            for figure in records.sides.get("ours", {})
            if figure.endswith(ending)
        }
        if bars:
            (folder / f"{name}.svg").write_text(plots.bars(title, bars))
