"""Whether a file, a hash or a number is of a signed memorandum; open to everyone, and nothing is kept."""

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

from partners.memorandum.documents.memorandum import sha256
from partners.memorandum.domain import document_hashes
from partners.memorandum.domain.document_hashes import Known
from partners.memorandum.exceptions import MouRefused
from partners.memorandum.forms.signing import CHECK_BYTES, CheckForm
from partners.models import zone_of_partnership
from partners.people.requests import PortalRequest
from stemnet.limits import within_limit
from stemnet.views.large_posts import says_more_than

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
    if says_more_than(request, CHECK_BYTES + ROOM):
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
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            digest, found = looked_up(form.cleaned_data["file"], form.cleaned_data["words"])
        except MouRefused as refusal:
            form.add_error("words", str(refusal))
        else:
            context |= {"digest": digest, "known": found, "asked": True}
            if found is not None:
                context |= {"found": found.document, "signed": found.document.signatures.signed().count()}
    return render(request, PAGE, context, status=422 if form.errors else 200)


def looked_up(file: UploadedFile[bytes] | None, words: str) -> tuple[str, Known | None]:
    """Return the hash of a file, or of what was typed, and what it is. Raises MouRefused."""
    if file is None:
        digest = document_hashes.hash_typed(words)
        return digest, document_hashes.known_by(digest) or document_hashes.known_as(words)
    content = file.read()
    digest, zone = sha256(content), zone_of_partnership().key
    found = document_hashes.known_by(digest)
    return digest, found or document_hashes.known_evidence(content, digest=digest, zone=zone)
