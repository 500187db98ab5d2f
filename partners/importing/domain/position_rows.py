"""Where a row of people says that somebody works: which organization, and which of their positions."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from partners.importing.domain.decisions import (
    NONE,
    WHERE,
    DecidedLine,
    Decision,
    Outcome,
    Question,
    RowClaims,
)
from partners.importing.domain.organization_index import Book, Known
from partners.importing.imports.fields import shown_value
from partners.models import Position
from partners.people.domain.organizations import is_acronym
from stemnet.plain_names import plain_name

WORDS = "words"  # the answer that keeps the organization as it was typed
POST_FIELDS = ("job", "title", "stakeholder_group", "started_on", "ended_on")


@dataclass(frozen=True)
class HeldPosts:
    """Everyone's positions, read once for every walk through a file, in order."""

    rows: list[tuple[Any, ...]]  # pk, person, organization, organization_words, POST_FIELDS

    @classmethod
    def read(cls) -> "HeldPosts":
        """Read them in one query."""
        names = ("pk", "person", "organization", "organization_words", *POST_FIELDS)
        return cls(list(Position.objects.order_by("pk").values_list(*names)))


@dataclass(eq=False, slots=True)
class Post:
    """A position that somebody holds (``pk``), or that the row ``line`` adds; ``place`` is a ref or words."""

    place: str
    pk: int | None = None
    line: int = 0
    words: str = ""
    fields: dict[str, str] = field(default_factory=lambda: dict.fromkeys(POST_FIELDS, ""))

    @property
    def ref(self) -> str:
        """Return how contradictions name it."""
        return f"position-{self.pk}" if self.pk else f"position-row-{self.line}"

    def overlaps(self, start: str, end: str) -> bool:
        """Return whether it was held at any time from ``start`` to ``end``; empty is open."""
        starts, ends = self.fields["started_on"], self.fields["ended_on"]
        return (not end or not starts or starts <= end) and (not start or not ends or start <= ends)


@dataclass
class PostWrites:
    """What one row changes of a position; ``known`` is its organization, where that is listed."""

    post: Post
    known: Known | None
    fields: dict[str, str]


