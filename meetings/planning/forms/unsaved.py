"""What a half-filled page makes of network and meetings, unsaved, so that hours are told while planning."""

from datetime import time
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from meetings.models import Meeting, Network, WorkingGroup
from meetings.planning.domain import planning
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.page import NetworkPage
from meetings.planning.forms.typed_breaks import in_meeting

FIRST_UNSAVED = -1


class Typed(NamedTuple):
    """A meeting that is only typed yet, and its breaks."""

    meeting: Meeting
    breaks: list[BreakPlan]


def value(form: Any, name: str) -> Any:
    """Return what stands in a field, clean, or None where it makes no sense yet."""
    try:
        return form.fields[name].clean(form[name].value())
    except ValidationError:
        return None


def network(page: NetworkPage) -> Network:
    """Return the network with its zone and what its certificate needs, as far as it is typed."""
    names = (
        "zone",
        "credit_code",
        "breaks_count",
        "provider",
        "pdp_topic",
        "pdp_category",
        "objectives",
        "assessment",
    )
    more = ("signatory_name", "signatory_title", "requires_demonstration")
    typed = {name: value(page.network, name) for name in (*names, *more)}
    empty = {"provider": None, "requires_demonstration": False, "breaks_count": typed["breaks_count"]}
    columns = {name: found or empty.get(name, "") for name, found in typed.items()}
    return Network(pk=page.instance.pk if page.instance else None, **columns)


def meetings(page: NetworkPage) -> list[Typed]:
    """Return the meetings as far as they can be made out of what is typed."""
    return [*own(page), *of_groups(page)]


def own(page: NetworkPage) -> list[Typed]:
    """Return the network's meetings, typed in rows."""
    found = []
    for form in standing(page.meetings):
        start, end = value(form, "start_time"), value(form, "end_time")
        if meeting := planned(page, value(form, "on"), start, end):
            meeting.counts = form.row is None or form.row.counts
            for name in ("title", "modality", "venue", "category"):
                setattr(meeting, name, value(form, name) or "")
            found.append(Typed(meeting, typed_breaks(form, start, end)))
    return found


def of_groups(page: NetworkPage) -> list[Typed]:
    """Return the groups' meetings: those planned where people are registered, else a slot after each date."""
    slot = value(page.dates, "slot_start"), value(page.dates, "slot_end")
    days = [value(form, "on") for form in standing(page.meetings) if value(form, "groups_after")]
    groups = [form for form in standing(page.groups) if value(form, "title") and value(form, "same_topic")]
    found = []
    for number, form in enumerate(groups):
        if page.locked and form.row:
            known = form.row.meetings.standing().select_related("working_group").prefetch_related("breaks")
            found += [standing_meeting(meeting) for meeting in known]
            continue
        for on in days:
            meeting = planned(page, on, *slot)
            if meeting:
                meeting.working_group = WorkingGroup(pk=FIRST_UNSAVED - number)
                found.append(Typed(meeting, []))
    return found


def standing_meeting(meeting: Meeting) -> Typed:
    """Return a meeting that is planned already, as one that was typed."""
    return Typed(meeting, [BreakPlan(one.start_time, one.minutes) for one in meeting.breaks.all()])


def standing(rows: Any) -> list[Any]:
    """Return the rows that are neither taken away nor cancelled."""
    return [
        form
        for form in rows.forms
        if not form["DELETE"].value() and not getattr(form.row, "is_cancelled", False)
    ]


def typed_breaks(form: Any, start: time, end: time) -> list[BreakPlan]:
    """Return the breaks of a row; none while they make no sense yet."""
    try:
        return in_meeting(value(form, "breaks") or [], start, end)
    except ValidationError:
        return []


def planned(page: NetworkPage, on: Any, start_time: Any, end_time: Any) -> Meeting | None:
    """Return an unsaved meeting, or None where something is missing or wrong."""
    if not (on and start_time and end_time):
        return None
    meeting = Meeting()
    try:
        zone = page.typed("zone")
        planning.set_time(meeting, on=on, start_time=start_time, end_time=end_time, zone=zone)
    except WallTimeRefused:
        return None
    return meeting
