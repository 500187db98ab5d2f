"""The repair desk for networks, meetings, groups, commitments and appointments."""

from meetings.admin import commitment, meeting, network, organization, team, working_group

__all__ = ["commitment", "meeting", "network", "organization", "team", "working_group"]
