"""Adding rows to a network's page by POST, for browsers without JavaScript: nothing is saved."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from meetings.planning.forms.typed_breaks import as_typed


def with_row(data: QueryDict, prefix: str) -> QueryDict:
    """Return what was typed with one more empty row of a kind."""
    return with_rows(data, prefix, [{}])


def with_dates(data: QueryDict, dates: list[date], *, times: dict[str, Any]) -> QueryDict:
    """Return what was typed with a meeting's row for each of ``dates``, and the fields of dates emptied."""
    before = count(data, "meetings")
    rows = [
        {
            "title": _("Meeting %(number)d") % {"number": before + step},
            "on": on.isoformat(),
            "start_time": f"{times['start_time']:%H:%M}",
            "end_time": f"{times['end_time']:%H:%M}",
            "modality": times["modality"],
            "venue": times["venue"],
            "breaks": as_typed(times["breaks"]),
            "groups_after": "on",
        }
        for step, on in enumerate(dates, start=1)
    ]
    typed = with_rows(data, "meetings", rows)
    for name in ("dates", "which", "first", "last", "skip"):
        typed[f"plan-{name}"] = ""
    return typed


def with_rows(data: QueryDict, prefix: str, rows: list[dict[str, str]]) -> QueryDict:
    """Return a copy of ``data`` with ``rows`` after the last of their kind."""
    typed = data.copy()
    before = count(data, prefix)
    for number, row in enumerate(rows, start=before):
        typed.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
        if not row:
            typed.update(blank(prefix, number))
    typed[f"{prefix}-TOTAL_FORMS"] = str(before + len(rows))
    return typed


def blank(prefix: str, number: int) -> dict[str, str]:
    """Return what an empty row of a kind starts with."""
    ticked = {"groups": "same_topic", "commitments": "required", "meetings": "groups_after"}
    starts = {f"{prefix}-{number}-{ticked[prefix]}": "on"}
    if prefix == "groups":
        starts[f"{prefix}-{number}-modality"] = "online"
    return starts


def count(data: QueryDict, prefix: str) -> int:
    """Return how many rows of a kind were sent; nonsense counts as none."""
    number = data.get(f"{prefix}-TOTAL_FORMS", "0")
    return min(int(number), 100) if number.isdecimal() else 0
