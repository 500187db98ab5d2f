"""What is held: networks, their meetings, working groups and commitments."""

from meetings.models.gathering import meeting_roles
from meetings.models.gathering.action_item import ActionItem, ActionItemChange, is_owned_by, is_run_by
from meetings.models.gathering.agenda_item import AgendaItem
from meetings.models.gathering.material import Material, MaterialVersion, SeenBy, SeenFrom
from meetings.models.gathering.minutes import Minutes, MinutesEdit, NoteTaker, minuted_by
from meetings.models.gathering.upload import Upload
from meetings.models.groups.deliverable import Deliverable
from meetings.models.groups.group_request import GroupRequest
from meetings.models.groups.team_attendance import TeamAttendance
from meetings.models.groups.team_member import TeamMember
from meetings.models.library.resource import AnsweredNeed, Resource, ResourceChange, ResourceGrade
from meetings.models.library.trial import ResourceReport, Trial
from meetings.models.planning.commitment import Commitment, CommitmentVersion
from meetings.models.planning.meeting import Meeting, MeetingChange, Modality, with_dates
from meetings.models.planning.meeting_break import Break
from meetings.models.planning.network import (
    Appointment,
    CoHost,
    Network,
    counted,
)
from meetings.models.planning.working_group import GroupLead, WorkingGroup

__all__ = [
    "ActionItem",
    "ActionItemChange",
    "AgendaItem",
    "AnsweredNeed",
    "Appointment",
    "Break",
    "CoHost",
    "Commitment",
    "CommitmentVersion",
    "Deliverable",
    "GroupLead",
    "GroupRequest",
    "Material",
    "MaterialVersion",
    "Meeting",
    "MeetingChange",
    "Minutes",
    "MinutesEdit",
    "Modality",
    "Network",
    "NoteTaker",
    "Resource",
    "ResourceChange",
    "ResourceGrade",
    "ResourceReport",
    "SeenBy",
    "SeenFrom",
    "TeamAttendance",
    "TeamMember",
    "Trial",
    "Upload",
    "WorkingGroup",
    "counted",
    "is_owned_by",
    "is_run_by",
    "meeting_roles",
    "minuted_by",
    "with_dates",
]
