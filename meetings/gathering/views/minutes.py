"""The minutes of a meeting: written by several people, published by a press, kept in versions.

Decisions stand beside them, one a line, and go the same way.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.gathering.domain import minutes
from meetings.gathering.exceptions import MinutesChanged, MinutesRefused
from meetings.gathering.forms.minutes import MinutesForm, NoteTakerForm, PublishForm
from meetings.gathering.requests import written_meeting_or_404
from meetings.models import Meeting, Minutes, MinutesEdit, Network
from partners.people.requests import PortalRequest, acting, person_or_404
from stemnet.differences import combine, pieces


def minutes_edit(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Write the minutes; where somebody else saved meanwhile, show both texts and one of both."""
    meeting = written_meeting_or_404(request, uid)
    if request.method != "POST":
        return page(request, meeting, form_of(saved(meeting)))
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return page(request, meeting, form, status=422)
    words, seen = form.words(), form.cleaned_data["seen"] or 0
    try:
        minutes.save_minutes(meeting, words=words, seen=seen, **acting(request))
    except MinutesChanged as conflict:
        return both_texts(request, meeting, form, conflict)
    except MinutesRefused as refusal:
        form.add_error("text", str(refusal))
        return page(request, meeting, form, status=409)
    messages.success(request, _("The minutes are saved."))
    return redirect(meeting)


def both_texts(
    request: PortalRequest, meeting: Meeting, form: MinutesForm, refusal: MinutesChanged
) -> HttpResponse:
    """Show what somebody else saved, what was typed here, and one text made of both."""
    now = saved(meeting)
    both = combine(
        {name: str(form.fields[name].label) for name in ("decisions", "text")},
        base=minutes.words_at(meeting, form.cleaned_data["seen"] or 0),
        theirs=minutes.words_of(now),
        mine=form.words(),
        by_line=["decisions", "text"],
    )
    who, at = now.saved_by_name, now.saved_at
    shown = {"rows": both.clashes, "who": who, "at": at, "sentence": str(refusal)}
    return page(request, meeting, form_of(now, both.words), status=409, conflict=shown)


def saved(meeting: Meeting) -> Minutes:
    """Return the minutes as they are saved; empty ones where nothing is."""
    return Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)


def form_of(now: Minutes, words: dict[str, str] | None = None) -> MinutesForm:
    """Return the form that begins from the minutes of now, with other words where they are given."""
    return MinutesForm(initial={**(words or minutes.words_of(now)), "seen": now.revision})


def page(
    request: PortalRequest, meeting: Meeting, form: MinutesForm, *, status: int = 200, **more: object
) -> HttpResponse:
    """Render the page where minutes are written."""
    now = saved(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "minutes": now,
        "publish": PublishForm(initial={"public": now.public}),
        "note_takers": meeting.note_takers.select_related("person"),
        "note_taker_form": NoteTakerForm(),
        "may_name": Meeting.objects.markable_by(request.person).filter(pk=meeting.pk).exists(),
        **more,
    }
    return render(request, "meetings/gathering/minutes.html", context, status=status)


@require_POST
def minutes_publish(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Publish the minutes to the people of the meeting or to everyone, or make them a draft again."""
    meeting = written_meeting_or_404(request, uid)
    if request.POST.get("act") == "draft":
        minutes.unpublish_minutes(meeting)
        messages.success(
            request, _("The minutes are a draft again. Only people who write them can read them.")
        )
        return redirect(meeting)
    try:
        done = minutes.publish_minutes(meeting, public=bool(request.POST.get("public")), at=timezone.now())
    except MinutesRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("minutes_edit", uid)
    messages.success(
        request,
        _("The minutes are published, and everyone can read them.")
        if done.public
        else _("The minutes are published for everyone who is registered or came."),
    )
    return redirect(meeting)


@require_safe
def minutes_versions(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show what changed from one save of the minutes to another."""
    meeting = written_meeting_or_404(request, uid)
    edits = list(MinutesEdit.objects.filter(minutes__meeting=meeting))
    if not edits:
        raise Http404
    known = {str(edit.revision): edit for edit in edits}
    new = known.get(request.GET.get("to", ""), edits[-1])
    before = [edit for edit in edits if edit.revision < new.revision]
    old = known.get(request.GET.get("from", ""), before[-1] if before else None)
    was = minutes.words_of(old or MinutesEdit())
    form, now = MinutesForm(), minutes.words_of(new)
    rows = [(form.fields[name].label, pieces(was[name], now[name])) for name in now if was[name] != now[name]]
    context = {"meeting": meeting, "edits": edits[::-1], "old": old, "new": new, "rows": rows}
    return render(request, "meetings/gathering/minutes_versions.html", context)


@require_POST
def note_takers(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Name somebody who writes the minutes, or remove them; for staff and the lead of the group."""
    meeting = written_meeting_or_404(request, uid)
    if not Meeting.objects.markable_by(request.person).filter(pk=meeting.pk).exists():
        raise Http404
    gone = request.POST.get("remove", "")
    if gone.isdecimal():
        minutes.remove_note_taker(meeting, key=int(gone))
        messages.success(request, _("They no longer take notes here. What they wrote stays."))
        return redirect("minutes_edit", uid)
    form = NoteTakerForm(request.POST)
    if not form.is_valid():
        return page(request, meeting, form_of(saved(meeting)), status=422, note_taker_form=form)
    person = form.cleaned_data["address"]
    minutes.name_note_taker(meeting, person)
    messages.success(request, _("%(name)s can write these minutes now.") % {"name": person})
    return redirect("minutes_edit", uid)


@require_safe
def network_decisions(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what the meetings of a network decided, the newest first, to those who read their minutes."""
    person = person_or_404(request)
    network: Network = get_object_or_404(Network.objects.visible_to(person), slug=slug)
    found = Minutes.objects.visible_to(person).filter(meeting__network=network).exclude(decisions="")
    rows = found.select_related("meeting").order_by("-meeting__starts_at", "pk")
    return render(request, "meetings/gathering/network_decisions.html", {"network": network, "minutes": rows})
