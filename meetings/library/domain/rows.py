"""What becomes of rows of the library when people or organizations are merged, or somebody is deleted.

A resource and a trial stay with the organization that they are from; the person goes from them.
"""

from meetings.models import AnsweredNeed, Resource, ResourceChange, ResourceReport, Trial
from partners.merging.domain.merge_rules import merge_rule, move_rows, once, stay
from partners.people.domain.person_rows import ACTED, let_go, rows_about
from partners.people.domain.person_rows import stay as keep


def register_rows() -> None:
    """Fill the registries."""
    merge_rule(Resource, "contributor", move_rows)
    merge_rule(Resource, "organization", move_rows)
    merge_rule(Trial, "person", move_rows)
    merge_rule(Trial, "organization", move_rows)
    merge_rule(ResourceReport, "by", once(lambda row: (row.resource_id, row.what, row.settled_at)))
    merge_rule(AnsweredNeed, "by", stay)
    merge_rule(ResourceChange, "by", stay)
    rows_about(Resource, "contributor", forget=let_go("contributor"))
    rows_about(Trial, "person", forget=let_go("person"))
    rows_about(ResourceReport, "by", forget=let_go("by"))
    rows_about(AnsweredNeed, "by", forget=keep, not_downloaded=ACTED)
