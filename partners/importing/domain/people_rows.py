"""What becomes of each row of a table of people: who it is, and what changes of them.

Keys are any e-mail address, and the key that an export of this portal writes. Who signs in, or has proved an
address, keeps the names and addresses that they gave: whoever wrote the file could else let themselves in as
somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from partners.importing.domain.decisions import (
    NEW,
    OUT,
    WHERE,
    WHO,
    Contradictions,
    DecidedLine,
    Decision,
    Outcome,
    Question,
    RowClaims,
)
from partners.importing.domain.organization_index import Book
from partners.importing.domain.people_index import NAME_FIELDS, People, Someone
from partners.importing.domain.position_rows import Posts, PostWrites
from partners.importing.imports.fields import LABELS
from partners.merging.domain.duplicates import normalized_name
from partners.models import TableImport

IDENTITY = ("first_name", "last_name", "full_name", "address", "addresses", "organization")
LABEL = LABELS[TableImport.Kind.PEOPLE]


@dataclass
class Writes:
    """What one row changes of a person: names, addresses that are added, and a position."""

    someone: Someone
    names: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    post: PostWrites | None = None

    @property
    def ref(self) -> str:
        """Return whom it writes."""
        return self.someone.ref


class Walk:
    """One walk through the rows."""

    def __init__(self, lines: Iterable[DecidedLine]) -> None:
        self._lines = list(lines)

    def __call__(self, at_odds: Contradictions) -> tuple[list[Decision], RowClaims]:
        """Decide every row, in order; those at odds with others have no effect on the rest."""
        self.people, self.said = People(), RowClaims(LABEL)
        self.posts = Posts(Book(), self.said)
        decisions = []
        for line in self._lines:
            decision = Decision(line.number, _title(line))
            decisions.append(decision)
            if line.number in at_odds:
                decision.fail(at_odds[line.number])
            elif line.faults:
                decision.fail(*line.faults)
            elif OUT in (line.answers.get(WHO), line.answers.get(WHERE)):
                decision.what = Outcome.OUT
            else:
                self._decide(line, decision)
        return decisions, self.said

    def _decide(self, line: DecidedLine, decision: Decision) -> None:
        someone = self._find(line, decision)
        if decision.what in (Outcome.ASK, Outcome.ERROR):
            self.posts.look(line, decision)  # so that both questions are asked at once
            return
        if someone is None:
            if not all(_names(line).get(name) for name in ("first_name", "last_name")):
                decision.fail(_("This row has no first and last name. A new person needs both."))
                return
            someone, decision.what = Someone(line=line.number), Outcome.CREATE
        self._change(line, decision, someone)

    def _find(self, line: DecidedLine, decision: Decision) -> Someone | None:
        """Return whom the row means, or None where they are new; asks or fails where that is open."""
        holders = self._holders(line, decision)
        if decision.what == Outcome.ERROR:
            return None
        full = normalized_name(" ".join(_names(line).get(name, "") for name in ("first_name", "last_name")))
        candidates = list(holders) or self.people.by_name.get(full, [])
        answer = line.answers.get(WHO, "")
        if holders:
            self._keep_said(line, candidates[0])
        if holders and (_agrees(candidates[0], full) or answer == candidates[0].ref):
            return candidates[0]
        if not candidates or (answer == NEW and not holders):
            return None
        chosen = {one.ref: one for one in candidates}.get(answer)
        if chosen is None:
            decision.ask(_who(candidates, has_new=not holders))
        return chosen

    def _holders(self, line: DecidedLine, decision: Decision) -> set[Someone]:
        """Return who has the key or any address of the row: at most one, else it is an error."""
        uid, by_address = line.says("uid"), self.people.by_address
        holders = {by_address[one] for one in _addresses(line) if one in by_address}
        if uid and uid not in self.people.by_uid:
            decision.fail(_("Nobody has this key. Leave the cell empty and we'll look by address and name."))
        elif uid:
            holders.add(self.people.by_uid[uid])
        if len(holders) > 1:
            names = ", ".join(sorted(str(one) for one in holders))
            decision.fail(
                _("The addresses and the key belong to different people: %(names)s.") % {"names": names}
            )
        return holders

    def _change(self, line: DecidedLine, decision: Decision, someone: Someone) -> None:
        is_new = decision.what == Outcome.CREATE
        writes = decision.writes = Writes(someone)
        decision.target = someone.ref
        if not is_new:
            decision.title = str(someone)
        writes.names = self._new_names(line, decision, someone)
        writes.addresses = self._new_addresses(line, decision, someone)
        someone.addresses += writes.addresses
        someone.names |= writes.names
        self._keep_said(line, someone)
        writes.post = self.posts.decide(line, decision, someone.ref)
        decision.needs |= someone.touched
        someone.touched = {min(someone.touched, default=line.number), line.number}
        self.people.enter(someone)
        if decision.what in (Outcome.SAME, Outcome.CHANGE):
            decision.what = Outcome.CHANGE if decision.changes else Outcome.SAME

    def _new_addresses(self, line: DecidedLine, decision: Decision, someone: Someone) -> list[str]:
        """Return the addresses that are added; who has claimed theirs adds them alone."""
        new = [one for one in _addresses(line) if one not in someone.addresses]
        if new and someone.is_claimed:
            decision.notes.append(
                _("They have a login, so only they can add an address: %(new)s.") % {"new": ", ".join(new)}
            )
            return []
        if new:
            decision.changes.append((str(LABEL["address"]), "", ", ".join(new)))
        return new

    def _new_names(self, line: DecidedLine, decision: Decision, someone: Someone) -> dict[str, str]:
        """Return the names that change; who has claimed theirs keeps them."""
        new = {}
        for name, value in _names(line).items():
            old = someone.names[name]
            spaced = " ".join(old.split())  # as a cell is read
            same = (
                value == spaced
                if name == "certificate_name"
                else normalized_name(value) == normalized_name(old)
            )
            if same:
                continue
            if old and someone.is_claimed:
                decision.notes.append(_("They typed their own name, so it stays: %(name)s.") % {"name": old})
                continue
            new[name] = value
            if decision.what != Outcome.CREATE or name == "certificate_name":  # else it is the row's title
                decision.changes.append((str(LABEL[name]), old, value))
        return new

    def _keep_said(self, line: DecidedLine, someone: Someone) -> None:
        """Keep what the row says of the name, so that another row can't say otherwise."""
        for name, value in _names(line).items():
            said = value if name == "certificate_name" else normalized_name(value)
            self.said.note(someone.ref, name, said, line.number)


