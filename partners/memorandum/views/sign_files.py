"""The files behind the private link of a signatory: the document, the evidence, the scan."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.memorandum.domain import sign_requests
from partners.memorandum.views.mou_documents import html_file, pdf_file
from partners.memorandum.views.mou_signatures import evidence_pdf, scan_file
from partners.memorandum.views.sign_pages import page
from partners.people.exceptions import LinkRefused
from partners.people.requests import PortalRequest
from stemnet.exceptions import Unprintable


@login_not_required
@never_cache
@require_safe
def sign_html(request: PortalRequest, token: str) -> HttpResponse:
    """Hand out the exact HTML file to the signatory."""
    try:
        return html_file(sign_requests.find(token).document)
    except LinkRefused:
        return render(request, "partners/memorandum/sign/void.html", status=404)


@login_not_required
@never_cache
@require_safe
def sign_pdf(request: PortalRequest, token: str) -> HttpResponse | FileResponse:
    """Hand out the exact PDF to the signatory."""
    try:
        return pdf_file(sign_requests.find(token).document)
    except LinkRefused:
        return render(request, "partners/memorandum/sign/void.html", status=404)


@login_not_required
@never_cache
@require_safe
def sign_evidence(request: PortalRequest, token: str) -> HttpResponse:
    """Hand out the evidence of the own signature to the signatory."""
    try:
        return evidence_pdf(sign_requests.find(token))
    except LinkRefused:
        return render(request, "partners/memorandum/sign/void.html", status=404)
    except Unprintable as refusal:
        return page(request, sign_requests.find(token), refusal=str(refusal), status=409)


@login_not_required
@never_cache
@require_safe
def sign_scan(request: PortalRequest, token: str) -> HttpResponse | FileResponse:
    """Hand out the scan of the own signature by hand to the signatory."""
    try:
        return scan_file(sign_requests.find(token))
    except LinkRefused:
        return render(request, "partners/memorandum/sign/void.html", status=404)
