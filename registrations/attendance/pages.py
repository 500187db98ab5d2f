"""What the attendance desk shows: the page, and the pieces of it that htmx swaps."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from meetings.models import Meeting, Network
from partners.models import Person
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import attendance, roster
from registrations.attendance.domain.roster import RosterRow
from registrations.attendance.forms.attendance import MarkForm, ReopenForm
from registrations.attendance.forms.wall_clock import away_as_typed, typed
from registrations.models import AttendanceCompletion, Evidence, Registration, Source

PAGE = 60


def desk_page(
    request: PortalRequest,
    meeting: Meeting,
    *,
    form: MarkForm | None = None,
    open_row: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the whole desk; ``open_row`` is the row whose times are being typed."""
    viewer = person_or_404(request)
    words = (request.GET.get("q") or request.POST.get("q") or "").replace("\x00", "")[:100]
    people = roster.on_desk(meeting, viewer=viewer, words=words)
    page = Paginator(roster.with_marks(people, meeting), PAGE).get_page(request.GET.get("page"))
    rows = [row_context(roster.row_of(one, meeting, viewer=viewer), open_row, form) for one in page]
    context = {**figures(meeting, viewer), "rows": rows, "page_obj": page, "words": words}
    context["is_early"] = attendance.is_early(meeting, at=timezone.now())
    return render(request, "registrations/attendance/desk.html", context, status=status)


def row_part(
    request: PortalRequest,
    meeting: Meeting,
    registration: Registration,
    *,
    is_open: bool = False,
    form: MarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one row anew, and the figures that its mark changed."""
    viewer = person_or_404(request)
    fresh = roster.with_marks(Registration.objects.filter(pk=registration.pk), meeting).get()
    row = roster.row_of(fresh, meeting, viewer=viewer)
    open_row = str(registration.uid) if is_open else ""
    context = {
        **figures(meeting, viewer),
        **row_context(row, open_row, form),
        "words": request.POST.get("q", ""),
    }
    return render(request, "registrations/attendance/_row_swap.html", context, status=status)


def where(meeting: Meeting, viewer: Person) -> dict[str, Any]:
    """Return what every page about a meeting says of where one is."""
    network = meeting.network
    works = network is not None and Network.objects.staffed_by(viewer).filter(pk=network.pk).exists()
    return {"meeting": meeting, "network": network, "works_for_network": works}


def figures(meeting: Meeting, viewer: Person) -> dict[str, Any]:
    """Return how far the desk has come, and what can be undone."""
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
    }


def row_context(row: RosterRow, open_row: str, form: MarkForm | None) -> dict[str, Any]:
    """Return what one row shows; the open one has its form and how we know."""
    uid = str(row.registration.uid)
    is_open = uid == open_row
    return {
        "row": row,
        "is_open": is_open,
        "form": (form or times_form(row)) if is_open else None,
        "known": how_we_know(row) if is_open else [],
    }


def times_form(row: RosterRow) -> MarkForm:
    """Return the form of a row with the times that stand."""
    initial = {}
    if row.attendance is not None and row.is_here:
        initial = {
            "arrived": typed(row.attendance.arrived_at, row.meeting),
            "left": typed(row.attendance.left_at, row.meeting),
            "away": away_as_typed(row.attendance.away, row.meeting),
            "presenting": row.attendance.presenting,
        }
    return MarkForm(meeting=row.meeting, row=str(row.registration.uid), initial=initial)


def how_we_know(row: RosterRow) -> list[Evidence]:
    """Return every mark of a person at a meeting, the corrected ones too, newest first."""
    return list(
        Evidence.objects.filter(meeting=row.meeting, registration=row.registration).order_by("-at", "-pk")
    )
