"""What becomes of each row of a table of people: who it is, and what changes of them.

Keys are any e-mail address, and the key that an export of this portal writes. Who signs in, or has proved an
address, keeps the names and addresses that they gave: whoever wrote the file could else let themselves in as
somebody else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from partners.importing.domain.decisions import (
    NAME,
    NEW,
    OUT,
    WHO,
    Contradictions,
    DecidedLine,
    Decision,
    Outcome,
    Question,
    RowClaims,
    Told,
    tell_nobody,
)
from partners.importing.domain.organization_index import Book, Listed
from partners.importing.domain.people_index import NAME_FIELDS, Everyone, People, Someone
from partners.importing.domain.position_rows import HeldPosts, Posts, PostWrites
from partners.importing.imports.cells import OPEN
from partners.importing.imports.fields import LABELS
from partners.importing.imports.recognized import LEFT
from partners.models import TableImport
from stemnet.plain_names import plain_name

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

    def __init__(
        self, lines: Iterable[DecidedLine], *, defaults: Mapping[str, str], told: Told = tell_nobody
    ) -> None:
        self._lines, self._told = list(lines), told
        self._left = frozenset(defaults.get(LEFT, "").split())
        self.everyone, self.listed, self.held = Everyone.read(), Listed.read(), HeldPosts.read()

    def __call__(self, at_odds: Contradictions) -> tuple[list[Decision], RowClaims]:
        """Decide every row, in order; those at odds with others have no effect on the rest."""
        self.people, self.said = People(self.everyone), RowClaims(LABEL)
        self.posts = Posts(Book(self.listed), self.said, self.held)
        decisions = []
        told = tell_nobody if at_odds else self._told  # of the first walk only
        for done, line in enumerate(self._lines, start=1):
            told(done)
            decision = Decision(line.number, _title(line))
            decisions.append(decision)
            if line.number in at_odds:
                decision.fail(at_odds[line.number])
            elif line.faults:
                decision.fail(*line.faults)
            elif line.answers and OUT in line.answers.values():
                decision.what = Outcome.OUT
            else:
                self._decide(line, decision)
        return decisions, self.said

    def _decide(self, line: DecidedLine, decision: Decision) -> None:
        if line.left_out:
            decision.notes.append(line.left_out)
        if _is_open(line):
            decision.ask(_which_name(line))
            self.posts.look(line, decision)
            return
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
        full = plain_name(" ".join(_names(line).get(name, "") for name in ("first_name", "last_name")))
        candidates = list(holders) or self.people.named(full)
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
        left = self._left if someone.pk else frozenset()
        writes.post = self.posts.decide(line, decision, someone.ref, left=left)
        decision.needs |= someone.touched
        someone.touched = {min(someone.touched), line.number} if someone.touched else {line.number}
        self.people.enter(someone)
        if decision.what in (Outcome.SAME, Outcome.CHANGE):
            decision.what = Outcome.CHANGE if decision.changes else Outcome.SAME

    def _may(self, name: str, someone: Someone) -> bool:
        """Return whether a field of theirs may change: what was chosen to be left is left in who is known."""
        return someone.pk is None or name not in self._left

    def _new_addresses(self, line: DecidedLine, decision: Decision, someone: Someone) -> list[str]:
        """Return the addresses that are added; who has claimed theirs adds them alone."""
        new = [
            one
            for one in _addresses(line)
            if one not in someone.addresses
            and self._may("address" if one == line.says("address") else "addresses", someone)
        ]
        if new and someone.is_claimed:
            decision.notes.append(
                _("They have a login, so only they can add an address: %(new)s.") % {"new": ", ".join(new)}
            )
            return []
        if new:
            decision.changes.append((self.said.label("address"), "", ", ".join(new)))
        return new

    def _new_names(self, line: DecidedLine, decision: Decision, someone: Someone) -> dict[str, str]:
        """Return the names that change; who has claimed theirs keeps them."""
        new = {}
        for name, value in _names(line).items():
            old = someone.names[name]
            said = "full_name" if line.lists("full_name") and name != "certificate_name" else name
            if not self._may(said, someone):
                continue
            spaced = " ".join(old.split())  # as a cell is read
            same = value == spaced if name == "certificate_name" else plain_name(value) == plain_name(old)
            if same:
                continue
            if old and someone.is_claimed:
                decision.notes.append(_("They typed their own name, so it stays: %(name)s.") % {"name": old})
                continue
            new[name] = value
            if decision.what != Outcome.CREATE or name == "certificate_name":  # else it is the row's title
                decision.changes.append((self.said.label(name), old, value))
        return new

    def _keep_said(self, line: DecidedLine, someone: Someone) -> None:
        """Keep what the row says of the name, so that another row can't say otherwise."""
        for name, value in _names(line).items():
            said = value if name == "certificate_name" else plain_name(value)
            self.said.note(someone.ref, name, said, line.number)


def _readings(line: DecidedLine) -> list[tuple[str, str]]:
    """Return the first and last names that a full name may mean, where it can be read in several ways."""
    said = line.lists("full_name")
    return list(zip(said[1::2], said[2::2], strict=True)) if said[:1] == [OPEN] else []


def _is_open(line: DecidedLine) -> bool:
    """Say whether nobody has said yet which is the last name."""
    return bool(_readings(line)) and not _chosen(line)


def _chosen(line: DecidedLine) -> list[str]:
    """Return the first and last name that were chosen among several readings."""
    return next((list(one) for one in _readings(line) if "|".join(one) == line.answers.get(NAME)), [])


def _which_name(line: DecidedLine) -> Question:
    text = _("Which is the first name, and which is the last name?")
    said = _("First name “%(first)s”, last name “%(last)s”")
    return Question(
        NAME,
        text,
        [("|".join(one), said % {"first": one[0], "last": one[1]}) for one in _readings(line)],
    )


def _names(line: DecidedLine) -> dict[str, str]:
    """Return the names that a row says, a full name in its two parts."""
    if line.names is None:
        line.names = _read_names(line)
    return line.names


def _read_names(line: DecidedLine) -> dict[str, str]:
    parts = _chosen(line) if _readings(line) else line.lists("full_name")
    full = dict(zip(("first_name", "last_name"), parts, strict=False))
    return full | {name: said for name in NAME_FIELDS if (said := line.says(name))}


def _addresses(line: DecidedLine) -> list[str]:
    """Return every address that a row says, the main one first."""
    first, others = line.says("address"), line.lists("addresses")
    if not others:
        return [first] if first else []
    return list(dict.fromkeys([first, *others] if first else others))


def _title(line: DecidedLine) -> str:
    names = _names(line)
    name = " ".join(names[part] for part in ("first_name", "last_name") if part in names)
    return name or " ".join(next(iter(_readings(line)), ())) or line.says("address")


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
