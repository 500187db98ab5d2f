"""Everyone who is known, by what a table may say of them, and whom the rows of a file would add."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from partners.models import Person, PersonEmail, User
from stemnet.plain_names import plain_name

NAME_FIELDS = ("first_name", "last_name", "certificate_name")


@dataclass(frozen=True)
class Everyone:
    """Everyone who is known, read once for every walk through a file."""

    people: list[tuple[Any, ...]]  # pk, uid, NAME_FIELDS
    merged: list[tuple[Any, int | None]]  # the key of who went, and who stayed
    addresses: list[tuple[int, str, datetime | None]]
    logins: list[tuple[int | None, str]]

    @classmethod
    def read(cls) -> "Everyone":
        """Read it in four queries."""
        emails = PersonEmail.objects.order_by("-primary", "pk")
        return cls(
            list(Person.objects.current().order_by("pk").values_list("pk", "uid", *NAME_FIELDS)),
            list(Person.objects.exclude(merged_into=None).values_list("uid", "merged_into")),
            list(emails.values_list("person", "address", "verified_at")),
            list(User.objects.exclude(person=None).values_list("person", "email")),
        )


@dataclass(eq=False, slots=True)
class Someone:
    """A person who is known (``pk``), or whom a row of the file adds (``line``)."""

    pk: int | None = None
    line: int = 0
    names: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAME_FIELDS, ""))
    addresses: list[str] = field(default_factory=list)
    is_claimed: bool = False
    touched: set[int] = field(default_factory=set)  # the first and the last row about them
    ref: str = field(init=False)  # how answers and decisions name them

    def __post_init__(self) -> None:
        self.ref = str(self.pk) if self.pk else f"row-{self.line}"

    def is_now(self, pk: int) -> None:
        """Let somebody new be the person who was written for them."""
        self.pk, self.ref = pk, str(pk)

    @property
    def full(self) -> str:
        """Return first and last name, as names are compared."""
        return plain_name(f"{self.names['first_name']} {self.names['last_name']}")

    def __str__(self) -> str:
        name = f"{self.names['first_name']} {self.names['last_name']}".strip()
        return f"{name} ({self.addresses[0]})" if self.addresses else name


class People:
    """Everyone, found by address and by name; rows of a file are entered as they are decided."""

    def __init__(self, read: Everyone) -> None:
        self.by_address: dict[str, Someone] = {}
        self.by_name: dict[str, dict[str, Someone]] = defaultdict(dict)
        self.by_uid: dict[str, Someone] = {}
        everyone = {}
        for pk, uid, *names in read.people:
            everyone[pk] = self.by_uid[str(uid)] = Someone(pk, 0, dict(zip(NAME_FIELDS, names, strict=True)))
        self.by_uid |= {str(uid): everyone[kept] for uid, kept in read.merged if kept in everyone}
        for holder, address, proved in read.addresses:
            if someone := everyone.get(holder):
                someone.addresses.append(address)
                someone.is_claimed |= proved is not None
        for person, address in read.logins:
            if person is not None and (someone := everyone.get(person)):
                someone.is_claimed = True
                if address not in someone.addresses:  # made on the command line
                    someone.addresses.append(address)
        for someone in everyone.values():
            self.enter(someone)

    def enter(self, someone: Someone) -> None:
        """Let them be found by name and by every address."""
        for address in someone.addresses:
            self.by_address[address] = someone
        if full := someone.full:
            self.by_name[full][someone.ref] = someone

    def named(self, full: str) -> list[Someone]:
        """Return those of this name, as names are compared."""
        return list(self.by_name.get(full, {}).values())
