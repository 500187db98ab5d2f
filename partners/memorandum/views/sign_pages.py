"""What the private link of a signatory shows: the page to sign, the copy, a change, or what is over."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from partners.memorandum.documents.memorandum import inside
from partners.memorandum.domain import amending, document_changes, sign_requests, signing, taking_effect
from partners.memorandum.exceptions import OtherName, TermOver
from partners.memorandum.forms.signing import ConsentForm, HandOnForm, ProvedReasonForm, SignForm
from partners.memorandum.views.mou_signatures import evidence
from partners.models import MouDocument, Signature, SignatureCode, local_day
from partners.people.requests import PortalRequest
from stemnet import codes
from stemnet.exceptions import CodeRefused, Refused

Status = Signature.Status
BROWSER, NAMELESS = "sign_browser", "-"


def page(
    request: PortalRequest, signature: Signature, *, status: int = 200, refusal: str = "", **forms: Any
) -> HttpResponse:
    """Render what the state of the signature asks for."""
    now = timezone.now()
    if signature.status == Status.STALE:
        return changed_page(request, signature)
    if signature.token_until is None or signature.token_until <= now:
        return no_link_page(request, signature, refusal=refusal)
    context = {**evidence(signature), "refusal": refusal}
    if signature.status == Status.SIGNED:
        return signed_page(request, signature, context, status=status, **forms)
    context["over"] = term_over(signature, at=now)
    if signature.status != Status.ASKED or context["over"]:
        return render(request, "partners/memorandum/sign/over.html", context, status=status)
    opened = {"opened": request.GET.get("to", "")}
    shown = context | opened | asking(request, signature, **forms)
    return render(request, "partners/memorandum/sign/sign.html", shown, status=status)


def no_link_page(
    request: PortalRequest,
    signature: Signature,
    *,
    replaced: bool = False,
    refusal: str = "",
    status: int = 410,
) -> HttpResponse:
    """Say that a link has run out or was replaced; where there is one to be had, offer a new one."""
    context = {
        "signature": signature,
        "document": signature.document,
        "replaced": replaced,
        "sendable": signature.status in (Status.ASKED, Status.SIGNED),
        "refusal": refusal,
    }
    return render(request, "partners/memorandum/sign/expired.html", context, status=status)


def term_over(signature: Signature, *, at: datetime) -> str:
    """Return why nothing can be signed any more, though it is still asked for; nothing where it can."""
    try:
        taking_effect.check_term(signature.document, signature.part.role, on=local_day(at))
    except TermOver as refusal:
        return str(refusal)
    return ""


def object_form(*args: Any, **kwargs: Any) -> ProvedReasonForm:
    """Return the form to object."""
    return ProvedReasonForm(*args, prefix="object", label=_("What do you object to?"), **kwargs)


def decline_form(*args: Any, **kwargs: Any) -> ProvedReasonForm:
    """Return the form to decline."""
    return ProvedReasonForm(*args, prefix="decline", label=_("Why are you declining?"), **kwargs)


def asking(request: PortalRequest, signature: Signature, **forms: Any) -> dict[str, Any]:
    """Return what the page to sign shows besides the evidence."""
    statement = signing.statement_words(signature)
    mine = own_code(request, signature)
    due, called = signature.due_on, str(signature.part.role.organization)
    return {
        "renamed": called if called != signature.organization_name else "",
        "late": due is not None and due < local_day(timezone.now()),
        "inside": inside(signature.document.html),
        "seen": signing.fingerprint(signature),
        "since": document_changes.since_signed(signature),
        "consent": signing.consent_words(),
        "code_sent": mine is not None,
        "consented": bool(mine and mine.consent),
        "consent_form": ConsentForm(),
        "sign_form": SignForm(statement=statement, prefix="sign"),
        "decline_form": decline_form(),
        "hand_on_form": HandOnForm(prefix="other"),
        **forms,
    }


def own_code(request: PortalRequest, signature: Signature) -> SignatureCode | None:
    """Return the code that this browser asked for, while it is valid."""
    since = timezone.now() - codes.VALID
    return signature.codes.filter(browser=browser_of(request), sent_at__gte=since).first()


def browser_of(request: PortalRequest) -> str:
    """Return what this browser is called in its session, once it asked for a code."""
    return str(request.session.get(BROWSER, NAMELESS))


def named_browser(request: PortalRequest) -> str:
    """Return what this browser is called in its session from now on; nobody else knows it."""
    return str(request.session.setdefault(BROWSER, get_random_string(32)))


def signed_page(
    request: PortalRequest, signature: Signature, context: dict[str, Any], *, status: int, **forms: Any
) -> HttpResponse:
    """Show the evidence, or an editorial change that one may object to."""
    change = amending.open_change(signature, at=timezone.now())
    if change is None:
        return render(request, "partners/memorandum/sign/signed.html", context, status=status)
    context |= {
        "change": change,
        "changes_shown": document_changes.compare(signature.document, change),
        "object_form": object_form(),
        "code_sent": own_code(request, signature) is not None,
        **forms,
    }
    return render(request, "partners/memorandum/sign/object.html", context, status=status)


def changed_page(request: PortalRequest, signature: Signature, *, refusal: str = "") -> HttpResponse:
    """Show what changed since the page was opened, or since the mail was sent."""
    signature.refresh_from_db()
    shown = MouDocument.objects.filter(sha256=request.POST.get("seen", "").partition(".")[0]).first()
    shown = shown or signature.document
    current = newest_for(signature)
    context: dict[str, Any] = {
        **evidence(signature),
        "refusal": refusal,
        "shown": shown,
        "current": current,
        "changed": document_changes.compare(shown, current) if current else [],
        "open_still": signature.status == Status.ASKED,
        "asked_anew": sign_requests.asked_anew(signature),
    }
    return render(request, "partners/memorandum/sign/changed.html", context, status=409 if refusal else 200)


def newest_for(signature: Signature) -> MouDocument | None:
    """Return the newest document with the part of this partner."""
    documents = signature.document.mou.documents.standing()
    return documents.filter(parts__role=signature.part.role_id).order_by("number").last()


def refused(
    request: PortalRequest, signature: Signature, form: Form, refusal: Refused, *, name: str
) -> HttpResponse:
    """Show a refusal beside its field, with everything that was typed."""
    fields = {"code": CodeRefused, "typed_name": OtherName}
    field = next((name for name, kind in fields.items() if isinstance(refusal, kind)), None)
    form.add_error(field, str(refusal))
    signature.refresh_from_db(fields=["status"])
    shown: dict[str, Any] = {"code_typed": True, name: form}
    return page(request, signature, status=422, **shown)
