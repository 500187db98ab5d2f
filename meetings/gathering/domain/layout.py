"""When each item of an agenda begins: items flow from the start of the meeting around its breaks.

A break has a time of its own, which the rule of credit knows, and an item has only a length. An item that
would run into a break begins after it. All numbers are whole minutes from the start of the meeting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Line:
    """One line of an agenda: the key of an item or a break, its length, and when it begins.

    ``slack`` is the time to spare before it.
    """

    key: int
    minutes: int
    is_break: bool = False
    start: int = 0
    slack: int = 0

    @property
    def end(self) -> int:
        """Return when it ends."""
        return self.start + self.minutes


def laid_out(items: Sequence[Line], breaks: Iterable[Line]) -> list[Line]:
    """Return the items in their order around the breaks, which have their start; each with its start."""
    fixed = sorted(breaks, key=lambda one: one.start)
    lines: list[Line] = []
    now = 0
    for item in items:
        while fixed and now + item.minutes > fixed[0].start:
            now = _put(lines, fixed.pop(0), now)
        lines.append(replace(item, start=now))
        now += item.minutes
    for one in fixed:
        now = _put(lines, one, now)
    return lines


def _put(lines: list[Line], pause: Line, now: int) -> int:
    """Add a break to ``lines``, at its own time; return when it ends."""
    lines.append(replace(pause, slack=max(0, pause.start - now)))
    return max(now, pause.end)


def settled(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` in this order with the times that follow from it.

    A break directly behind something follows it. One with time to spare before it keeps its time, while that
    is not too early and nothing that stands behind it would fit into that time.
    """
    told: list[Line] = []
    now = 0
    for number, line in enumerate(lines):
        start = now
        if line.is_break and line.slack and line.start >= now:
            behind = next((one.minutes for one in lines[number + 1 :] if not one.is_break), None)
            if behind is None or now + behind > line.start:
                start = line.start
        told.append(replace(line, start=start, slack=start - now))
        now = start + line.minutes
    return told


def moved(lines: Sequence[Line], line: Line, *, before: Line | None) -> list[Line]:
    """Return ``lines`` with ``line`` before another, or at the end."""
    rest = [one for one in lines if one != line]
    number = rest.index(before) if before is not None else len(rest)
    return settled([*rest[:number], replace(line, slack=0), *rest[number:]])


def length(lines: Sequence[Line]) -> int:
    """Return when the last of ``lines`` ends."""
    return lines[-1].end if lines else 0
