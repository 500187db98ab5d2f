"""Whether a file is the memorandum that was signed; open to everyone, and nothing is kept."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from partners.memorandum.domain import document_hashes
from partners.memorandum.forms.signing import CHECK_BYTES, CheckForm
from partners.people.requests import PortalRequest
from stemnet.limits import within_limit

PAGE = "partners/memorandum/sign/check.html"
ROOM = 1024 * 1024  # for what a form sends besides its file


@login_not_required
@never_cache
@csrf_exempt  # so that nothing large is read before it is counted; `answer` wants the token
@require_http_methods(["GET", "HEAD", "POST"])
def check_mou(request: PortalRequest) -> HttpResponse:
    """Refuse what is too often or too large, else answer."""
    if request.method != "POST":
        return answer(request)
    client, most = request.client_address, settings.VERIFY_TRIES_A_MINUTE
    if not within_limit(what="check_mou", client=client, most=most, seconds=60, at=timezone.now()):
        said = _("You've checked a lot of files in the last minute. Wait a minute, then try again.")
        return refused(request, said, status=429)
    too_large = _("That's too large. The limit is 20 MB for a file and 3 MB for text you paste.")
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > CHECK_BYTES + ROOM:
        return refused(request, too_large, status=413)
    try:
        return answer(request)
    except RequestDataTooBig:
        return refused(request, too_large, status=413)


def refused(request: PortalRequest, refusal: str, *, status: int) -> HttpResponse:
    """Show the empty form with the reason why nothing was checked."""
    return render(request, PAGE, {"form": CheckForm(), "refusal": refusal}, status=status)


@csrf_protect
def answer(request: PortalRequest) -> HttpResponse:
    """Take a file or text, compute its hash, and say what it is."""
    form = CheckForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        digest = hash_of(file) if file else document_hashes.hash_typed(form.cleaned_data["words"])
        found = document_hashes.document_with(digest)
        context |= {"digest": digest, "found": found, "asked": True}
        if found is not None:
            context["signed"] = found.signatures.signed().count()
    elif request.method == "POST":
        return render(request, PAGE, context, status=422)
    return render(request, PAGE, context)


def hash_of(file: UploadedFile[bytes]) -> str:
    """Return the SHA-256 of a file that was sent, read piece by piece."""
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    return found.hexdigest()
