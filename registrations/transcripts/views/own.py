"""One's own transcript: the page, the PDF and the file, the license, links, and who sees one's hours."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partners.models import Person, local_day
from partners.people.requests import PortalRequest, person_or_404
from registrations.models import Transcript, TranscriptLink
from registrations.transcripts.domain import consents, issuing, links, windows
from registrations.transcripts.domain.figures import Figures, Status, figures_of
from registrations.transcripts.domain.rows import rows_of
from registrations.transcripts.domain.wordings import snapshot_of
from registrations.transcripts.exceptions import TranscriptRefused
from registrations.transcripts.exports import TRANSCRIPT_HEADER
from registrations.transcripts.forms import DAYS, LinkForm, WindowForm
from stemnet.exceptions import CellNotExact, SealUnusable, Unprintable
from stemnet.views.tables import attached_exactly

SHOWN = 5  # issued transcripts on the page, the newest first


def page(
    request: PortalRequest, person: Person, *, at: datetime, status: int = 200, **more: Any
) -> HttpResponse:
    """Return the page, with forms that were refused, or a new link; a constant number of queries."""
    figures, typed = figures_of(person, at=at), windows.own_window(person)
    today = local_day(at)
    known = {"rule": typed.rule_id, "ends_on": typed.ends_on} if typed else None
    context = {
        "transcript": snapshot_of(figures, windows.window_of(typed, figures) if typed else None),
        "undocumented": undocumented(figures),
        "typed": typed,
        "window_form": WindowForm(rules=windows.rules_on(today), initial=known),
        "link_form": LinkForm(initial={"uid": uuid4(), "last_day": today + timedelta(days=DAYS)}),
        "issued": Transcript.objects.filter(person=person)[:SHOWN],
        "links": links.links_of(person),
        "choices": consents.choices_of(person, at=at),
        "now": at,
        **more,
    }
    return render(request, "registrations/transcripts/transcript.html", context, status=status)


def undocumented(figures: Figures) -> list[tuple[str, str]]:
    """Return page address and title of each network that is over and can award units, without a document."""
    lines = [line for line in figures.lines if line.status == Status.NO_DOCUMENT and line.awards]
    return list(dict.fromkeys((line.offering, f"{line.network} {line.year}") for line in lines))


@never_cache
@require_safe
def transcript(request: PortalRequest) -> HttpResponse:
    """Show all one's hours, what is planned, and what can be done with that."""
    return page(request, person_or_404(request), at=timezone.now())


@never_cache
@require_safe
def transcript_csv(request: PortalRequest) -> HttpResponseBase:
    """Hand out the transcript for other programs; what can't stand in it as it is, is said."""
    person, at = person_or_404(request), timezone.now()
    try:
        return attached_exactly(
            f"transcript-{local_day(at)}.csv", TRANSCRIPT_HEADER, rows_of(figures_of(person, at=at))
        )
    except CellNotExact as refusal:
        messages.error(request, str(refusal))
        return redirect("transcript")


@require_POST
def transcript_issue(request: PortalRequest) -> HttpResponse:
    """Issue the transcript of today."""
    person = person_or_404(request)
    try:
        row = issuing.issue(person, at=timezone.now())
    except (TranscriptRefused, Unprintable, SealUnusable) as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Your transcript No. %(number)s is ready. Open the PDF below.") % {"number": row.number}
        messages.success(request, words)
    return redirect(f"{reverse('transcript')}#issued")


@never_cache
@require_safe
def transcript_pdf(request: PortalRequest, uid: UUID) -> FileResponse:
    """Hand out the stored PDF of one's own transcript."""
    return stored_pdf(get_object_or_404(Transcript.objects.visible_to(request.person), uid=uid))


def stored_pdf(row: Transcript) -> FileResponse:
    """Return the file as it was issued."""
    try:
        file = row.pdf.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(file, filename=f"transcript-{row.number}.pdf", content_type="application/pdf")


@require_POST
def transcript_window(request: PortalRequest) -> HttpResponse:
    """Keep the license that one renews, or forget it."""
    person, at = person_or_404(request), timezone.now()
    if "forget" in request.POST:
        windows.drop_window(person)
        return redirect("transcript")
    form = WindowForm(request.POST, rules=windows.rules_on(local_day(at)))
    if not form.is_valid():
        return page(request, person, at=at, status=422, window_form=form)
    windows.set_window(person, **form.cleaned_data, at=at)
    return redirect(f"{reverse('transcript')}#license")


@never_cache
@require_POST
def transcript_link(request: PortalRequest) -> HttpResponse:
    """Issue the transcript of today and make a link to it, which is shown once."""
    person, at = person_or_404(request), timezone.now()
    form = LinkForm(request.POST)
    if not form.is_valid():
        return page(request, person, at=at, status=422, link_form=form)
    said = form.cleaned_data
    try:
        links.check_last_day(said["last_day"], at=at)
        row = issuing.issue(person, at=at)
        token = links.make_link(row, at=at, **said)
    except (TranscriptRefused, Unprintable, SealUnusable) as refusal:
        form.add_error(None, str(refusal))
        return page(request, person, at=at, status=422, link_form=form)
    address = request.build_absolute_uri(reverse("transcript_shared", args=[token]))
    return page(request, person, at=at, new_link=address, made_for=said["name"])


@require_POST
def transcript_link_end(request: PortalRequest, uid: UUID) -> HttpResponse:
    """End a link of one's own."""
    person = person_or_404(request)
    mine = TranscriptLink.objects.filter(transcript__person=person)
    links.end_link(get_object_or_404(mine, uid=uid), at=timezone.now())
    messages.success(request, _("The link shows nothing anymore."))
    return redirect(f"{reverse('transcript')}#links")


@require_POST
def transcript_share(request: PortalRequest, slug: str) -> HttpResponse:
    """Let the contacts of an organization see one's hours, or take that back."""
    person, at = person_or_404(request), timezone.now()
    choice = next((one for one in consents.choices_of(person, at=at) if one.organization.slug == slug), None)
    if choice is None:
        raise Http404
    words = {"organization": choice.organization}
    if request.POST.get("agrees") == "yes":
        consents.agree(person, choice.organization, at=at)
        messages.success(request, _("%(organization)s can see your hours now.") % words)
    else:
        consents.take_back(person, choice.organization, at=at)
        messages.success(request, _("%(organization)s can't see your hours anymore.") % words)
    return redirect(f"{reverse('transcript')}#sharing")
