"""What is held: networks, their meetings, working groups and commitments."""

from meetings.models.commitment import Commitment, CommitmentVersion
from meetings.models.meeting import Meeting, MeetingChange, Modality
from meetings.models.network import Appointment, Audience, Category, CoHost, Network, Subject
from meetings.models.team_member import TeamMember
from meetings.models.working_group import WorkingGroup

__all__ = [
    "Appointment",
    "Audience",
    "Category",
    "CoHost",
    "Commitment",
    "CommitmentVersion",
    "Meeting",
    "MeetingChange",
    "Modality",
    "Network",
    "Subject",
    "TeamMember",
    "WorkingGroup",
]
