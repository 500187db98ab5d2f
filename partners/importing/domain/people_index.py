"""Everyone who is known, by what a table may say of them, and whom the rows of a file would add."""

from collections import defaultdict
from dataclasses import dataclass, field

from partners.merging.domain.duplicates import normalized_name
from partners.models import Person, PersonEmail, User

NAME_FIELDS = ("first_name", "last_name", "certificate_name")


@dataclass(eq=False)
class Someone:
    """A person who is known (``pk``), or whom a row of the file adds (``line``)."""

    pk: int | None = None
    line: int = 0
    names: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAME_FIELDS, ""))
    addresses: list[str] = field(default_factory=list)
    is_claimed: bool = False
    touched: set[int] = field(default_factory=set)  # the first and the last row about them

    @property
    def ref(self) -> str:
        """Return how answers and decisions name them."""
        return str(self.pk) if self.pk else f"row-{self.line}"

    @property
    def full(self) -> str:
        """Return first and last name, as names are compared."""
        return normalized_name(f"{self.names['first_name']} {self.names['last_name']}")

    def __str__(self) -> str:
        name = f"{self.names['first_name']} {self.names['last_name']}".strip()
        return f"{name} ({self.addresses[0]})" if self.addresses else name


class People:
    """Everyone, found by address and by name; rows of a file are entered as they are decided."""

    def __init__(self) -> None:
        self.by_address: dict[str, Someone] = {}
        self.by_name: dict[str, list[Someone]] = defaultdict(list)
        self.by_uid: dict[str, Someone] = {}
        everyone = {}
        for pk, uid, *names in Person.objects.current().order_by("pk").values_list("pk", "uid", *NAME_FIELDS):
            everyone[pk] = self.by_uid[str(uid)] = Someone(pk, 0, dict(zip(NAME_FIELDS, names, strict=True)))
        merged = Person.objects.exclude(merged_into=None).values_list("uid", "merged_into")
        self.by_uid |= {str(uid): everyone[kept] for uid, kept in merged if kept in everyone}
        emails = PersonEmail.objects.order_by("-primary", "pk")
        for pk, address, proved in emails.values_list("person", "address", "verified_at"):
            if someone := everyone.get(pk):
                someone.addresses.append(address)
                someone.is_claimed |= proved is not None
        for pk, address in User.objects.exclude(person=None).values_list("person", "email"):
            if someone := everyone.get(pk):
                someone.is_claimed = True
                someone.addresses += {address} - set(someone.addresses)  # made on the command line
        for someone in everyone.values():
            self.enter(someone)

    def enter(self, someone: Someone) -> None:
        """Let them be found by name and by every address."""
        self.by_address |= dict.fromkeys(someone.addresses, someone)
        if someone.full and someone not in self.by_name[someone.full]:
            self.by_name[someone.full].append(someone)
