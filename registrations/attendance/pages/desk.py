"""What the attendance desk shows: the page, its rows, and how far it has come."""

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Network
from partners.models import Person
from partners.people.domain import kept_forms
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import attendance, roster
from registrations.attendance.domain.roster import RosterRow, Show
from registrations.attendance.forms.attendance import MarkForm, ReopenForm
from registrations.attendance.forms.typed_spans import as_typed
from registrations.attendance.forms.walk_in import WalkInForm
from registrations.models import AttendanceCompletion, AttendanceReport, DoorRequest, Evidence, Source
from registrations.seats.domain import seats
from stemnet.plain_names import plain_name

PAGE = 300  # the page goes on without a connection, so it has everyone on it
FILTERS = [
    (Show.UNMARKED, _("Not marked")),
    (Show.HERE, _("Here")),
    (Show.ABSENT, _("Absent")),
    (Show.ALL, _("All")),
]


def desk_page(
    request: PortalRequest,
    meeting: Meeting,
    *,
    form: MarkForm | None = None,
    open_row: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the whole desk; ``open_row`` is the row whose times are being typed."""
    viewer, now = person_or_404(request), timezone.now()
    words = (request.GET.get("q") or request.POST.get("q") or "").replace("\x00", "")[:100]
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in list(Show) else Show.ALL
    people = roster.on_desk(meeting, viewer=viewer, words=words, show=show)
    page = Paginator(roster.with_marks(people, meeting), PAGE).get_page(request.GET.get("page"))
    rows = [row_context(roster.row_of(one, meeting, viewer=viewer), open_row, form, at=now) for one in page]
    context = {
        **figures(meeting, viewer, at=now),
        "rows": rows,
        "page_obj": page,
        "words": words,
        "show": show,
        "filters": FILTERS,
        "is_early": attendance.is_early(meeting, at=now),
        "account": kept_forms.account_of(viewer),
        "door": door_rows(meeting),
    }
    if context["can_mark"]:
        context |= blank_forms(meeting, at=now)
    return render(request, "registrations/attendance/desk.html", context, status=status)


def door_rows(meeting: Meeting) -> list[DoorRequest]:
    """Return who waits at the door."""
    return list(DoorRequest.objects.waiting().filter(meeting=meeting))


def blank_forms(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return the forms that the page opens by itself, without a connection."""
    full = meeting.network is not None and seats.free_seats(meeting.network, at=at) < 1
    return {
        "blank_form": MarkForm(meeting=meeting, row="ROW"),
        "walk_in_form": WalkInForm(meeting=meeting, full=full),
    }


def where(meeting: Meeting, viewer: Person) -> dict[str, Any]:
    """Return what every page about a meeting says of where one is."""
    network = meeting.network
    works = network is not None and Network.objects.staffed_by(viewer).filter(pk=network.pk).exists()
    return {"meeting": meeting, "network": network, "works_for_network": works}


def figures(meeting: Meeting, viewer: Person, *, at: datetime) -> dict[str, Any]:
    """Return how far the desk has come, what can be done now, and what can be undone."""
    progress = roster.progress(meeting)
    mine = roster.belonging(meeting).unmarked_at(meeting).filter(person=viewer).exists()
    together = Evidence.objects.standing().filter(meeting=meeting, source=Source.ALL_PRESENT)
    last = together.order_by("-at", "-pk").first()
    return {
        **where(meeting, viewer),
        "progress": progress,
        "others": progress.unmarked - mine,
        "batch": last,
        "batch_size": together.filter(batch=last.batch).count() if last else 0,
        "completion": AttendanceCompletion.objects.filter(meeting=meeting).first(),
        "reopen_form": ReopenForm(auto_id="reopen-%s"),
        "can_mark": not meeting.is_cancelled and not attendance.is_early(meeting, at=at),
        "has_begun": at >= meeting.starts_at,
        "is_over": at >= meeting.ends_at,
        "reports": AttendanceReport.objects.filter(meeting=meeting).count(),
    }


def row_context(row: RosterRow, open_row: str, form: MarkForm | None, *, at: datetime) -> dict[str, Any]:
    """Return what one row shows; the open one has its form and how we know."""
    is_open = str(row.registration.uid) == open_row
    person, work = row.registration.person, row.registration.position
    return {
        "row": row,
        "is_open": is_open,
        "form": (form or times_form(row)) if is_open else None,
        "known": how_we_know(row) if is_open else [],
        "find": plain_name(f"{person} {person.certificate_name} {work.organization_name if work else ''}"),
        "sort": f"{plain_name(person.last_name)} {plain_name(person.first_name)}",
        "undo_seconds": undo_seconds(row, at=at),
        "times": typed_times(row),
    }


def undo_seconds(row: RosterRow, *, at: datetime) -> int:
    """Return for how many seconds whoever looks can still undo the mark; 0 where they can't."""
    if row.mark is None or row.mark.by_id != row.viewer.pk:
        return 0
    left = row.mark.at + attendance.UNDO_WITHIN - at
    return max(int(left / timedelta(seconds=1)), 0)


def typed_times(row: RosterRow) -> dict[str, Any]:
    """Return the times that stand, as they would be typed."""
    if row.attendance is None or not row.is_here:
        return {}
    seen = row.attendance
    times = as_typed(seen.arrived_at, seen.left_at, seen.away, row.meeting)
    return {**times, "presenting": seen.presenting}


def times_form(row: RosterRow) -> MarkForm:
    """Return the form of a row with the times that stand."""
    return MarkForm(meeting=row.meeting, row=str(row.registration.uid), initial=typed_times(row))


def how_we_know(row: RosterRow) -> list[Evidence]:
    """Return every mark of a person at a meeting, the corrected ones too, newest first."""
    theirs = Evidence.objects.filter(registration__person=row.registration.person_id)
    return list(theirs.filter(meeting=row.meeting).order_by("-at", "-pk"))
