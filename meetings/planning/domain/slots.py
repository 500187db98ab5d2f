"""The slots of the working groups: a meeting of each group after the network's own."""

from datetime import date, datetime

from meetings.models import Meeting, Network, WorkingGroup
from meetings.planning.domain import moving, planning
from meetings.planning.domain.plans import GroupPlan, Plan


def write_slots(
    network: Network,
    plan: Plan,
    groups: list[tuple[WorkingGroup, GroupPlan]],
    *,
    locked: bool,
    at: datetime,
) -> list[Meeting]:
    """Give each group a meeting at the slot of each date after which groups meet, and no other.

    Where people are registered nothing planned is changed or taken away: only what is new is added, for new
    groups and new dates. Returns the new meetings.
    """
    days = [row.on for row in plan.meetings if row.groups_after and not row.remove]
    new_days = {row.on for row in plan.meetings if row.meeting is None}
    added: list[Meeting] = []
    for group, typed in groups:
        known = {meeting.on: meeting for meeting in group.meetings.filter(in_slot=True)}
        if not locked:
            group.meetings.filter(in_slot=True).exclude(on__in=days).delete()
        for on in days:
            if locked and (on in known or (typed.group and on not in new_days)):
                continue
            meeting = known.get(on) or Meeting(network=network, working_group=group, in_slot=True)
            if meeting.pk is None:
                added.append(meeting)
            write_slot(meeting, plan, typed, on, at=at)
    return added


def write_slot(meeting: Meeting, plan: Plan, typed: GroupPlan, on: date, *, at: datetime) -> None:
    """Write one meeting of a group on one day; its network says the zone."""
    if meeting.is_cancelled or not (plan.slot_start and plan.slot_end and meeting.network):
        return
    before = moving.facts(meeting)
    meeting.title, meeting.modality, meeting.venue = typed.title, typed.modality, typed.meets
    planning.set_time(
        meeting, on=on, start_time=plan.slot_start, end_time=plan.slot_end, zone=meeting.network.zone
    )
    if meeting.pk and meeting.network.published_at:
        moving.revise(meeting, before=before, at=at)
    meeting.save()
