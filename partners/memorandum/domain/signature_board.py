"""Who has signed and who has not: one line a partner, with its newest signature."""

from dataclasses import dataclass

from partners.models import Mou, MouRole, Person, Signature


@dataclass(frozen=True)
class SignatureLine:
    """One partner; ``signature`` is its newest, ``opens`` whether the reader may open it."""

    role: MouRole
    signature: Signature | None
    opens: bool

    @property
    def waits(self) -> bool:
        """Return whether the signatory was asked and has not answered, and the partner has not left."""
        left = self.role.status == MouRole.Status.WITHDRAWN
        return not left and self.signature is not None and self.signature.status == Signature.Status.ASKED


def signature_lines(mou: Mou, person: Person | None) -> list[SignatureLine]:
    """Return a line for every part of the memorandum, in three queries."""
    rows = Signature.objects.filter(document__mou=mou).select_related("document__mou", "part")
    newest = {row.part.role_id: row for row in rows.order_by("document__number", "pk")}
    opens = set(Signature.objects.visible_to(person).filter(document__mou=mou).values_list("pk", flat=True))
    roles = mou.roles.select_related("organization").order_by("organization__plain_name", "pk")
    return [
        SignatureLine(role=role, signature=one, opens=one is not None and one.pk in opens)
        for role in roles
        for one in [newest.get(role.pk)]
    ]
