"""Whether a file is the memorandum that was signed; open to everyone, and nothing is kept."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.documents.memorandum import sha256
from partners.domain import copies
from partners.forms.signing import CheckForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_mou(request: HttpRequest) -> HttpResponse:
    """Take a file or text, compute its hash, and say what it is."""
    form = CheckForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        digest = sha256(file.read()) if file else copies.hash_typed(form.cleaned_data["words"])
        found = copies.document_with(digest)
        context |= {"digest": digest, "found": found, "asked": True}
        if found is not None:
            context["signed"] = found.signatures.signed().count()
    elif request.method == "POST":
        return render(request, "partners/sign/check.html", context, status=422)
    return render(request, "partners/sign/check.html", context)
