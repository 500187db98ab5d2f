"""What becomes of each row of a table of organizations: which one it is, and what changes there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.translation import gettext as _

from partners.importing.domain.decisions import (
    NEW,
    NONE,
    OUT,
    WHERE,
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
from partners.importing.domain.organization_index import PLAIN_FIELDS, Book, Known, Listed, bare
from partners.importing.imports.fields import LABELS, shown_value
from partners.importing.imports.nces import state_at_odds
from partners.importing.imports.recognized import LEFT, ONLY_LISTED
from partners.models import Alias, Level, TableImport
from partners.people.domain.organizations import is_acronym
from stemnet.plain_names import plain_name

IDENTITY = ("name", "city", "state", "state_org_code", "part_of")
KEYS = ("name", "state_org_code", "nces_id")  # of which no two organizations have the same
NAMES = LABELS[TableImport.Kind.ORGANIZATIONS]
MA_DIGITS = 8  # codes of Massachusetts; spreadsheets strip their zeros


@dataclass
class Writes:
    """What one row changes of an organization: columns, other names with their kind, what it is part of."""

    known: Known
    fields: dict[str, str] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)
    part_of: Known | None = None

    @property
    def ref(self) -> str:
        """Return whom it writes."""
        return self.known.ref


class Walk:
    """One walk through the rows."""

    def __init__(
        self, lines: Iterable[DecidedLine], *, defaults: Mapping[str, str], told: Told = tell_nobody
    ) -> None:
        self._lines, self._defaults, self._told = list(lines), defaults, told
        self.listed = Listed.read()
        self._left = frozenset(defaults.get(LEFT, "").split())
        self._only_listed = bool(defaults.get(ONLY_LISTED))
        self._says_more = any(set(line.values) - {"name"} for line in self._lines)
        codes: dict[str, list[str]] = defaultdict(list)
        for line in self._lines:
            codes[self._place(line)[1]].append(line.says("state_org_code"))
        self._digits = {state: _usual_length(said) for state, said in codes.items()}

    def __call__(self, at_odds: Contradictions) -> tuple[list[Decision], RowClaims]:
        """Decide every row, in order; those at odds with others have no effect on the rest."""
        self.book, self.said = Book(self.listed), RowClaims(NAMES)
        decisions, entered = [], []
        told = tell_nobody if at_odds else self._told  # of the first walk only
        for done, line in enumerate(self._lines, start=1):
            told(done)
            decision = Decision(line.number, line.says("name"))
            decisions.append(decision)
            if line.number in at_odds:
                decision.fail(at_odds[line.number])
            elif line.faults or OUT in line.answers.values():
                _set_aside(decision, line)
            else:
                known = self._decide(line, decision)
                entered.append((line, decision, known))
        for line, decision, known in entered:  # a part may stand before what it is part of
            if known is not None and line.says("part_of"):
                self._part_of(line, decision, known)
        return decisions, self.said

    def _decide(self, line: DecidedLine, decision: Decision) -> Known | None:
        """Find out which organization the row means, and what changes; None where that is not known yet."""
        if not line.says("name"):
            decision.fail(_("This row has no name."))
            return None
        if line.left_out:
            decision.notes.append(line.left_out)
        if odd := state_at_odds(line.says("nces_id"), self._place(line)[1]):
            decision.fail(odd)
            return None
        found = self._find(line)
        if self._only_listed and not found:
            decision.what = Outcome.OUT
            decision.notes.append(
                _("It's not on our list, and you chose not to add organizations from this file.")
            )
            return None
        if not self._is_clear(line, found):
            return self._choose(line, decision, found)
        return self._change(line, decision, found[0]) if found else self._create(line, decision)

    def _is_clear(self, line: DecidedLine, found: list[Known]) -> bool:
        """Return whether nobody has to say which organization a row means."""
        if len(found) > 1 or not all(self._is_sure(line, known) for known in found):
            return False
        if set(line.values) != {"name"}:
            return True
        if found:  # a row above says the same name, and nothing says that both are one
            return not found[0].line
        return not self._says_more

    def _choose(self, line: DecidedLine, decision: Decision, found: list[Known]) -> Known | None:
        """Take what was answered; else ask, offering only what can be done."""
        able = {known.ref: known for known in found if self._takes(line, known)}
        refusal = self._why_not_new(self._new(line))
        answer = line.answers.get(WHO, "")
        if chosen := able.get(answer):
            return self._change(line, decision, chosen)
        if answer == NEW and not refusal:
            return self._create(line, decision)
        if not able and refusal:
            decision.fail(refusal)
        else:
            decision.ask(_who(list(able.values()), has_new=not refusal))
        return None

    def _takes(self, line: DecidedLine, known: Known) -> bool:
        """Return whether the row can be about this one, whatever of it others have."""
        return self.book.clash(_after(known, self._free_fields(line, known))) is None

    def _free_fields(self, line: DecidedLine, known: Known) -> dict[str, str]:
        """Return what the row changes of this one, without a name or a code that is another's."""
        new = self._new_fields(line, known)
        for taken in (keys for number in range(len(KEYS) + 1) for keys in combinations(KEYS[::-1], number)):
            free = {name: value for name, value in new.items() if name not in taken}
            if self.book.clash(_after(known, free)) is None:
                return free
        return new

    def _place(self, line: DecidedLine) -> tuple[str, str]:
        return line.says("city"), line.says("state") or self._defaults.get("state", "")

    def _find(self, line: DecidedLine) -> list[Known]:
        """Return the organizations that the row may mean."""
        city, state = self._place(line)
        found = self.book.numbered(line.says("nces_id"))
        coded = self.book.coded(line.says("state_org_code"), state)
        found += [one for one in coded if one not in found]
        found += [one for one in self.book.named(line.says("name"), city, state) if one not in found]
        exact = [one for one in found if one.is_in(city, state) and _is_named(line, one)]
        return exact if len(exact) == 1 else found

    def _is_sure(self, line: DecidedLine, known: Known) -> bool:
        """Return whether one candidate is certain: by number or code, or by name and place without."""
        if (number := line.says("nces_id")) and known.fields["nces_id"]:
            return number == known.fields["nces_id"]
        code, its_code = bare(line.says("state_org_code")), bare(known.fields["state_org_code"])
        if code and its_code:
            return code == its_code
        same_name = known.name.lower() == line.says("name").lower()
        return (same_name and known.is_in(*self._place(line))) or not is_acronym(line.says("name"))

    def _new(self, line: DecidedLine) -> Known:
        """Return the organization that the row would add."""
        known = Known(line=line.number)
        known.fields |= {name: line.says(name) for name in PLAIN_FIELDS}
        known.fields["state"] = self._place(line)[1]
        known.fields["sector"] = line.says("sector") or self._defaults.get("sector", "")
        known.fields["level"] = line.says("level") or Level.LOCAL
        known.fields["state_org_code"] = self._whole(line.says("state_org_code"), known.fields["state"])
        return known

    def _why_not_new(self, known: Known) -> str:
        """Return why this one can't be added, or an empty string."""
        if not known.fields["sector"]:
            return _("This row has no sector. A new organization needs one.")
        other = self.book.clash(known)
        return _clash(other) if other else ""

    def _create(self, line: DecidedLine, decision: Decision) -> Known | None:
        known = self._new(line)
        if refusal := self._why_not_new(known):
            decision.fail(refusal)
            return None
        decision.what, decision.target = Outcome.CREATE, known.ref
        decision.writes = Writes(known, dict(known.fields))
        unsaid = {"name"} if line.says("level") else {"name", "level"}
        self._show(decision, {}, [name for name in PLAIN_FIELDS if name not in unsaid])
        self._enter(line, decision, PLAIN_FIELDS)
        return known

    def _change(self, line: DecidedLine, decision: Decision, known: Known) -> Known | None:
        before, name_before = dict(known.fields), str(known)
        every = self._new_fields(line, known)
        new = self._free_fields(line, known) if line.answers.get(WHO) == known.ref else every
        given = {name: line.says(name) for name in PLAIN_FIELDS if line.says(name) and self._may(name, known)}
        for name in set(every) - set(new):
            text = _("%(field)s stays as it is: another organization has “%(value)s”.")
            decision.notes.append(text % {"field": self.said.label(name), "value": every[name]})
            del given[name]
        known.fields |= new
        if new and (other := self.book.clash(known)):
            known.fields = before
            decision.fail(_clash(other))
            return None
        decision.title, decision.target, decision.writes = name_before, known.ref, Writes(known, new)
        self._show(decision, before, new)
        if "name" in new:
            self._keep_former(decision, before["name"])
        self._enter(line, decision, given if "name" in new else set(given) - {"name"})
        decision.what = Outcome.CHANGE if decision.changes else Outcome.SAME
        return known

    def _may(self, name: str, known: Known) -> bool:
        """Return whether a field of this one may change: what is to be left is left in listed ones."""
        return known.pk is None or name not in self._left

    def _new_fields(self, line: DecidedLine, known: Known) -> dict[str, str]:
        """Return what the row says otherwise than is known, as far as it may be changed."""
        new = {
            name: line.says(name)
            for name in PLAIN_FIELDS
            if line.says(name) and self._may(name, known) and not _same(name, line.says(name), known)
        }
        if "state_org_code" in new:
            new["state_org_code"] = self._whole(
                new["state_org_code"], new.get("state", known.fields["state"])
            )
        return new

    def _whole(self, code: str, state: str) -> str:
        """Return a code with the leading zeros that its state, or the other codes of the file, give it."""
        if not code.isdecimal():
            return code
        return code.zfill(MA_DIGITS if state == "MA" else self._digits.get(state) or self._digits.get("", 0))

    def _show(self, decision: Decision, before: Mapping[str, str], names: Iterable[str]) -> None:
        """Say what changes in words."""
        after = decision.writes.fields
        for name in names:
            if new := shown_value(name, after[name]):
                decision.changes.append(
                    (
                        self.said.label(name),
                        shown_value(name, before.get(name, "")),
                        new,
                    )
                )

    def _keep_former(self, decision: Decision, name: str) -> None:
        decision.writes.known.others[plain_name(name)] = name
        decision.writes.others.append((name, Alias.Kind.FORMER))
        decision.notes.append(_("We'll keep “%(name)s” as a former name.") % {"name": name})

    def _enter(self, line: DecidedLine, decision: Decision, names: Iterable[str]) -> None:
        """Add other names, keep what was said, and let the organization be found by all its names."""
        known = decision.writes.known
        said = line.lists("aliases") if self._may("aliases", known) else []
        new = {plain_name(name): name for name in said if not known.is_called(name)}
        known.others |= new
        decision.writes.others += [(name, Alias.Kind.ALIAS) for name in new.values()]
        if new:
            decision.changes.append((self.said.label("aliases"), "", "; ".join(new.values())))
        for name in names:
            if line.says(name):
                self.said.note(known.ref, name, _compared(name, line.says(name)), line.number)
        decision.needs |= known.touched
        known.touched = {min(known.touched, default=line.number), line.number}
        self.book.enter(known)

    def _part_of(self, line: DecidedLine, decision: Decision, known: Known) -> None:
        """Find out what it is part of, now that all rows are known."""
        words = line.says("part_of")
        if not self._may("part_of", known):
            return
        every = self.book.called(words)
        found = [one for one in every if not _is_above(known, one)]
        if every and not found:
            decision.fail(_("An organization can't be part of itself, or of one of its own parts."))
            return
        chosen = {one.ref: one for one in found}.get(line.answers.get(WHERE, ""))
        if chosen is None and line.answers.get(WHERE) == NONE:
            return
        if chosen is None and known.part_of in found:
            chosen = known.part_of  # whatever else is called so: nothing changes
        if chosen is None and (len(found) != 1 or is_acronym(words)):
            decision.ask(_where(words, found))
            return
        parent = chosen or found[0]
        self.said.note(known.ref, "part_of", parent.ref, line.number)
        if parent.line and parent.line != line.number:
            decision.needs.add(parent.line)
        if known.part_of is not parent:
            old = str(known.part_of or "")
            known.part_of = decision.writes.part_of = parent
            decision.changes.append((self.said.label("part_of"), old, str(parent)))
            decision.what = Outcome.CREATE if decision.what == Outcome.CREATE else Outcome.CHANGE


