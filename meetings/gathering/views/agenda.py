"""Writing the page of a meeting: its agenda line by line, and the words about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.gathering.domain import agenda
from meetings.gathering.exceptions import ItemEdited
from meetings.gathering.forms.agenda import AboutForm, BreakForm, ChangeItemForm, CopyForm, NewItemForm
from meetings.gathering.pages.agenda_editor import editor_page, item_context
from meetings.gathering.requests import edited_meeting_or_404
from meetings.planning.exceptions import MeetingsRefused
from partners.people.requests import PortalRequest, person_or_404


@never_cache
@require_safe
def meeting_agenda(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the agenda to whoever writes it."""
    return editor_page(request, edited_meeting_or_404(request, uid))


@require_POST
def agenda_add(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Add an item or a break at the end."""
    meeting, by, at = edited_meeting_or_404(request, uid), person_or_404(request), timezone.now()
    form = NewItemForm(request.POST)
    if form.is_valid():
        try:
            if form.is_break:
                minutes, seen = form.cleaned_data["minutes"], form.cleaned_data["breaks"]
                agenda.add_break(meeting, minutes, seen=seen, by=by, at=at)
            else:
                agenda.add_item(meeting, form.words(), uid=form.cleaned_data["uid"], at=at)
        except MeetingsRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('meeting_agenda', args=[uid])}#add")
    return editor_page(request, meeting, new=form, status=422)


@require_POST
def agenda_move(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Put a line before another, or at the end."""
    meeting, line = edited_meeting_or_404(request, uid), request.POST.get("line", "")
    before, by = request.POST.get("before", ""), person_or_404(request)
    try:
        agenda.move(meeting, line, before=before, by=by, at=timezone.now())
    except MeetingsRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('meeting_agenda', args=[uid])}#{line}")


@require_POST
def agenda_remove(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take a line out."""
    meeting, line = edited_meeting_or_404(request, uid), request.POST.get("line", "")
    try:
        agenda.remove(meeting, line, by=person_or_404(request), at=timezone.now())
    except MeetingsRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It's off the agenda."))
    return redirect("meeting_agenda", uid)


@require_POST
def agenda_break(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Make a break longer or shorter."""
    meeting, line = edited_meeting_or_404(request, uid), request.POST.get("line", "")
    form = BreakForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["minutes"][0]))
        return redirect("meeting_agenda", uid)
    minutes, by = form.cleaned_data["minutes"], person_or_404(request)
    try:
        agenda.change_break(meeting, line, minutes, by=by, at=timezone.now())
    except MeetingsRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('meeting_agenda', args=[uid])}#{line}")


@require_POST
def agenda_copy(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Copy the agenda of another meeting into an empty one."""
    meeting, by = edited_meeting_or_404(request, uid), person_or_404(request)
    form = CopyForm(request.POST, meeting=meeting, person=by)
    if form.is_valid():
        try:
            agenda.copy_from(meeting, form.cleaned_data["source"], by=by, at=timezone.now())
        except MeetingsRefused as refused:
            form.add_error("source", str(refused))
        else:
            messages.success(request, _("The agenda is copied. Now change what's different."))
            return redirect("meeting_agenda", uid)
    return editor_page(request, meeting, copy=form, status=422)


@require_POST
def meeting_about(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Write what people have at the end, what it is about, and how they get in."""
    meeting = edited_meeting_or_404(request, uid)
    form = AboutForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return editor_page(request, meeting, about=form, status=422)
    agenda.describe(meeting, agenda.About(**form.cleaned_data))
    messages.success(request, _("Saved."))
    return redirect("meeting_agenda", uid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item(request: PortalRequest, uid: UUID, item: UUID) -> HttpResponse:
    """Change one item."""
    meeting = edited_meeting_or_404(request, uid)
    row = get_object_or_404(meeting.agenda_items.select_related("meeting", "presenter"), uid=item)
    form = ChangeItemForm.of(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        try:
            agenda.change_item(
                row, form.words(), edition=edition, by=person_or_404(request), at=timezone.now()
            )
        except ItemEdited as edited:
            form = ChangeItemForm.of(row, {**request.POST.dict(), "edition": edited.item.edition})
            form.add_error(None, str(edited))
        except MeetingsRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('meeting_agenda', args=[uid])}#item-{item}")
    status = 422 if form.errors else 200
    return render(request, "meetings/gathering/agenda_item.html", item_context(meeting, form), status=status)
