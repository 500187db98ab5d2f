"""The rules of merging for what meetings leave behind."""

from meetings.models import ActionItem, ActionItemChange, MinutesEdit, NoteTaker
from partners.merging.domain.merge_rules import merge_rule, once, stay


def register_merge_rules() -> None:
    """Fill the registry; of homework that both have to do, each keeps their own."""
    merge_rule(ActionItem, "person", once(lambda row: row.part_of_id))
    merge_rule(ActionItem, "organization", once(lambda row: row.part_of_id))
    merge_rule(NoteTaker, "person", once(lambda row: row.meeting_id))
    merge_rule(ActionItemChange, "by", stay)
    merge_rule(MinutesEdit, "by", stay)
