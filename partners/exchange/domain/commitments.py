"""Which needs and contributions are committed: those that bind their partners (docs/rules.md 9.3)."""

from collections.abc import Sequence
from datetime import date

from partners.models import Contribution, MouRole, Need
from partners.models.memorandum import binding
from partners.models.memorandum.binding import Bond

Row = Need | Contribution


def committed_rows(rows: Sequence[Row], *, on: date) -> set[int]:
    """Return the keys of those of ``rows`` that bind their partners on a day, in four queries."""
    roles = MouRole.objects.filter(pk__in={row.role_id for row in rows if row.role_id is not None})
    bonds = list(binding.bonds(roles.select_related("mou"), on=on).values())
    parts = {part for one in bonds for part in signed_parts(one)}
    if not parts:
        return set()
    said = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows], promised_in__in=parts)
    return set(said.values_list("pk", flat=True))


def signed_parts(bond: Bond) -> set[int]:
    """Return the keys of the parts in documents that bind a partner, or will once their term begins."""
    if not bond.binds:
        return set()
    return {one.part_id for one in (bond.signature, bond.ahead) if one is not None}
