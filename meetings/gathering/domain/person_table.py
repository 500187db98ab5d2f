"""What the rows of meetings that lead to a person mean for their download, and for their deletion."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from meetings.models import (
    ActionItem,
    AgendaItem,
    Appointment,
    Deliverable,
    GroupLead,
    GroupRequest,
    Material,
    MaterialVersion,
    Minutes,
    MinutesEdit,
    Network,
    NoteTaker,
    TeamAttendance,
    TeamMember,
    Upload,
)
from partners.models import local_day
from partners.people.domain import traces
from partners.people.domain.person_rows import (
    ACTED,
    Forgetting,
    delete_rows,
    let_go,
    rows_about,
    stay,
    stay_without,
    unsign,
)
from partners.people.domain.person_table import histories_of, unsigned_histories


def drop_items(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Drop what is open, and empty what was answered."""
    rows.filter(state=ActionItem.State.OPEN).update(state=ActionItem.State.DROPPED, closed_at=forgetting.at)
    rows.update(answer="")


def leave_teams(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """End what goes on, and name nobody in public."""
    rows.filter(left_on=None).update(left_on=local_day(forgetting.at))
    rows.update(listed=False)


def end_leading(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """End what goes on; the rows stay."""
    today = local_day(forgetting.at)
    rows.filter(until=None).update(until=Greatest(F("since"), Value(today)))


def rows_of_meetings() -> None:
    """Fill the registry."""
    rows_about(Appointment, "person", forget=delete_rows)
    rows_about(GroupLead, "person", forget=end_leading)
    rows_about(TeamMember, "person", forget=leave_teams)
    rows_about(TeamAttendance, "person", forget=stay)
    rows_about(GroupRequest, "person", forget=delete_rows)
    rows_about(NoteTaker, "person", forget=delete_rows)
    rows_about(ActionItem, "person", forget=drop_items)
    rows_about(AgendaItem, "presenter", forget=stay_without(presenter=None, presenter_name=""))
    rows_about(Deliverable, "owner", forget=let_go("owner"))
    rows_about(Upload, "owner", forget=delete_rows)
    rows_about(Material, "added_by", forget=stay)
    rows_about(MaterialVersion, "added_by", forget=stay)
    rows_about(GroupRequest, "answered_by", forget=stay, not_downloaded=ACTED)
    rows_about(MinutesEdit, "by", forget=unsign, not_downloaded=ACTED)
    traces.leave_words(Minutes, "decisions", "text")
    traces.leave_words(MinutesEdit, "decisions", "text")
    traces.leave_words(Network, "signatory_name")
    unsigned_histories("meetings")
    histories_of("meetings")
