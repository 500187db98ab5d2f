"""What becomes of each visitor of a report: who it is and by which rule, left out, or a question."""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.attendance.domain.report_people import MAIL, People, Someone, keys_of
from registrations.attendance.imports.amounts import Seconds, clipped
from registrations.attendance.imports.lines import Doubt, Kind
from registrations.attendance.imports.visits import Visitor

REMEMBERED_KINDS = (Kind.PERSON, Kind.ROOM, Kind.BOT)  # telephones and devices are another's the next time
Decision = Mapping[str, Any]  # who: uids of registrations; minutes; out; remember
UNDECIDED: Decision = {}


class What(StrEnum):
    """What becomes of a visitor."""

    ASK = "ask"
    COUNTS = "counts"
    OUT = "out"
    ELSEWHEN = "elsewhen"

    @property
    def label(self) -> str | Promise:
        """Return the words for it."""
        return WHAT_WORDS[self]


WHAT_WORDS = {
    What.ASK: _("To decide"),
    What.COUNTS: _("Matched"),
    What.OUT: _("Left out"),
    What.ELSEWHEN: _("Not during the meeting"),
}


class How(StrEnum):
    """How we know who it is, or why we don't."""

    ADDRESS = "address"
    REMEMBERED = "remembered"
    NAME = "name"
    BY_HAND = "by_hand"
    NOBODY = "nobody"
    SEVERAL = "several"
    NO_SEAT = "no_seat"
    NO_PERSON = "no_person"
    MINUTES = "minutes"
    NO_TIMES = "no_times"

    @property
    def label(self) -> str | Promise:
        """Return the words for it."""
        return HOW_WORDS[self]


FOUND = (How.ADDRESS, How.REMEMBERED, How.NAME)
HOW_WORDS = {
    How.ADDRESS: _("by e-mail address"),
    How.REMEMBERED: _("remembered from an earlier report"),
    How.NAME: _("by name"),
    How.BY_HAND: _("decided by hand"),
    How.NOBODY: _("Nobody here has this name or address."),
    How.SEVERAL: _("Several people have this name."),
    How.NO_SEAT: _("This person has no seat in this network yet."),
    How.NO_PERSON: _("This doesn't look like one person's name."),
    How.MINUTES: _("The report doesn't say exactly how long they were there."),
    How.NO_TIMES: _("The report has no times for them, so nothing can be credited."),
}


class Match(NamedTuple):
    """One visitor with what becomes of them; ``people`` are several where they sat at one connection."""

    visitor: Visitor
    what: What
    how: How
    people: Sequence[Someone] = ()
    minutes: int | None = None

    @property
    def id(self) -> str:
        """Return the short name of the visitor in forms and addresses."""
        return hashlib.sha256(self.visitor.key.encode()).hexdigest()[:16]

    @property
    def is_range(self) -> bool:
        """Return whether only a person can say how many minutes count."""
        return is_range(self.visitor)

    @property
    def can_be_remembered(self) -> bool:
        """Return whether a decision holds for later reports, too: nobody knows whose telephone it is then."""
        return self.visitor.kind in REMEMBERED_KINDS

    @property
    def asks_for_people(self) -> bool:
        """Return whether somebody has to say who it is."""
        return self.what == What.ASK and self.how != How.MINUTES


def is_range(visitor: Visitor) -> bool:
    """Return whether a report doesn't say when somebody was there, at most for how long."""
    return bool(visitor.review)


def match_all(visitors: Sequence[Visitor], people: People, decisions: Mapping[str, Decision]) -> list[Match]:
    """Return what becomes of each visitor; asks the database nothing."""
    return [match(visitor, people, decisions.get(visitor.key, UNDECIDED)) for visitor in visitors]


def match(visitor: Visitor, people: People, decision: Decision) -> Match:
    """Return what becomes of one visitor: as somebody decided, else by the rules."""
    if decision.get("out"):
        return Match(visitor, What.OUT, How.BY_HAND)
    if visitor.review == Doubt.NO_TIMES:
        return Match(visitor, What.OUT, How.NO_TIMES)
    if visitor.high == 0:
        return Match(visitor, What.ELSEWHEN, How.NOBODY)
    minutes = decision.get("minutes")
    if decision and (chosen := people.chosen(decision.get("who", []))):
        return counted(visitor, How.BY_HAND, chosen, minutes)
    how, found = looked_up(visitor, people)
    if how == How.REMEMBERED and not found:
        return Match(visitor, What.OUT, How.REMEMBERED)
    if how in FOUND:
        return counted(visitor, how, found, minutes)
    return Match(visitor, What.ASK, how, found)


def counted(visitor: Visitor, how: How, people: Sequence[Someone], minutes: int | None) -> Match:
    """Return a visitor who counts, once somebody said for how long where the report doesn't."""
    if is_range(visitor) and minutes is None:
        return Match(visitor, What.ASK, How.MINUTES, people)
    return Match(visitor, What.COUNTS, how, people, minutes)


def looked_up(visitor: Visitor, people: People) -> tuple[How, Sequence[Someone]]:
    """Return by which rule a visitor was found, and as whom: nobody where a remembered one is left out."""
    address = MAIL + visitor.address if visitor.address else ""
    remembered = remembered_as(visitor, people) if people.remembered else []
    if None in remembered:
        return How.REMEMBERED, []
    if visitor.kind != Kind.PERSON:
        return How.NO_PERSON, []
    if address in people.known:
        return How.ADDRESS, people.known[address]
    for one in remembered:
        if one in people.by_person:
            return How.REMEMBERED, [people.by_person[one]]
    by_address, by_name = keys_of(visitor.address, visitor.names)
    if found := found_by(by_name, people.known):
        return (How.NAME if len(found) == 1 else How.SEVERAL), found
    without = found_by([*by_address, *by_name], people.seatless)
    return (How.NO_SEAT if without else How.NOBODY), without


def remembered_as(visitor: Visitor, people: People) -> list[int | None]:
    """Return as whom earlier reports taught to know a visitor: the key of a person, or None for nobody.

    A name says nothing of somebody whose address is known.
    """
    by_address, by_name = keys_of(visitor.address, visitor.names)
    is_known = visitor.kind == Kind.PERSON and any(key in people.known for key in by_address)
    keys = by_address if is_known else [*by_address, *by_name]
    return [people.remembered[key] for key in keys if key in people.remembered]


def found_by(keys: Sequence[str], index: Mapping[str, Sequence[Someone]]) -> Sequence[Someone]:
    """Return the people of the first key that anybody has."""
    for key in keys:
        if key in index:
            return index[key]
    return []


def spans_of_match(one: Match, window: Seconds) -> Sequence[Seconds]:
    """Return when somebody who counts was there; of a confirmed length from when they were first seen on."""
    if one.minutes is None:
        return one.visitor.seconds
    opens, closes = window
    seen = clipped(one.visitor.seconds, window)
    start = min(seen[0][0] if seen else opens, closes - one.minutes * 60)
    return [(start, start + one.minutes * 60)] if one.minutes else []