def _set_aside(decision: Decision, line: DecidedLine) -> None:
    if line.faults:
        decision.fail(*line.faults)
    else:
        decision.what = Outcome.OUT


def _clash(other: Known) -> str:
    return _("%(name)s already has this name or code.") % {"name": other}


def _who(found: list[Known], *, has_new: bool) -> Question:
    options = [(known.ref, _is(known)) for known in found]
    new = [(NEW, _("Add a new one"))] if has_new else []
    text = (
        _("Which organization is this?") if found else _("This row says only a name. Is it an organization?")
    )
    return Question(WHO, text, [*options, *new])


def _is(known: Known) -> str:
    """Say that it is this one: of another row, with its number."""
    if known.pk:
        return _("It's %(name)s") % {"name": known}
    return _("It's the same as row %(row)s, %(name)s") % {"row": known.line, "name": known}


def _usual_length(codes: Iterable[str]) -> int:
    """Return how many digits most codes have, of which shorter ones lost their zeros; 0 where they differ."""
    lengths = Counter(len(code) for code in codes if code.isdecimal())
    longest = max(lengths, default=0)
    return longest if lengths[longest] * 2 > lengths.total() else 0


def _where(words: str, found: list[Known]) -> Question:
    options = [(known.ref, _("It's part of %(name)s") % {"name": known}) for known in found]
    text = _("“%(words)s” isn't on our list.") if not found else _("What is “%(words)s”?")
    return Question(WHERE, text % {"words": words}, [*options, (NONE, _("Leave “part of” empty"))])


def _after(known: Known, new: Mapping[str, str]) -> Known:
    """Return the same organization with other fields."""
    return Known(known.pk, known.line, {**known.fields, **new})


def _is_above(known: Known, parent: Known | None) -> bool:
    seen: set[str] = set()
    while parent is not None and parent.ref not in seen:
        if parent is known:
            return True
        seen.add(parent.ref)
        parent = parent.part_of
    return False


def _same(name: str, value: str, known: Known) -> bool:
    """Return whether a value says nothing new; names by their plain form, codes without leading zeros."""
    if name == "name":
        return known.is_called(value)
    return _compared(name, value) == _compared(name, known.fields[name])


def _is_named(line: DecidedLine, known: Known) -> bool:
    """Return whether its name and its code are to the letter what the row says."""
    return [line.says(name) for name in ("name", "state_org_code")] == [
        known.name,
        known.fields["state_org_code"],
    ]


def _compared(name: str, value: str) -> str:
    if name in ("name", "city", "region"):
        return plain_name(value)
    if name == "state_org_code":
        return bare(value)
    if name == "state":
        return value.upper()
    return value.rstrip("/").lower() if name == "website" else value