class Posts:
    """Everyone's positions, found by person and place; rows of a file are entered as they are decided."""

    def __init__(self, book: Book, said: RowClaims, held: HeldPosts) -> None:
        self._called, self._said = cache(book.called), said  # people add no organization
        self._shown = cache(shown_value)
        self._held: dict[tuple[str, str], list[Post]] = defaultdict(list)
        self._holders: set[str] = set()
        for pk, person, organization, words, *values in held.rows:
            post = Post(str(organization or _typed(words)), pk, 0, words)
            post.fields = {name: _said(value) for name, value in zip(POST_FIELDS, values, strict=True)}
            self._enter(str(person), post)

    def _enter(self, person: str, post: Post) -> None:
        """Let a position be found by who holds it, and where."""
        self._held[person, post.place].append(post)
        self._holders.add(person)

    def look(self, line: DecidedLine, decision: Decision) -> None:
        """Ask where the row means, if that is open, while it is open who it is."""
        if decision.what == Outcome.ASK and line.says("organization"):
            self._find(line, decision, "")

    def decide(
        self, line: DecidedLine, decision: Decision, person: str, *, left: frozenset[str] = frozenset()
    ) -> PostWrites | None:
        """Return what the row changes of the position it names, without fields ``left``; None for none."""
        if "organization" in left:
            return None
        given = {name: line.says(name) for name in POST_FIELDS if name in line.values and name not in left}
        if not line.says("organization"):
            if given and line.answers.get(WHERE) != NONE:
                decision.ask(_without_place(given))
            return None
        place, known = self._held_so(line, person, given) or self._find(line, decision, person)
        post = self._post(given, decision, person, place) if place else None
        if post is None:
            return None
        if post.pk is None and not post.line:
            post.line, post.words = line.number, "" if known else line.says("organization")
            self._enter(person, post)
            decision.changes.append((self._said.label("organization"), "", str(known or post.words)))
        return PostWrites(post, known, self._change(line, decision, post, given))

    def _held_so(
        self, line: DecidedLine, person: str, given: dict[str, str]
    ) -> tuple[str, Known | None] | None:
        """Return where they hold exactly what the row says, whatever else is called so: nothing changes."""
        if person not in self._holders:
            return None
        words = line.says("organization")
        places = [(one.ref, one) for one in self._called(words)]
        for place, known in [*places, (_typed(words), None)]:
            if line.answers.get(WHERE) in (None, place) and self._same(person, place, given):
                return place, known
        return None

    def _same(self, person: str, place: str, given: dict[str, str]) -> list[Post]:
        """Return what they hold there of which the row says nothing else."""
        held = self._held.get((person, place), [])
        return [post for post in held if all(post.fields[name] == value for name, value in given.items())]

    def _find(self, line: DecidedLine, decision: Decision, person: str) -> tuple[str, Known | None]:
        """Return the place that the row names, and its organization if it is listed; asks what is open."""
        words, answer = line.says("organization"), line.answers.get(WHERE, "")
        found = self._called(words)
        chosen = {one.ref: one for one in found}.get(answer)
        if chosen is None and len(found) == 1 and not is_acronym(words):
            chosen = found[0]
        if chosen is not None:
            return chosen.ref, chosen
        if answer == WORDS or self._held.get((person, _typed(words))):
            return _typed(words), None
        text = _("What is “%(words)s”?") if found else _("“%(words)s” isn't on our list.")
        options = [(one.ref, _("It's %(name)s") % {"name": one}) for one in found]
        options.append((WORDS, _("Keep the name as typed and link it later")))
        decision.ask(Question(WHERE, text % {"words": words}, options))
        return "", None

    def _post(self, given: dict[str, str], decision: Decision, person: str, place: str) -> Post | None:
        """Return the one position there at that time, or a new one."""
        start, end = given.get("started_on", ""), given.get("ended_on", "")
        if start and end and end < start:
            decision.fail(_("A position can't end before it starts."))
            return None
        held = [post for post in self._held.get((person, place), ()) if post.overlaps(start, end)]
        if not held:
            return Post(place)
        same = [post for post in self._same(person, place, given) if post in held]
        if len(held) > 1 and not same:
            decision.fail(_("They have more than one position there at that time. Change them by hand."))
            return None
        return (same or held)[0]

    def _change(
        self, line: DecidedLine, decision: Decision, post: Post, given: dict[str, str]
    ) -> dict[str, str]:
        """Return what changes of a position, and say it."""
        new = {name: value for name, value in given.items() if post.fields[name] != value}
        for name, value in new.items():
            decision.changes.append(
                (
                    self._said.label(name),
                    self._shown(name, post.fields[name]),
                    self._shown(name, value),
                )
            )
        post.fields |= new
        if post.fields["ended_on"] and post.fields["ended_on"] < post.fields["started_on"]:
            decision.fail(_("A position can't end before it starts."))
        for name, value in given.items():
            self._said.note(post.ref, name, value, line.number)
        return new


def _without_place(given: Mapping[str, str]) -> Question:
    """Ask what becomes of a job or title of which the row does not say where it is held."""
    said = ", ".join(shown_value(name, value) for name, value in given.items())
    text = _("This row says “%(said)s” but no organization.") % {"said": said}
    return Question(WHERE, text, [(NONE, _("Import the person without it"))])


def _typed(words: str) -> str:
    """Return how an organization that is not listed is told from another: by its words."""
    return plain_name(words)


def _said(value: date | str | None) -> str:
    """Return what a column says as a cell would: a day as written, words with single spaces."""
    return value.isoformat() if isinstance(value, date) else " ".join((value or "").split())
