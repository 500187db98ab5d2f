"""The repair desk for networks, meetings, groups, commitments and appointments."""

from meetings.admin import commitment, lists, meeting, network, organization, team, working_group

__all__ = ["commitment", "lists", "meeting", "network", "organization", "team", "working_group"]
