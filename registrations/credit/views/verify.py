"""Checking a document by its code: for anyone, without a login (docs/rules.md 3.4, 13.8)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.models import local_day
from partners.people.requests import PortalRequest
from registrations.credit.documents import statement_of
from registrations.credit.forms.checking import DocumentFileForm
from registrations.credit.pages import check_paper
from registrations.models import Document, Transcript
from registrations.models.credit.document import grouped
from stemnet.limits import within_limit
from stemnet.paper_codes import normal_code
from stemnet.views.pages import too_many_tries
from stemnet.views.papers import on_paper


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep a page of this kind out of search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@login_not_required
@require_safe
@never_cache
def verify(request: PortalRequest) -> HttpResponse:
    """Ask for a code, and go to its page."""
    typed = request.GET.get("code", "")
    code = normal_code(typed)
    if code:
        return redirect("verified", code=grouped(code))
    return _unlisted(
        render(
            request,
            "registrations/credit/verify.html",
            {"was_empty": "code" in request.GET, "file_form": DocumentFileForm()},
        )
    )


@login_not_required
@require_safe
@never_cache
def verified(request: PortalRequest, code: str) -> HttpResponse:
    """Say of a document: valid, superseded, revoked or unknown. Every unknown code gets the same answer."""
    found = _found(request, code)
    if isinstance(found, HttpResponse):
        return _unlisted(found)
    return _unlisted(
        render(
            request, "registrations/credit/verified.html", _context(found, file=request.GET.get("file", ""))
        )
    )


@login_not_required
@require_safe
@never_cache
def verified_pdf(request: PortalRequest, code: str) -> HttpResponse:
    """Hand out the check of a valid document as a PDF; of another, its page says what became of it."""
    found, now = _found(request, code), timezone.now()
    if isinstance(found, HttpResponse):
        return _unlisted(found)
    page = reverse("verified", args=[code])
    if found.status != Document.Status.VALID:
        return _unlisted(redirect(page))
    paper = check_paper(found, at=now)
    return _unlisted(on_paper(request, paper, name=f"check-{found.number}", at=now, otherwise=page))


def _found(request: PortalRequest, code: str) -> Document | HttpResponse:
    """Return the document of ``code``, or the page that says why not: too many tries, or unknown."""
    client, most = request.client_address, settings.VERIFY_TRIES_A_MINUTE
    if not within_limit(what="verify", client=client, most=most, seconds=60, at=timezone.now()):
        return too_many_tries(request)
    documents = Document.objects.select_related("replaced_by", "network", "seal")
    found = documents.filter(code=normal_code(code)).first()
    if found is None and Transcript.objects.filter(code=normal_code(code)).exists():
        return redirect("transcript_verified", code=grouped(normal_code(code)))
    return found or render(request, "registrations/credit/verify_unknown.html", status=404)


def _context(document: Document, *, file: str) -> dict[str, object]:
    """Return what an auditor needs to know, and nothing else; ``file`` is the hash of the file they have."""
    revoked = document.changes.filter(to_status=Document.Status.REVOKED).last()
    replacement = document.replaced_by
    return {
        "document": document,
        "facts": document.snapshot,
        "heading": document.name,
        "is_the_file": file == document.sha256,
        "statement": statement_of(document.snapshot),
        "replacement_code": replacement.printed_code if replacement else "",
        "revoked_on": local_day(revoked.at, document.network.zone) if revoked else None,
    }
