"""Whom a name or an address in a report means: by rules, and by what an earlier report taught.

An address decides, then a name that the network remembers, then a name that only one of its people has
(docs/rules.md 6.4). Everything is read once; each visitor is looked up in dictionaries.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q

from meetings.models import Meeting
from partners.importing.imports.names import DEGREES, GENERATIONS, TITLES
from partners.models import Person
from registrations.attendance.domain import roster
from registrations.attendance.imports.names import bare_name
from registrations.models import Registration, RememberedVisitor
from stemnet.plain_names import plain_name

MAIL, NAME = "mail:", "name:"
BEHIND_NAME = DEGREES | GENERATIONS | TITLES


@dataclass(frozen=True)
class People:
    """The people of a network whom somebody may mark at a meeting, by what a report may say of them.

    ``remembered`` has the key of a person, or None where somebody is left out; ``seatless`` are those who
    have no seat, by the same keys.
    """

    by_uid: dict[str, Registration] = field(default_factory=dict)
    by_person: dict[int, Registration] = field(default_factory=dict)
    known: dict[str, list[Registration]] = field(default_factory=lambda: defaultdict(list))
    seatless: dict[str, list[Registration]] = field(default_factory=lambda: defaultdict(list))
    remembered: dict[str, int | None] = field(default_factory=dict)

    @property
    def all(self) -> Iterable[Registration]:
        """Return everyone once, by their newest registration that has a seat."""
        return self.by_person.values()


def people_at(meeting: Meeting, *, viewer: Person) -> People:
    """Read whom ``viewer`` may mark at ``meeting``, with all their names and addresses, in three queries."""
    visible = Registration.objects.visible_to(viewer)
    rows = Registration.objects.filter(network=meeting.network_id, person__merged_into=None).filter(
        Q(pk__in=roster.belonging(meeting).values("pk")) | Q(pk__in=visible.values("pk"))
    )
    rows = rows.select_related("person", "position__organization").prefetch_related("person__emails")
    remembered = RememberedVisitor.objects.filter(network=meeting.network_id)
    people = People(remembered=dict(remembered.values_list("key", "person")))
    ordered = sorted(rows, key=lambda one: (not one.is_live, -one.pk))
    for one in ordered:
        if one.seated_at is not None:
            people.by_uid[str(one.uid)] = one
            people.by_person.setdefault(one.person_id, one)
    for one in ordered:
        if one.person_id not in people.by_person:
            add_keys(people.seatless, one)
    for one in people.by_person.values():
        add_keys(people.known, one)
    return people


def add_keys(index: dict[str, list[Registration]], registration: Registration) -> None:
    """Note somebody under each of their addresses and names."""
    person = registration.person
    names = {str(person), person.certificate_name} - {""}
    keys = {MAIL + email.address for email in person.emails.all()}
    for key in keys | {key for name in names for key in name_keys(name)}:
        index[key].append(registration)


@lru_cache(maxsize=100_000)
def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name: its words in any order, and those without title and degrees."""
    whole = in_any_order(bare_name(name))
    bare = in_any_order(without_titles(bare_name(name)))
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
