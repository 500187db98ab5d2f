"""Every organization by what a table may call it, and what the rows of a file would add to that.

Keys are the NCES number, the state code, else name, former name or other name with town and state. An acronym
is no key (docs/rules.md 9.4): it finds candidates, never the one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from partners.models import Alias, Organization
from partners.people.domain.organizations import is_acronym
from stemnet.plain_names import plain_name

PLAIN_FIELDS = ("name", "city", "state", "sector", "level", "region", "website", "state_org_code", "nces_id")


@dataclass(frozen=True)
class Listed:
    """Organizations in order and their other names, read once for every walk through a file."""

    organizations: list[tuple[Any, ...]]  # pk, part_of, PLAIN_FIELDS
    others: dict[int, list[str]]

    @classmethod
    def read(cls) -> "Listed":
        """Read it in two queries."""
        others: dict[int, list[str]] = defaultdict(list)
        for pk, name in Alias.objects.values_list("organization", "name"):
            others[pk].append(name)
        rows = Organization.objects.current().order_by("pk").values_list("pk", "part_of", *PLAIN_FIELDS)
        return cls(list(rows), others)


@dataclass(eq=False, slots=True)
class Known:
    """An organization that is listed (``pk``), or that a row of the file adds (``line``)."""

    pk: int | None = None
    line: int = 0
    fields: dict[str, str] = field(default_factory=lambda: dict.fromkeys(PLAIN_FIELDS, ""))
    others: dict[str, str] = field(default_factory=dict)  # other names, by their plain form
    part_of: "Known | None" = None
    touched: set[int] = field(default_factory=set)  # the first and the last row that say something of it

    @property
    def ref(self) -> str:
        """Return how answers and decisions name it."""
        return str(self.pk) if self.pk else f"row-{self.line}"

    @property
    def name(self) -> str:
        """Return its name now."""
        return self.fields["name"]

    @property
    def place(self) -> tuple[str, str]:
        """Return town and state as they are compared."""
        return plain_name(self.fields["city"]), self.fields["state"].upper()

    def __str__(self) -> str:
        place = ", ".join(self.fields[part] for part in ("city", "state") if self.fields[part])
        return f"{self.name} ({place})" if place else self.name

    def is_called(self, name: str) -> bool:
        """Return whether this is one of its names, whatever the case, accents and punctuation."""
        plain = plain_name(name)
        return plain == plain_name(self.name) or plain in self.others

    def may_be_in(self, city: str, state: str) -> bool:
        """Return whether nothing that is known of its place speaks against this one."""
        mine, town = self.place, plain_name(city)
        return (not mine[0] or not town or mine[0] == town) and (not mine[1] or not state or mine[1] == state)

    def is_in(self, city: str, state: str) -> bool:
        """Return whether it is known to be exactly there."""
        return self.place == (plain_name(city), state)


def bare(code: str) -> str:
    """Return a state code as it is compared: spreadsheets lose leading zeros."""
    return code.strip().lstrip("0").casefold()


class Book:
    """All organizations, found by what they are called; rows of a file are entered as they are decided."""

    def __init__(self, listed: Listed | None = None) -> None:
        self.all: dict[str, Known] = {}
        self._named: dict[str, dict[str, dict[str, Known]]] = {}  # by plain name, then town, then ref
        self._coded: dict[str, dict[str, Known]] = defaultdict(dict)
        self._numbered: dict[str, dict[str, Known]] = defaultdict(dict)  # by NCES number
        self._load(listed or Listed.read())

    def enter(self, known: Known) -> None:
        """Let ``known`` be found by all that it is called now."""
        ref = known.ref
        self.all[ref] = known
        town = known.place[0]
        for name in (plain_name(known.name), *known.others):
            self._named.setdefault(name, {}).setdefault(town, {})[ref] = known
        if code := bare(known.fields["state_org_code"]):
            self._coded[code][ref] = known
        if number := known.fields["nces_id"]:
            self._numbered[number][ref] = known

    def numbered(self, number: str) -> list[Known]:
        """Return those with this number of the National Center for Education Statistics."""
        return list(self._numbered.get(number, {}).values()) if number else []

    def coded(self, code: str, state: str = "") -> list[Known]:
        """Return those with this state code, in this state where one is given."""
        found = self._coded.get(bare(code), {}).values() if bare(code) else ()
        return [known for known in found if not state or known.fields["state"].upper() in ("", state)]

    def named(self, name: str, city: str = "", state: str = "") -> list[Known]:
        """Return those of this name that may be there; only those known to be there, if there are any."""
        towns = self._named.get(plain_name(name), {})
        asked = towns if not plain_name(city) else dict.fromkeys((plain_name(city), ""))
        called = {ref: one for town in asked for ref, one in towns.get(town, {}).items()}
        found = [known for known in called.values() if known.may_be_in(city, state)]
        exact = [known for known in found if known.is_in(city, state)]
        return exact or found

    def called(self, words: str) -> list[Known]:
        """Return those that ``words`` may mean: a code or number, a name, another name, or "name, town"."""
        coded = self.coded(words)
        numbered = [one for one in self.numbered(words) if one not in coded]
        if found := [*coded, *numbered] or self.named(words):
            return found
        name, comma, city = words.rpartition(",")
        return [known for known in self.named(name, city) if known.fields["city"]] if comma else []

    def words_for(self, known: Known) -> str:
        """Return words that mean this one and no other, if there are any; else its name."""
        town = f"{known.name}, {known.fields['city']}" if known.fields["city"] else known.name
        tried = [known.name, town, known.fields["state_org_code"]]
        sure = (words for words in tried if self.called(words) == [known] and not is_acronym(words))
        return next(sure, known.name)

    def clash(self, known: Known) -> Known | None:
        """Return another of the same name in the town, code in the state, or NCES number; None is fine."""
        place, code = _place(known), _code(known)
        for other in self._named.get(plain_name(known.name), {}).get(known.place[0], {}).values():
            if other.ref != known.ref and _place(other) == place:
                return other
        for other in self._coded.get(bare(known.fields["state_org_code"]), {}).values() if code[1] else ():
            if other.ref != known.ref and _code(other) == code:
                return other
        same = (one for one in self.numbered(known.fields["nces_id"]) if one.ref != known.ref)
        return next((one for one in same if one.fields["nces_id"] == known.fields["nces_id"]), None)

    def _load(self, listed: Listed) -> None:
        for pk, _above, *values in listed.organizations:
            fields = dict(zip(PLAIN_FIELDS, values, strict=True))
            self.enter(Known(pk, 0, fields, _by_plain(listed.others.get(pk, ()))))
        for pk, above, *_values in listed.organizations:
            if above is not None:
                self.all[str(pk)].part_of = self.all.get(str(above))


def _by_plain(names: Iterable[str]) -> dict[str, str]:
    return {plain_name(name): name for name in names}


def _place(known: Known) -> tuple[str, str, str]:
    return known.name.lower(), known.fields["city"], known.fields["state"]


def _code(known: Known) -> tuple[str, str]:
    code = known.fields["state_org_code"]
    return (known.fields["state"], code) if code else ("", "")
