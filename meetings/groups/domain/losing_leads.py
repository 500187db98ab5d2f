"""A lead who left: their row ends, and staff are told where nobody leads the group any more."""

from datetime import datetime

from django.db import transaction

from meetings.groups import emails
from meetings.models import GroupLead, WorkingGroup
from meetings.models.planning.working_group import WorkingGroupQuerySet
from meetings.planning.domain.leads import end
from partners.models import Person, local_day


@transaction.atomic
def stop_leading(person: Person, groups: WorkingGroupQuerySet, *, at: datetime) -> list[WorkingGroup]:
    """Let ``person`` lead none of ``groups`` any more; return those without a lead now, which staff hear."""
    rows = GroupLead.objects.current().filter(person=person, working_group__in=groups)
    led = []
    for row in rows.select_for_update(of=("self",)).select_related("working_group__network"):
        end(row, on=local_day(at))
        led.append(row.working_group)
    orphans = [group for group in led if not group.leads.current().exists()]
    for group in orphans:
        emails.lost_lead(group, person, at=at)
    return orphans
