"""The rules of merging for the rows of groups."""

from django.db.models import Model

from meetings.models import TeamAttendance
from partners.merging.domain.merge_rules import Merging, give_rows, locked_rows, merge_rule


def attendance(merging: Merging, model: type[Model], field: str) -> None:
    """Move rows; of a meeting that both have, the one that stays learns what only the other knows."""
    known = {row.meeting_id: row for row in locked_rows(model, field, merging.kept)}
    for row in locked_rows(model, field, merging.gone):
        kept = known.get(row.meeting_id)
        if kept is None:
            give_rows(merging, [row], field)
            continue
        if row.came is not None and not kept.came and row.came != kept.came:
            mark = {"came": row.came, "marked_by_name": row.marked_by_name, "marked_at": row.marked_at}
            merging.journal.update(kept, **mark)
        if row.said_absent_at and not kept.said_absent_at:
            merging.journal.update(kept, said_absent_at=row.said_absent_at)


def register_merge_rules() -> None:
    """Fill the registry."""
    merge_rule(TeamAttendance, "person", attendance)
