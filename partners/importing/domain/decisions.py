"""What becomes of each row of an import: walks through the file, one after another, until its rows agree.

A walk sees what the rows before would do. Two rows that say different things of the same are errors, both; a
row that needs another one that can't be imported is an error, too.
"""

import hashlib
import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.importing.imports.fields import Values

NEW, OUT, NONE = "new", "out", "none"  # answers beside those that name a row
WHO, WHERE, NAME = "who", "where", "name"
MOST_NAMED = 10  # rows that a reason names: one placeholder of an address can stand in thousands
Answers = Mapping[str, Mapping[str, str]]
Told = Callable[[int], None]


def tell_nobody(done: int) -> None:
    """Tell nobody how many rows were decided."""


class Outcome(TextChoices):
    """What becomes of a row."""

    ASK = "ask", gettext_lazy("needs your decision")
    ERROR = "error", gettext_lazy("error")
    CREATE = "create", gettext_lazy("new")
    CHANGE = "change", gettext_lazy("change")
    SAME = "same", gettext_lazy("no change")
    OUT = "out", gettext_lazy("left out")


RIGHT = (Outcome.CREATE, Outcome.CHANGE, Outcome.SAME)
WRITTEN = (Outcome.CREATE, Outcome.CHANGE)


@dataclass
class Question:
    """What only the coordinator can say of a row: ``key`` is who it is, or where they work."""

    key: str
    text: str
    options: list[tuple[str, str]]


@dataclass(slots=True)
class DecidedLine:
    """One row of the file: what it says, the faults of its cells, and what was answered for it."""

    number: int
    values: Values
    faults: list[str]
    answers: Mapping[str, str]
    names: dict[str, str] | None = None  # of a person, once they are worked out

    def says(self, name: str) -> str:
        """Return what the row says of a field, or an empty string."""
        said = self.values.get(name)
        return said if isinstance(said, str) else str(said or "")

    @property
    def left_out(self) -> str:
        """Return what was left out of its cells, as a sentence, or an empty string."""
        if "left_out" not in self.values:
            return ""
        words = ", ".join(f"“{part}”" for part in self.lists("left_out"))
        return _("We left out %(words)s.") % {"words": words} if words else ""

    def lists(self, name: str) -> list[str]:
        """Return what the row lists in a field."""
        return list(self.values[name]) if name in self.values else []


@dataclass(slots=True)
class Decision:
    """What becomes of one row, with what is shown of it; ``writes`` is for whoever writes it."""

    line: int
    title: str
    what: str = Outcome.SAME
    target: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    needs: set[int] = field(default_factory=set)
    writes: Any = None

    def fail(self, *reasons: str) -> None:
        """Make it an error, for these reasons."""
        self.what, self.reasons = Outcome.ERROR, [*self.reasons, *reasons]
        self.changes, self.questions = [], []

    def ask(self, question: Question) -> None:
        """Leave it to the coordinator, who may always leave the row out."""
        question.options.append((OUT, _("Leave this row out")))
        self.what, self.questions = Outcome.ASK, [*self.questions, question]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept and shown, with a mark that tells it from any other decision."""
        kept: dict[str, Any] = {
            "line": self.line,
            "title": self.title,
            "what": str(self.what),
            "target": self.target,
            "changes": [list(change) for change in self.changes],
            "reasons": self.reasons,
            "notes": self.notes,
            "questions": [vars(question) for question in self.questions],
        }
        kept["mark"] = hashlib.sha256(repr(kept).encode()).hexdigest()[:16]
        kept["changed"] = False
        return kept


class RowClaims:
    """What rows say of the same organization or person, so that contradictions are found."""

    def __init__(self, labels: Mapping[str, str | Promise]) -> None:
        self._labels = {name: str(label) for name, label in labels.items()}
        self._first: dict[tuple[str, str], tuple[str, int]] = {}
        self._more: dict[tuple[str, str], dict[str, set[int]]] = {}  # of what several rows speak

    def label(self, name: str) -> str:
        """Return what a field is called."""
        return self._labels[name]

    def note(self, subject: str, name: str, value: str, line: int) -> None:
        """Keep that ``line`` says ``value`` of a field."""
        first = self._first.setdefault((subject, name), (value, line))
        if first[1] != line or first[0] != value:
            said = self._more.setdefault((subject, name), {first[0]: {first[1]}})
            said.setdefault(value, set()).add(line)

    def contradictions(self) -> dict[int, str]:
        """Return the lines that contradict others, each with the reason in words."""
        rows: dict[int, set[int]] = defaultdict(set)
        names: dict[int, list[str]] = defaultdict(list)
        more: set[int] = set()
        for (_subject, name), values in self._more.items():
            lines = sorted(set().union(*values.values())) if len(values) > 1 else []
            for line in lines:
                rows[line].update(lines[:MOST_NAMED], [line])
                names[line].append(self._labels[name])
            more.update(lines if len(lines) > MOST_NAMED else ())
        text = _(
            "Rows %(rows)s are about the same person or organization, but they don't "
            "agree on: %(names)s. Fix them in the file."
        )
        return {
            line: text
            % {
                "rows": ", ".join([*map(str, sorted(lines)), *(["…"] if line in more else [])]),
                "names": ", ".join(names[line]),
            }
            for line, lines in rows.items()
        }


Contradictions = Mapping[int, str]
Pass = Callable[[Contradictions], tuple[list[Decision], RowClaims]]


def until_no_contradictions(walk: Pass) -> list[Decision]:
    """Walk through the file until no row contradicts another, then fail what needs a row that fails."""
    at_odds: dict[int, str] = {}
    while True:
        decisions, said = walk(at_odds)
        found = {line: why for line, why in said.contradictions().items() if line not in at_odds}
        if not found:
            break
        at_odds |= found
    _fail_dependents(decisions)
    return decisions


def _fail_dependents(decisions: list[Decision]) -> None:
    """Fail what needs a row that is wrong, which makes it wrong itself; each row is looked at once."""
    dependents: dict[int, list[Decision]] = defaultdict(list)
    for one in decisions:
        for line in one.needs if one.what in RIGHT else ():
            dependents[line].append(one)
    wrong = {one.line for one in decisions if one.what not in RIGHT}
    waiting = deque(sorted(wrong))
    while waiting:
        for one in dependents[waiting.popleft()]:
            if one.what in RIGHT:
                row = min(one.needs & wrong)
                one.fail(_("This depends on row %(row)s, which can't be imported as it is.") % {"row": row})
                wrong.add(one.line)
                waiting.append(one.line)


def fingerprint(line: DecidedLine, names: Iterable[str]) -> str:
    """Return by what a row is known again in a later file, without keeping what it says."""
    said = {name: line.values[name] for name in names if name in line.values}
    return salted_hmac("partners.import", json.dumps(said, sort_keys=True)).hexdigest()[:24]


def counts(decided: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many rows there are of each decision, in the order of the page."""
    rows = Counter(row["what"] for row in decided)
    return {what.value: rows[what.value] for what in Outcome}
