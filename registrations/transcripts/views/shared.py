"""A transcript for whoever has its link or its code: the page and the PDF, without signing in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.people.requests import PortalRequest
from registrations.models import Transcript
from registrations.transcripts.domain import links
from registrations.transcripts.domain.checking import withdrawn_since
from registrations.transcripts.views.own import stored_pdf
from stemnet.limits import within_limit
from stemnet.paper_codes import normal_code
from stemnet.views.pages import too_many_tries


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines, and its address out of what browsers tell other pages."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@login_not_required
@require_safe
def transcript_shared(request: PortalRequest, token: str) -> HttpResponse:
    """Show the transcript of a link; nothing is counted and nothing is kept of who looks."""
    link = links.open_link(token, at=timezone.now())
    if link is None:
        return _unlisted(render(request, "registrations/transcripts/link_over.html", status=404))
    context = {
        "link": link,
        "transcript": link.transcript.snapshot,
        "pdf": reverse("transcript_shared_pdf", args=[token]),
        "withdrawn": withdrawn_since(link.transcript),
    }
    return _unlisted(render(request, "registrations/transcripts/shared.html", context))


@never_cache
@login_not_required
@require_safe
def transcript_shared_pdf(request: PortalRequest, token: str) -> HttpResponseBase:
    """Hand out the PDF of a link."""
    link = links.open_link(token, at=timezone.now())
    if link is None:
        return _unlisted(render(request, "registrations/transcripts/link_over.html", status=404))
    response = stored_pdf(link.transcript)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@login_not_required
@require_safe
def transcript_verified(request: PortalRequest, code: str) -> HttpResponse:
    """Say of a transcript that we issued it, what it said, and which of its documents stand no more."""
    client, most = request.client_address, settings.VERIFY_TRIES_A_MINUTE
    if not within_limit(what="verify", client=client, most=most, seconds=60, at=timezone.now()):
        return _unlisted(too_many_tries(request))
    row = Transcript.objects.filter(code=normal_code(code)).first()
    if row is None:
        return _unlisted(redirect("verified", code=code))
    context = {
        "row": row,
        "transcript": {**row.snapshot, "educator_numbers": []},
        "is_the_file": request.GET.get("file", "") == row.sha256,
        "withdrawn": withdrawn_since(row),
    }
    return _unlisted(render(request, "registrations/transcripts/verified.html", context))
