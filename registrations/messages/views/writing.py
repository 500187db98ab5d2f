"""One message: writing it, a preview, a test, its time, and its report."""

from datetime import time
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Network
from meetings.planning.exceptions import WallTimeRefused
from partners.models import Person, is_night, zone_of_partnership
from partners.people.requests import PortalRequest, person_or_404
from registrations.messages.domain import saved_texts, sending, writing
from registrations.messages.domain.audiences import words_of
from registrations.messages.exceptions import MessageRefused, TextRefused
from registrations.messages.forms.writing import DraftForm
from registrations.messages.pages import report
from registrations.messages.pages.choosing import lot_of, places_of, preview_of
from registrations.models import Message, SavedText
from stemnet import wording
from stemnet.tables.writing import csv_lines

PAGE = 50


def own_message(request: PortalRequest, uid: UUID) -> Message:
    """Return a message that the asker may see, else 404."""
    seen = Message.objects.visible_to(person_or_404(request)).distinct()
    return get_object_or_404(seen.select_related("network", "group", "written_by"), uid=uid)


def zone_of(message: Message) -> str:
    """Return the zone in which a message's times are said."""
    return message.network.zone if message.network else zone_of_partnership().key


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Write a draft, or see what became of a message."""
    found = own_message(request, uid)
    if not found.is_draft:
        return report_page(request, found)
    if request.method == "POST":
        return save(request, found, DraftForm(request.POST))
    return write_page(request, found, DraftForm(initial={"subject": found.subject, "text": found.text}))


def save(request: PortalRequest, draft: Message, form: DraftForm) -> HttpResponse:
    """Keep the draft, and do what the pressed button says."""
    if not form.is_valid():
        return write_page(request, draft, form, status=422)
    data, act = form.cleaned_data, request.POST.get("act", "show")
    shown = request.POST.get("step") or data["reader"] or 1
    try:
        writing.save_draft(draft, subject=data["subject"], text=data["text"])
        if act == "test":
            send_test(request, draft, data["reader"] or 1)
        elif act == "begin":
            begin_with(draft, data["begin"], by=person_or_404(request))
        elif act == "keep":
            kept = saved_texts.keep_text(
                draft, name=data["keep_as"], by=person_or_404(request), at=timezone.now()
            )
            notes.success(
                request, _("Saved as “%(name)s”. Other messages can begin with it.") % {"name": kept}
            )
        elif act == "send":
            when = form.wanted(zone_of(draft))
            if form.errors:
                return write_page(request, draft, form, status=422)
            sending.send_message(draft, when=when, by=person_or_404(request), at=timezone.now())
            return redirect("message", uid=draft.uid)
    except TextRefused as refusal:
        form.add_error(refusal.field, str(refusal))
    except WallTimeRefused as refusal:
        form.add_error("time", str(refusal))
    except MessageRefused as refusal:
        at_time = act == "send" and data["when"] == "later"
        form.add_error("on" if at_time else "keep_as" if act == "keep" else None, str(refusal))
    if form.errors:
        return write_page(request, draft, form, status=422)
    if act == "save":
        notes.success(request, _("Your draft is saved."))
    return redirect(f"{draft.get_absolute_url()}?reader={shown}")


def begin_with(draft: Message, key: str, *, by: Person) -> None:
    """Put a saved text, or one of the portal's, in the place of what was typed."""
    found = next((one for one in saved_texts.beginnings_of(draft, by) if one.key == key), None)
    if found is not None:
        writing.save_draft(draft, subject=found.subject, text=found.text)


def send_test(request: PortalRequest, draft: Message, reader: int) -> None:
    """Mail the asker what one reader would get."""
    person, now = person_or_404(request), timezone.now()
    address = writing.send_test(draft, number=reader - 1, by=person, at=now)
    notes.success(request, _("We sent a test to %(address)s.") % {"address": address})


