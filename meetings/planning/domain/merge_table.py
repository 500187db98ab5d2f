"""The rules of merging for the rows of meetings."""

from meetings.models import (
    AgendaItem,
    Appointment,
    CoHost,
    Deliverable,
    GroupLead,
    GroupRequest,
    Material,
    MaterialVersion,
    Meeting,
    MeetingChange,
    TeamMember,
    Upload,
)
from partners.merging.domain.merge_rules import merge_rule, move_rows, once, stay


def register_merge_rules() -> None:
    """Fill the registry."""
    merge_rule(AgendaItem, "presenter", move_rows)
    merge_rule(Appointment, "person", once(lambda row: row.network_id))
    merge_rule(CoHost, "organization", once(lambda row: row.network_id))
    merge_rule(Material, "added_by", stay)
    merge_rule(MaterialVersion, "added_by", stay)
    merge_rule(Meeting, "host", move_rows)
    merge_rule(MeetingChange, "by", stay)
    merge_rule(TeamMember, "person", once(lambda row: None if row.left_on else row.team_id))
    merge_rule(Upload, "owner", once(lambda row: None if row.version_id else (row.sha256, row.size)))
    merge_rule(GroupLead, "person", once(lambda row: None if row.until else row.working_group_id))
    merge_rule(GroupRequest, "person", once(lambda row: None if row.answer else row.group_id))
    merge_rule(GroupRequest, "answered_by", stay)
    merge_rule(Deliverable, "owner", move_rows)
