"""The files behind the private link of a signatory: the document, the evidence, the scan."""

from collections.abc import Callable
from typing import TypeAlias

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.memorandum.domain import sign_requests
from partners.memorandum.exceptions import LinkReplaced
from partners.memorandum.views.mou_documents import html_file, pdf_file
from partners.memorandum.views.mou_signatures import evidence_pdf, scan_file
from partners.memorandum.views.sign_pages import page
from partners.models import Signature
from partners.people.exceptions import LinkRefused
from partners.people.requests import PortalRequest
from stemnet.exceptions import Unprintable

File: TypeAlias = HttpResponse | FileResponse


def behind(request: PortalRequest, token: str, file: Callable[[Signature], File]) -> File:
    """Return the file of the signature behind a link; of one that was replaced, the page that says so."""
    try:
        return file(sign_requests.find(token))
    except LinkReplaced:
        return redirect("sign", token)
    except LinkRefused:
        return render(request, "partners/memorandum/sign/void.html", status=404)


@login_not_required
@never_cache
@require_safe
def sign_html(request: PortalRequest, token: str) -> File:
    """Hand out the exact HTML file to the signatory."""
    return behind(request, token, lambda signature: html_file(signature.document))


@login_not_required
@never_cache
@require_safe
def sign_pdf(request: PortalRequest, token: str) -> File:
    """Hand out the exact PDF to the signatory."""
    return behind(request, token, lambda signature: pdf_file(signature.document))


@login_not_required
@never_cache
@require_safe
def sign_evidence(request: PortalRequest, token: str) -> File:
    """Hand out the evidence of the own signature to the signatory."""
    try:
        return behind(request, token, evidence_pdf)
    except Unprintable as refusal:
        return page(request, sign_requests.find(token), refusal=str(refusal), status=409)


@login_not_required
@never_cache
@require_safe
def sign_scan(request: PortalRequest, token: str) -> File:
    """Hand out the scan of the own signature by hand to the signatory."""
    return behind(request, token, scan_file)
