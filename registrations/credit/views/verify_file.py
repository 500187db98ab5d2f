"""Checking a document by its file: byte for byte one of ours, or not (docs/rules.md 3.4)."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from partners.people.requests import PortalRequest
from registrations.credit.forms.checking import MOST_BYTES, DocumentFileForm
from registrations.models import Document, Seal, Transcript
from stemnet.limits import within_limit
from stemnet.views.large_posts import says_more_than
from stemnet.views.pages import too_many_tries

ROOM = 64 * 1024  # for what a form sends besides its file
PAGE = "registrations/credit/verify.html"


@login_not_required
@never_cache
@csrf_exempt  # so that nothing large is read before it is counted; `answer` wants the token
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: PortalRequest) -> HttpResponse:
    """Refuse what is too often or too large, else answer; nothing of the file is kept."""
    if request.method != "POST":
        return redirect("verify")
    client, most = request.client_address, settings.VERIFY_TRIES_A_MINUTE
    if not within_limit(what="verify", client=client, most=most, seconds=60, at=timezone.now()):
        return too_many_tries(request)
    if says_more_than(request, MOST_BYTES + ROOM):
        form = DocumentFileForm({})
        form.errors["file"] = form.error_class(
            [_("This file is larger than any document we issue. Type its code.")]
        )
        return _page(request, form, status=413)
    return answer(request)


@csrf_protect
def answer(request: PortalRequest) -> HttpResponse:
    """Go to the page of the document whose file it is, byte for byte; else say what that may mean."""
    form = DocumentFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    digest = sha256_of(form.cleaned_data["file"])
    found = Document.objects.filter(sha256=digest).first()
    if found is not None:
        return redirect(f"{reverse('verified', args=[found.printed_code])}?file={digest}")
    if (transcript := Transcript.objects.filter(sha256=digest).first()) is not None:
        return redirect(f"{reverse('transcript_verified', args=[transcript.printed_code])}?file={digest}")
    return _page(request, DocumentFileForm(), digest=digest)


def sha256_of(file: "UploadedFile[bytes]") -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    return digest.hexdigest()


def _page(
    request: PortalRequest, form: DocumentFileForm, *, digest: str = "", status: int = 200
) -> HttpResponse:
    response = render(request, PAGE, {"file_form": form, "unknown_digest": digest}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def seal_or_404(fingerprint: str) -> Seal:
    """Return a seal by its fingerprint, else 404; what is no fingerprint isn't asked of the database."""
    if not fingerprint.isalnum():
        raise Http404
    return get_object_or_404(Seal, fingerprint=fingerprint)


@login_not_required
@require_safe
def seal_certificate(request: PortalRequest, fingerprint: str) -> HttpResponse:
    """Hand out the certificate of a seal, also of one that is no longer used."""
    seal = seal_or_404(fingerprint)
    headers = {"Content-Disposition": f'attachment; filename="seal-{seal.fingerprint[:16]}.pem"'}
    return HttpResponse(seal.pem, content_type="application/x-pem-file", headers=headers)
