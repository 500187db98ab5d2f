"""What action items add to the pages of others: a partner's own page, My learning, the staff desk."""

from datetime import datetime
from typing import Any

from meetings.gathering.domain.sources import source_for
from meetings.gathering.pages.left_behind import Row, rows_of, shown_to
from meetings.models import ActionItem, WorkingGroup
from partners.models import Organization, Person, local_day

FEW = 8


def of_organization(
    organization: Organization, /, *, person: Person | None, at: datetime
) -> dict[str, Any] | None:
    """Return what an organization still has to do, for its contacts; one statement."""
    rows = ActionItem.objects.single().open().filter(organization=organization)
    listed = rows_of(shown_to(person, rows)[: FEW + 1], today=local_day(at))
    if not listed:
        return None
    return {"organization": organization, "rows": listed[:FEW], "more": len(listed) > FEW}


def of_group(group: WorkingGroup, /, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return what the members of a group do and did, for those who see it; two statements."""
    rows = rows_of(shown_to(person, ActionItem.objects.filter(working_group=group)), today=local_day(at))
    may_give = person is not None and source_for(person, group=str(group.uid)) is not None
    if not rows and not may_give:
        return None
    return {
        "group": group,
        "rows": [row for row in rows if row.item.is_open],
        "done": [row for row in rows if row.item.state == ActionItem.State.DONE],
        "may_give": may_give,
    }


def own_items(person: Person, *, at: datetime) -> list[Row]:
    """Return what somebody still has to do, for themselves and for organizations; one statement."""
    rows = ActionItem.objects.owned_by(person).open()
    return rows_of(shown_to(person, rows)[:FEW], today=local_day(at))


def number_overdue(person: Person, *, at: datetime) -> int:
    """Return how many items are overdue that ``person`` looks after, homework once; one statement."""
    return ActionItem.objects.run_by(person).whole().overdue(local_day(at)).count()
