"""Whom a name or an address in a report means: by rules, and by what an earlier report taught.

An address decides, then a name that the network remembers, then a name that only one of its people has
(docs/rules.md 6.4). Everything is read once; each visitor is looked up in dictionaries.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Q
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from meetings.models import Meeting
from partners.importing.imports.names import DEGREES, GENERATIONS, TITLES
from partners.models import Person, PersonEmail
from registrations.attendance.domain import roster
from registrations.attendance.imports.names import bare_name
from registrations.models import Registration, RememberedVisitor
from stemnet.plain_names import plain_name

MAIL, NAME = "mail:", "name:"
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BEHIND_NAME = DEGREES | GENERATIONS | TITLES


class Someone(NamedTuple):
    """Somebody in a network, by one of their registrations: just what matching and its pages need."""

    pk: int
    uid_text: str
    person_id: int
    status: str
    has_seat: int
    first_name: str
    last_name: str
    certificate_name: str
    plain_first: str
    plain_last: str
    place: str | None
    place_words: str | None

    @property
    def uid(self) -> UUID:
        """Return the uid, made when it is asked for: few of thousands are."""
        return UUID(self.uid_text)

    @property
    def organization(self) -> str:
        """Return where they work, in words."""
        return self.place or self.place_words or ""

    @property
    def name(self) -> str:
        """Return the name as people say it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def sort_key(self) -> tuple[str, str, int]:
        """Return by what people are sorted, as lists do."""
        return self.plain_last, self.plain_first, self.person_id

    @property
    def state(self) -> str:
        """Return the status of the registration in words."""
        return str(Registration.Status(self.status).label)


COLUMNS = (
    *("pk", "uid_text", "person_id", "status", "has_seat", "person__first_name", "person__last_name"),
    *("person__certificate_name", "person__plain_first_name", "person__plain_last_name"),
    *("position__organization__name", "position__organization_words"),
)
LIVE = frozenset(map(str, Registration.LIVE))


@dataclass(frozen=True)
class People:
    """The people of a network whom somebody may mark at a meeting, by what a report may say of them.

    ``remembered`` has the key of a person, or None where somebody is left out; ``seatless`` are those who
    have no seat, by the same keys.
    """

    seated: list[Someone] = field(default_factory=list)
    by_person: dict[int, Someone] = field(default_factory=dict)
    known: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))
    seatless: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))
    remembered: dict[str, int | None] = field(default_factory=dict)

    @cached_property
    def by_uid(self) -> dict[UUID, Someone]:
        """Return the registrations that have a seat, by their uid."""
        return {one.uid: one for one in self.seated}

    @property
    def all(self) -> Iterable[Someone]:
        """Return everyone once, by their newest registration that has a seat."""
        return self.by_person.values()

    def chosen(self, uids: Iterable[str]) -> list[Someone]:
        """Return those who were chosen by the uids of their registrations; others are left."""
        parsed = [UUID(one) for one in uids if UID.fullmatch(one)]
        return [self.by_uid[uid] for uid in parsed if uid in self.by_uid]


def people_at(meeting: Meeting, *, viewer: Person) -> People:
    """Read whom ``viewer`` may mark at ``meeting``, with all their names and addresses, in three queries.

    Of thousands of people only columns are read, and no objects made.
    """
    visible = Registration.objects.visible_to(viewer)
    rows = Registration.objects.filter(network=meeting.network_id, person__merged_into=None).filter(
        Q(pk__in=roster.belonging(meeting).values("pk")) | Q(pk__in=visible.values("pk"))
    )
    addresses = PersonEmail.objects.filter(person__registrations__network=meeting.network_id)
    held: dict[int, set[str]] = defaultdict(set)
    for person, address in addresses.values_list("person", "address"):
        held[person].add(MAIL + address)
    remembered = RememberedVisitor.objects.filter(network=meeting.network_id)
    people = People(remembered=dict(remembered.values_list("key", "person")))
    seat = rows.annotate(  # types that need nothing done to each row
        has_seat=Cast(IsNull(F("seated_at"), False), IntegerField()), uid_text=Cast("uid", CharField())
    )
    everyone = list(map(Someone._make, seat.order_by("-pk").values_list(*COLUMNS)))
    everyone.sort(key=lambda one: one.status not in LIVE)
    people.seated.extend([one for one in everyone if one.has_seat])
    for one in people.seated:
        people.by_person.setdefault(one.person_id, one)
    for one in people.by_person.values():
        add_keys(people.known, one, held[one.person_id])
    for one in everyone:
        if one.person_id not in people.by_person:
            add_keys(people.seatless, one, held[one.person_id])
    return people


def add_keys(index: dict[str, list[Someone]], one: Someone, addresses: Iterable[str]) -> None:
    """Note somebody under each of their addresses and names."""
    words = f"{one.plain_first} {one.plain_last}".split()
    words.sort()
    keys = {NAME + " ".join(words), *addresses}
    if one.certificate_name:
        keys.update(name_keys(one.certificate_name))
    if not BEHIND_NAME.isdisjoint(one.plain_last.split()) or "," in one.last_name:
        keys.update(name_keys(one.name))
    for key in keys:
        index[key].append(one)


@lru_cache(maxsize=100_000)
def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name: its words in any order, and those without title and degrees."""
    name = bare_name(name)
    whole = in_any_order(name)
    if "," not in name and len(name.split()) < 3:  # most names: two words stay in any case
        return (whole,)
    bare = in_any_order(without_titles(name))
    return (whole,) if bare == whole else (whole, bare)


def in_any_order(name: str) -> str:
    """Return the key of a name, whichever part stands first."""
    return NAME + " ".join(sorted(plain_name(name).split()))


def without_titles(name: str) -> str:
    """Return a name without "Dr." before it and without ", Ph.D." behind it; two words stay at least."""
    parts = name.split(",")
    while len(parts) > 1 and is_suffix(parts[-1]) and len(" ".join(parts[:-1]).split()) > 1:
        parts.pop()
    words = " ".join(parts).split()
    while len(words) > 2 and plain_name(words[0]) in TITLES:
        words.pop(0)
    while len(words) > 2 and plain_name(words[-1]) in GENERATIONS:
        words.pop()
    return " ".join(words)


def is_suffix(part: str) -> bool:
    """Return whether what stands behind a comma is degrees and the like, and no first name."""
    words = plain_name(part).split()
    return all(word in BEHIND_NAME for word in words) or "".join(words) in BEHIND_NAME


def keys_of(address: str, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the keys by which a visitor is looked up: of the address, and of each name."""
    by_address = [MAIL + address] if address else []
    return by_address, list(dict.fromkeys(key for name in names for key in name_keys(name)))
