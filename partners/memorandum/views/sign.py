"""The signatory's own page, behind a private link: read, agree, code, name, statement; or say no.

Opening the link changes nothing, however many scanners of mail do it (docs/rules.md 7.3).
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.memorandum.domain import amending, sign_answers, sign_requests, signing
from partners.memorandum.exceptions import LinkReplaced, LinkTooOld, MouRefused, SigningChanged
from partners.memorandum.forms.signing import ConsentForm, HandOnForm, SignForm
from partners.memorandum.views.mou_signatures import evidence
from partners.memorandum.views.sign_pages import (
    browser_of,
    changed_page,
    decline_form,
    named_browser,
    no_link_page,
    object_form,
    page,
    refused,
)
from partners.models import Signature
from partners.people.exceptions import LinkRefused
from partners.people.requests import PortalRequest
from stemnet.exceptions import CodeRefused

Status = Signature.Status
# What the page shows beside what was typed; PageOutdated is answered by another page.
REFUSALS = (MouRefused, CodeRefused)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: PortalRequest, token: str) -> HttpResponse:
    """Show what there is to do behind the link; each act is a POST that names it."""
    try:
        signature = sign_requests.find(token)
    except LinkRefused as refusal:
        return no_page(request, refusal)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return page(request, signature)
    try:
        return act(request, signature, token)
    except SigningChanged as refusal:
        return changed_page(request, signature, refusal=str(refusal))
    except LinkTooOld as refusal:
        return page(request, signature, refusal=str(refusal), status=410)


def no_page(request: PortalRequest, refusal: LinkRefused) -> HttpResponse:
    """Say that a link leads nowhere; one that was replaced sends one more when that is asked for."""
    if not isinstance(refusal, LinkReplaced):
        return render(request, "partners/memorandum/sign/void.html", status=404)
    signature = refusal.signature
    if request.POST.get("act") == "link":
        return send_link(request, signature, replaced=True)
    return no_link_page(request, signature, replaced=True)


def act_code(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Send the code."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return page(request, signature, consent_form=form, status=422)
    try:
        seen, browser = request.POST.get("seen", ""), named_browser(request)
        signing.send_code(signature, seen=seen, consented=True, browser=browser, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, signature, consent_form=form, refusal=str(refusal), status=409)
    messages.success(request, _("We sent a code to %(address)s.") % {"address": signature.signatory_email})
    return redirect(f"{request.path}#to-sign")


def act_code_other(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Send the code by which the signatory says that somebody else signs."""
    try:
        send_other_code(request, signature)
    except REFUSALS as refusal:
        return page(request, signature, refusal=str(refusal), status=409, opened="other")
    return redirect(f"{request.path}?to=other#somebody-else")


def act_code_decline(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Send the code by which the signatory declines; the reason that was typed stays."""
    again = decline_form(initial={"reason": request.POST.get("decline-reason", "")})
    refused_with, status = "", 200
    try:
        send_other_code(request, signature)
    except REFUSALS as refusal:
        refused_with, status = str(refusal), 409
    return page(request, signature, refusal=refused_with, status=status, decline_form=again, opened="decline")


def send_other_code(request: PortalRequest, signature: Signature) -> None:
    """Send a code that does not sign."""
    seen, browser = request.POST.get("seen", ""), named_browser(request)
    signing.send_code(
        signature, seen=seen, consented=False, to_sign=False, browser=browser, at=timezone.now()
    )
    messages.success(request, _("We sent a code to %(address)s.") % {"address": signature.signatory_email})


def act_sign(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Sign."""
    form = SignForm(request.POST, prefix="sign", statement=signing.statement_words(signature))
    if not form.is_valid():
        return page(request, signature, sign_form=form, status=422)
    given = form.cleaned_data
    circumstances = signing.Circumstances(
        ip_address=request.client_address,
        user_agent=request.headers.get("User-Agent", ""),
        zone=given["zone"],
    )
    try:
        signing.sign_electronically(
            signature,
            token=token,
            seen=request.POST.get("seen", ""),
            code=given["code"],
            typed_name=given["typed_name"],
            authorized=given["authorized"],
            circumstances=circumstances,
            by=request.person,
            browser=browser_of(request),
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        return refused(request, signature, form, refusal, name="sign_form")
    messages.success(request, _("You've signed. We e-mailed you a link to your copy."))
    return redirect(request.path)


def act_decline(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Say no."""
    form = decline_form(request.POST)
    if not form.is_valid():
        return page(request, signature, decline_form=form, status=422)
    try:
        sign_answers.decline_to_sign(
            signature, **form.cleaned_data, browser=browser_of(request), at=timezone.now()
        )
    except REFUSALS as refusal:
        return refused(request, signature, form, refusal, name="decline_form")
    messages.success(request, _("You declined. We let the coordinator and your own contact know."))
    return redirect(request.path)


def act_other(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Say who signs instead."""
    form = HandOnForm(request.POST, prefix="other")
    if not form.is_valid():
        return page(request, signature, hand_on_form=form, status=422)
    try:
        new = sign_answers.hand_on(
            signature, **form.cleaned_data, browser=browser_of(request), at=timezone.now()
        )
    except REFUSALS as refusal:
        return refused(request, signature, form, refusal, name="hand_on_form")
    return render(request, "partners/memorandum/sign/handed_on.html", {**evidence(signature), "new": new})


def act_code_object(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Send the code by which the signatory objects; the reason that was typed stays."""
    again = object_form(initial={"reason": request.POST.get("object-reason", "")})
    try:
        seen, browser = request.POST.get("seen", ""), named_browser(request)
        amending.send_code(signature, seen=seen, browser=browser, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, signature, refusal=str(refusal), status=409, object_form=again)
    messages.success(request, _("We sent a code to %(address)s.") % {"address": signature.signatory_email})
    return page(request, signature, object_form=again)


def act_object(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Object to an editorial change."""
    form = object_form(request.POST)
    if not form.is_valid():
        return page(request, signature, object_form=form, status=422)
    try:
        seen, browser = request.POST.get("seen", ""), browser_of(request)
        amending.object_to(signature, **form.cleaned_data, seen=seen, browser=browser, at=timezone.now())
    except REFUSALS as refusal:
        return refused(request, signature, form, refusal, name="object_form")
    messages.success(request, _("Your objection is on record. We're asking everyone to sign the change."))
    return redirect(request.path)


def act_link(request: PortalRequest, signature: Signature, token: str) -> HttpResponse:
    """Send a fresh link to the address that the old one went to."""
    return send_link(request, signature, replaced=False)


def send_link(request: PortalRequest, signature: Signature, *, replaced: bool) -> HttpResponse:
    """Send a fresh link to the address on file; where it can't be, say why on the page of the old one."""
    try:
        signing.check_sendable(signature, purpose="link", at=timezone.now())
        sign_requests.send_again(signature, at=timezone.now())
    except REFUSALS as refusal:
        return no_link_page(request, signature, replaced=replaced, refusal=str(refusal), status=409)
    return render(request, "partners/memorandum/sign/link_sent.html", {"signature": signature})


ACTS = {
    "code": act_code,
    "code-decline": act_code_decline,
    "code-object": act_code_object,
    "code-other": act_code_other,
    "sign": act_sign,
    "decline": act_decline,
    "other": act_other,
    "object": act_object,
    "link": act_link,
}
