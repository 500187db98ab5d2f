"""Every organization by what a table may call it, and what the rows of a file would add to that.

Keys are the state code, else name, former name or other name with town and state. An acronym is no key
(docs/rules.md 9.4): it finds candidates, never the one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from partners.merging.domain.duplicates import normalized_name
from partners.models import Alias, Organization
from partners.people.domain.organizations import is_acronym

PLAIN_FIELDS = ("name", "city", "state", "sector", "level", "region", "website", "state_org_code")


@dataclass(eq=False)
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

    def __str__(self) -> str:
        place = ", ".join(self.fields[part] for part in ("city", "state") if self.fields[part])
        return f"{self.name} ({place})" if place else self.name

    def is_called(self, name: str) -> bool:
        """Return whether this is one of its names, whatever the case, accents and punctuation."""
        return normalized_name(name) in {normalized_name(self.name), *self.others}

    def may_be_in(self, city: str, state: str) -> bool:
        """Return whether nothing that is known of its place speaks against this one."""
        mine = (normalized_name(self.fields["city"]), self.fields["state"].upper())
        return all(
            not one or not other or one == other
            for one, other in zip(mine, (normalized_name(city), state), strict=True)
        )

    def is_in(self, city: str, state: str) -> bool:
        """Return whether it is known to be exactly there."""
        return (normalized_name(self.fields["city"]), self.fields["state"].upper()) == (
            normalized_name(city),
            state,
        )


def bare(code: str) -> str:
    """Return a state code as it is compared: spreadsheets lose leading zeros."""
    return code.strip().lstrip("0").casefold()


class Book:
    """All organizations, found by what they are called; rows of a file are entered as they are decided."""

    def __init__(self) -> None:
        self.all: dict[str, Known] = {}
        self._named: dict[str, list[Known]] = defaultdict(list)
        self._coded: dict[str, list[Known]] = defaultdict(list)
        self._load()

    def enter(self, known: Known) -> None:
        """Let ``known`` be found by all that it is called now."""
        self.all[known.ref] = known
        for name in {normalized_name(known.name), *known.others}:
            if known not in self._named[name]:
                self._named[name].append(known)
        code = bare(known.fields["state_org_code"])
        if code and known not in self._coded[code]:
            self._coded[code].append(known)

    def coded(self, code: str, state: str = "") -> list[Known]:
        """Return those with this state code, in this state where one is given."""
        found = self._coded.get(bare(code), []) if bare(code) else []
        return [known for known in found if not state or known.fields["state"].upper() in ("", state)]

    def named(self, name: str, city: str = "", state: str = "") -> list[Known]:
        """Return those of this name that may be there; only those known to be there, if there are any."""
        found = [
            known for known in self._named.get(normalized_name(name), []) if known.may_be_in(city, state)
        ]
        exact = [known for known in found if known.is_in(city, state)]
        return exact or found

    def called(self, words: str) -> list[Known]:
        """Return those that ``words`` may mean: a code, a name, another name, or "name, town"."""
        if found := self.coded(words) or self.named(words):
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
        """Return another of the same name in the town, or of the same code in the state; None is fine."""
        for other in (
            *self._named[normalized_name(known.name)],
            *self._coded[bare(known.fields["state_org_code"])],
        ):
            if other is not known and (
                _place(other) == _place(known) or _code(other) == _code(known) != ("", "")
            ):
                return other
        return None

    def _load(self) -> None:
        others: dict[int, list[str]] = defaultdict(list)
        for pk, name in Alias.objects.values_list("organization", "name"):
            others[pk].append(name)
        rows = list(Organization.objects.current().order_by("pk").values("pk", "part_of", *PLAIN_FIELDS))
        for row in rows:
            fields = {name: row[name] for name in PLAIN_FIELDS}
            self.enter(Known(row["pk"], 0, fields, _by_plain(others[row["pk"]])))
        for row in rows:
            self.all[str(row["pk"])].part_of = self.all.get(str(row["part_of"]))


def _by_plain(names: Iterable[str]) -> dict[str, str]:
    return {normalized_name(name): name for name in names}


def _place(known: Known) -> tuple[str, str, str]:
    return known.name.lower(), known.fields["city"], known.fields["state"]


def _code(known: Known) -> tuple[str, str]:
    code = known.fields["state_org_code"]
    return (known.fields["state"], code) if code else ("", "")
