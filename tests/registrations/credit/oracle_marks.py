"""What marks prove, slowly, from docs/rules.md 6.1 and 6.6 alone, by somebody who had not read the code."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.registrations.credit import oracle
from tests.registrations.credit.oracle import Span, Ticks

BY_HAND = {"staff", "lead", "all_present", "walk_in", "sheet"}
TOOLS_AND_DOOR = {"import", "kiosk"}
OWN_PHONE = {"self"}


def deciding(marks: Sequence[Any]) -> list[Any]:
    """Return the marks that decide what was seen: by hand, else tools and the door, else own phones."""
    for kinds in (BY_HAND, TOOLS_AND_DOOR, OWN_PHONE):
        of_kind = [mark for mark in marks if mark.source in kinds]
        if of_kind:
            return of_kind
    return []


def spans_of(mark: Any, window: Span) -> Ticks:
    """Return when a mark saw somebody: from start to end where no times were typed, without being out."""
    if mark.seen != "present":
        return oracle.NEVER
    away = [(datetime.fromisoformat(out), datetime.fromisoformat(back)) for out, back in mark.away]
    return oracle.ticks([(mark.arrived_at or window[0], mark.left_at or window[1])]) - oracle.ticks(away)


def count_marks(meetings: Sequence[tuple[Any, Sequence[Any]]], rule: Any) -> list[oracle.Counted]:
    """Return what each meeting gives one person by their marks there; no tick counts at two of them.

    Those of the network's topic come first, then those that start first."""
    found: dict[int, oracle.Counted] = {}
    used: Ticks = oracle.NEVER
    numbered = list(enumerate(meetings))
    for number, (session, marks) in sorted(
        numbered, key=lambda one: (oracle.is_on_another_topic(one[1][0]), one[1][0].window[0], one[0])
    ):
        decide = deciding(marks)
        seen = frozenset().union(*(spans_of(mark, session.window) for mark in decide))
        found[number] = oracle.count(
            session,
            seen,
            rule,
            presenting=any(mark.presenting and mark.seen == "present" for mark in decide),
            elsewhere=used,
            made_up=sum(mark.minutes for mark in marks if mark.source == "make_up"),
        )
        used |= found[number].used
    return [found[number] for number in range(len(meetings))]
