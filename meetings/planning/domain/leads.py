"""Who leads a group: one person or several. A row says since when, and stays when they stop."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from meetings.models import GroupLead, WorkingGroup
from partners.models import Person


@transaction.atomic
def set_leads(group: WorkingGroup, people: Iterable[Person], *, on: date) -> None:
    """Let exactly ``people`` lead ``group`` from ``on``; whoever led it before and stays is left alone."""
    WorkingGroup.objects.select_for_update().get(pk=group.pk)
    wanted = {person.pk: person for person in people}
    known = set()
    for row in group.leads.current().select_for_update():
        known.add(row.person_id)
        if row.person_id not in wanted:
            end(row, on=on)
    GroupLead.objects.bulk_create(
        GroupLead(working_group=group, person=person, since=on)
        for pk, person in wanted.items()
        if pk not in known
    )


def end(row: GroupLead, *, on: date) -> None:
    """Write down that somebody leads a group no more from ``on``."""
    row.until = max(on, row.since)
    row.save(update_fields=["until"])


def is_lead(group: WorkingGroup, person: Person | None) -> bool:
    """Return whether ``person`` leads ``group`` now."""
    return person is not None and group.leads.current().filter(person=person).exists()
