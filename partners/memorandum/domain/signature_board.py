"""Who has signed and who has not: one line a partner, with what binds it and what it is asked for."""

from dataclasses import dataclass
from datetime import date

from partners.models import Mou, MouRole, Person, Signature
from partners.models.memorandum import binding
from partners.models.memorandum.binding import Bond


@dataclass(frozen=True)
class SignatureLine:
    """One partner; ``seen`` are the keys of the signatures that the reader may open."""

    bond: Bond
    seen: set[int]

    @property
    def role(self) -> MouRole:
        """Return the part."""
        return self.bond.role

    @property
    def signature(self) -> Signature | None:
        """Return the newest request or signature under what stands, or else the last that was given."""
        return self.bond.latest or self.bond.signature

    @property
    def opens(self) -> bool:
        """Return whether the reader may open the signature of this line."""
        return self.signature is not None and self.signature.pk in self.seen

    @property
    def bound(self) -> Signature | None:
        """Return the signature that binds the partner, where it is another than the newest request."""
        one = self.bond.signature
        return one if self.bond.binds and one != self.signature else None

    @property
    def waits(self) -> bool:
        """Return whether the signatory was asked and has not answered, and it is not too late."""
        return self.bond.asked is not None


def signature_lines(mou: Mou, person: Person | None, *, today: date) -> list[SignatureLine]:
    """Return a line for every part of the memorandum, in a fixed number of queries."""
    opens = Signature.objects.visible_to(person).filter(document__mou=mou)
    seen = set(opens.values_list("pk", flat=True))
    return [SignatureLine(bond=one, seen=seen) for one in binding.bonds_of(mou, on=today)]
