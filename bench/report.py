"""What was measured, written down: JSON, a table and plots."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bench import machine
from bench.targets import TARGETS, middle
from bench.works.work import Records

ORDER = ("ours", "floor", "peer", "before")
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


def write(records: Records, folder: Path, *, people: int) -> None:
    """Write all of it into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    on = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "people": people, **machine.described()}
    facts = {"on": on, "sides": records.sides, "faults": records.faults, "shapes": records.shapes}
    (folder / "bench.json").write_text(json.dumps(facts, indent=1) + "\n")
    (folder / "table.md").write_text(table(records))
