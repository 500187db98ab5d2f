"""What the pages show on which an agenda is written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from meetings.gathering.domain.agenda import agenda_of, check_open
from meetings.gathering.exceptions import AgendaRefused
from meetings.gathering.forms.agenda import AboutForm, CopyForm, ItemForm, NewItemForm
from meetings.gathering.pages.agenda import left_words, rows_of, too_long
from meetings.models import Meeting
from partners.people.requests import PortalRequest, person_or_404


def editor_page(
    request: PortalRequest,
    meeting: Meeting,
    *,
    new: NewItemForm | None = None,
    about: AboutForm | None = None,
    copy: CopyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the agenda with its forms; one that was refused stands as it was typed."""
    agenda = agenda_of(meeting)
    closed = ""
    try:
        check_open(meeting, at=timezone.now())
    except AgendaRefused as refused:
        closed = str(refused)
    context = {
        "meeting": meeting,
        "network": meeting.network,
        "agenda": rows_of(agenda, named=True),
        "too_long": too_long(agenda),
        "left": left_words(agenda),
        "closed": closed,
        "new": new or NewItemForm(breaks=len(agenda.breaks)),
        "about": about or AboutForm(meeting=meeting),
        "copy": None if agenda.items else copy or CopyForm(meeting=meeting, person=person_or_404(request)),
    }
    return render(request, "meetings/gathering/agenda.html", context, status=status)


def item_context(meeting: Meeting, form: ItemForm) -> dict[str, Any]:
    """Return what the page of one item shows."""
    return {"meeting": meeting, "network": meeting.network, "form": form}
