"""Verifiable credentials: the file for one's own document, and what programs ask for to check it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partners.models import known_partnership
from partners.people.requests import PortalRequest, person_or_404
from registrations.credit.domain import credentials
from registrations.credit.exceptions import CredentialRefused
from registrations.credit.views.verify_file import seal_or_404
from registrations.models import Document, Seal
from stemnet.exceptions import SealUnusable
from stemnet.limits import within_limit
from stemnet.paper_codes import normal_code
from stemnet.views.pages import too_many_tries


@never_cache
@require_POST
def document_credential(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Hand out the credential of one's own document, as a file."""
    person = person_or_404(request)
    mine = Document.objects.filter(person=person).select_related("network", "person")
    document = get_object_or_404(mine, uid=uid)
    try:
        token = credentials.signed_credential(document, at=timezone.now())
    except (CredentialRefused, SealUnusable) as refusal:
        messages.error(request, str(refusal))
        return redirect("my_documents", slug=document.network.slug)
    said = {"Content-Disposition": f'attachment; filename="badge-{document.number}.jwt"'}
    return HttpResponse(token, content_type="application/vc+jwt", headers=said)


@login_not_required
@require_safe
def credential_issuer(request: PortalRequest) -> JsonResponse:
    """Say who issues credentials here."""
    return _json({"@context": credentials.CONTEXTS, **credentials.issuer_profile(_issuer())})


@login_not_required
@require_safe
def credential_keys(request: PortalRequest) -> JsonResponse:
    """Hand out every key that signed here, so that what one of before signed can be checked."""
    return _json({"keys": [credentials.public_key(seal) for seal in Seal.objects.all()]})


@login_not_required
@require_safe
def credential_key(request: PortalRequest, fingerprint: str) -> JsonResponse:
    """Hand out one public key, as credentials name it."""
    return _json(credentials.public_key(seal_or_404(fingerprint)))


@login_not_required
@require_safe
@never_cache
def credential_status(request: PortalRequest, code: str) -> HttpResponse:
    """Say whether the credential of a document was withdrawn; an unknown code is not found."""
    client, most = request.client_address, settings.VERIFY_TRIES_A_MINUTE
    if not within_limit(what="verify", client=client, most=most, seconds=60, at=timezone.now()):
        return too_many_tries(request)
    document = get_object_or_404(Document, code=normal_code(code))
    return _json(credentials.status_of(document, issuer=document.snapshot["issuer"]))


def _issuer() -> str:
    """Return what the partnership is called."""
    partnership = known_partnership()
    return partnership.name if partnership else settings.SITE_URL


def _json(said: dict[str, Any]) -> JsonResponse:
    """Return JSON that pages of other sites may read, as checkers do in the browser."""
    response = JsonResponse(said)
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
