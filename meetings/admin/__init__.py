"""The repair desk for networks, meetings, groups, commitments and appointments."""

from meetings.admin import (
    commitment,
    group_request,
    left_behind,
    lists,
    material,
    meeting,
    network,
    organization,
    team,
    team_attendance,
    working_group,
)

__all__ = [
    "commitment",
    "group_request",
    "left_behind",
    "lists",
    "material",
    "meeting",
    "network",
    "organization",
    "team",
    "team_attendance",
    "working_group",
]