@never_cache
@require_POST
def message_preview(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show how one reader would see what stands in the form; nothing is kept."""
    draft, form = own_message(request, uid), DraftForm(request.POST)
    if not draft.is_draft:
        raise Http404
    number = 1
    if form.is_valid():
        draft.subject, draft.text = form.cleaned_data["subject"], form.cleaned_data["text"]
        number = form.cleaned_data["reader"] or 1
    readers = lot_of(draft, at=timezone.now()).mailed
    preview = preview_of(draft, readers, number, at=timezone.now())
    context = {"message": draft, "preview": preview, "readers": readers, "wrong": what_is_wrong(draft)}
    return render(request, "registrations/messages/_preview.html", context)


def what_is_wrong(draft: Message) -> str:
    """Return what would stop a text from going out, empty while nothing is typed or all is well."""
    if not draft.subject or not draft.text:
        return ""
    try:
        writing.check_message(draft)
    except TextRefused as refusal:
        return str(refusal)
    return ""


def write_page(request: PortalRequest, draft: Message, form: DraftForm, *, status: int = 200) -> HttpResponse:
    """Draw the page on which a message is written."""
    now, zone, person = timezone.now(), zone_of(draft), person_or_404(request)
    lot = lot_of(draft, at=now)
    number = request.POST.get("step") or request.POST.get("reader") or request.GET.get("reader") or "1"
    shown = int(number) if number.isdecimal() and len(number) < 7 else 1
    context = {
        "message": draft,
        "network": draft.network,
        "form": form,
        "lot": lot,
        "readers": lot.mailed,
        "to_whom": words_of(draft, at=now),
        "preview": preview_of(draft, lot.mailed, shown, at=now),
        "places": places_of(draft),
        "beginnings": saved_texts.beginnings_of(draft, person),
        "may_keep": saved_texts.may_keep(draft, person),
        "zone": zone,
        "zone_words": wording.zone_name(now, zone),
        "is_night": is_night(now, zone),
        "night": [time(settings.DAY_ENDS_AT), time(settings.DAY_BEGINS_AT)],
    }
    return render(request, "registrations/messages/write.html", context, status=status)


def report_page(request: PortalRequest, found: Message) -> HttpResponse:
    """Draw what became of a message; htmx asks for it again while it goes out."""
    zone, only_lost = zone_of(found), request.GET.get("show") == "lost"
    page = Paginator(report.rows_of(found, only_lost=only_lost), PAGE).get_page(request.GET.get("page"))
    context = {
        "message": found,
        "network": found.network,
        "zone": zone,
        "to_whom": words_of(found, at=timezone.now()),
        "figures": report.figures_of(found),
        "lines": report.lines_of(found, list(page), zone),
        "page_obj": page,
        "only_lost": only_lost,
        "job": report.job_of(found),
        "night": found.send_at is not None and is_night(found.send_at, zone),
    }
    name = "registrations/messages/_progress.html" if request.htmx else "registrations/messages/report.html"
    return render(request, name, context)


@require_POST
def saved_text_remove(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take away a saved text of a network that one staffs, or of the partnership."""
    person = person_or_404(request)
    mine = Q(network__in=Network.objects.staffed_by(person))
    if person.is_coordinator:
        mine |= Q(network=None)
    found = get_object_or_404(SavedText.objects.filter(mine).select_related("network"), uid=uid)
    found.delete()
    notes.success(request, _("“%(name)s” is gone.") % {"name": found})
    return redirect("messages", slug=found.network.slug) if found.network else redirect("partner_messages")


@never_cache
@require_safe
def message_readers(request: PortalRequest, uid: UUID) -> StreamingHttpResponse:
    """Hand out the readers of a message as a table, with what became of their mail."""
    found = own_message(request, uid)
    lines = csv_lines(report.sheet_of(found, zone_of(found)))
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="message-{found.uid.hex[:8]}.csv"'},
    )


@require_POST
def message_act(request: PortalRequest, uid: UUID, act: str) -> HttpResponse:
    """Stop a message, write it again, or write to those who could not be reached."""
    found, person, now = own_message(request, uid), person_or_404(request), timezone.now()
    acts = {"again": writing.use_again, "rest": writing.write_to_the_rest}
    try:
        if act == "stop":
            sending.stop_message(found, by=person)
            notes.success(request, _("The message is stopped. Nobody got it."))
        elif act == "go-on":
            sending.go_on(found)
        elif act in acts:
            return redirect("message", uid=acts[act](found, by=person, at=now).uid)
        else:
            raise Http404
    except MessageRefused as refusal:
        notes.error(request, str(refusal))
    return redirect("message", uid=uid)
