"""The repair desk for networks, meetings, groups, commitments and appointments."""

from meetings.admin import commitment, meeting, network, team, working_group

__all__ = ["commitment", "meeting", "network", "team", "working_group"]