def _names(line: DecidedLine) -> dict[str, str]:
    """Return the names that a row says, a full name in its two parts."""
    full = dict(zip(("first_name", "last_name"), line.lists("full_name"), strict=False))
    return full | {name: line.says(name) for name in NAME_FIELDS if line.says(name)}


def _addresses(line: DecidedLine) -> list[str]:
    """Return every address that a row says, the main one first."""
    first = [line.says("address")] if line.says("address") else []
    return list(dict.fromkeys([*first, *line.lists("addresses")]))


def _title(line: DecidedLine) -> str:
    names = _names(line)
    name = " ".join(names[part] for part in ("first_name", "last_name") if part in names)
    return name or line.says("address")


def _agrees(someone: Someone, full: str) -> bool:
    """Return whether a name is theirs, or either is unsaid; of a new one the rows are compared."""
    return not full or not someone.full or someone.full == full or bool(someone.line)


def _who(candidates: list[Someone], *, has_new: bool) -> Question:
    if has_new:
        text = _("We already have somebody with this name. Is it the same person?")
    else:
        text = _("This e-mail address or key belongs to %(name)s. Is it the same person?")
        text %= {"name": candidates[0]}
    options = [(one.ref, _("It's %(name)s") % {"name": one}) for one in candidates]
    return Question(WHO, text, [*options, (NEW, _("Add a new person"))] if has_new else options)
