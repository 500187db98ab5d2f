"""Who has signed, the evidence of one signature, and what staff and contacts do about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partners.memorandum.documents import evidence as evidence_file
from partners.memorandum.documents import scans
from partners.memorandum.documents.scans import SUFFIXES, kind_of
from partners.memorandum.domain import sign_answers, sign_reminders, sign_requests
from partners.memorandum.domain.signature_board import signature_lines
from partners.memorandum.exceptions import MouRefused, SigningChanged
from partners.memorandum.forms.signing import PaperForm, SignatoryForm
from partners.memorandum.permissions import may_name_signatory, may_record_paper, may_withdraw, may_write_mou
from partners.memorandum.views.mou import written_mou
from partners.models import Mou, Signature, local_day, zone_of_partnership
from partners.models.memorandum import binding
from partners.people.requests import PortalRequest, acting, person_or_403
from stemnet.exceptions import Unprintable


def seen_signature(request: PortalRequest, slug: str, uid: UUID) -> Signature:
    """Return the signature of this address, or 404 for whom it does not exist."""
    found = Signature.objects.visible_to(person_or_403(request)).select_related(
        "document__mou",
        "document__text",
        "part__role__organization",
        "part__role__mou",
        "part__role__drafter",
        "recorded_by",
    )
    signature: Signature = get_object_or_404(found.distinct(), document__mou__slug=slug, uid=uid)
    return signature


@require_safe
def mou_signatures(request: PortalRequest, slug: str) -> HttpResponse:
    """List every partner with its signature; what one may not open has no link."""
    person = person_or_403(request)
    seen = Mou.objects.visible_to(person)
    mou = get_object_or_404(Mou.objects.all() if person.is_staff_for_all else seen, slug=slug)
    today = local_day(timezone.now())
    lines = signature_lines(mou, person, today=today)
    context = {
        "mou": mou,
        "lines": lines,
        "waiting": sum(line.waits for line in lines),
        "today": today,
        "documents": mou.documents.select_related("joins", "replaced_by").reverse(),
        "may_write": may_write_mou(person),
    }
    return render(request, "partners/memorandum/sign/signatures.html", context)


@never_cache
@require_safe
def mou_evidence(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show one signature: what was signed, by whom, and how we know."""
    signature, person = seen_signature(request, slug, uid), person_or_403(request)
    role = signature.part.role
    bond = binding.bond(role, on=local_day(timezone.now()))
    open_still = signature.status == Signature.Status.ASKED
    current = not signature.document.replaced_by_id and not signature.document.unlocked_at
    others = Signature.objects.visible_to(person).filter(part__role=role).exclude(pk=signature.pk)
    context = {
        **evidence(signature),
        "others": others.select_related("document__mou").distinct().order_by("-pk"),
        "may_record": open_still and current and may_record_paper(person),
        "may_name": may_name(person, signature),
        "may_send": open_still and may_name_signatory(person, role),
        "may_reopen": current and role.status == "locked" and may_write_mou(person),
        "may_withdraw": bond.binds and not role.withdrawn_on and may_withdraw(person, role),
        "bond": bond,
    }
    return render(request, "partners/memorandum/sign/evidence.html", context)


def may_name(person: Any, signature: Signature) -> bool:
    """Return whether this person may say who signs instead, now."""
    document, over = signature.document, (Signature.Status.SIGNED, Signature.Status.REPLACED)
    if signature.status in over or document.replaced_by_id or document.unlocked_at:
        return False
    if signature.part.signatures.filter(pk__gt=signature.pk).exists():
        return False
    return may_name_signatory(person, signature.part.role)


def evidence(signature: Signature) -> dict[str, Any]:
    """Return what a page of evidence shows."""
    zone = zone_of_partnership()
    return {
        "mou": signature.document.mou,
        "document": signature.document,
        "signature": signature,
        "bound": evidence_file.bound(signature, signature.document, zone=zone.key),
        "in_force_from": binding.in_force_from(signature, zone=zone),
        "known": evidence_file.known(signature),
        "happened": evidence_file.happened(signature),
    }


@never_cache
@require_safe
def mou_evidence_pdf(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Hand out the evidence of a signature that was given as PDF."""
    signature = seen_signature(request, slug, uid)
    try:
        return evidence_pdf(signature)
    except Unprintable as refusal:
        messages.error(request, str(refusal))
        return redirect(signature)


def evidence_pdf(signature: Signature) -> HttpResponse:
    """Return the evidence of a signature as a file; 404 before it was given. Raises Unprintable."""
    if signature.status != Signature.Status.SIGNED:
        raise Http404
    pdf = evidence_file.as_pdf(signature, zone=zone_of_partnership().key)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{signature.document.printed_number}-{slugify(signature.organization_name)}-evidence.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name.replace("/", "-")}"'
    return response


def mou_paper(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Record a signature that was given by hand."""
    signature, person = seen_signature(request, slug, uid), person_or_403(request)
    if not may_record_paper(person):
        raise PermissionDenied
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("signed_on", "place", "scan")}
        try:
            recorded = sign_answers.record_paper(signature, **given, **acting(request))
        except (MouRefused, SigningChanged) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded. We let everyone involved know."))
            if not scans.read(evidence_file.scan_file(recorded)).pictures:
                messages.warning(
                    request, _("We couldn't open the scan here. Check that you chose the right file.")
                )
            return redirect(signature)
    return render(request, "partners/memorandum/sign/paper.html", {**evidence(signature), "form": form})


def mou_signatory(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say who signs instead; who was named before stays in the history."""
    signature, person = seen_signature(request, slug, uid), person_or_403(request)
    if not may_name_signatory(person, signature.part.role):
        raise PermissionDenied
    now = {
        "name": signature.signatory_name,
        "title": signature.signatory_title,
        "address": signature.signatory_email,
    }
    form = SignatoryForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            new = sign_requests.name_another(signature.part, **form.cleaned_data, **acting(request))
        except MouRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We asked %(name)s to sign.") % {"name": new.signatory_name})
            return redirect(new)
    return render(request, "partners/memorandum/sign/signatory.html", {**evidence(signature), "form": form})


@require_POST
def mou_ask_again(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Send the signatory a fresh link."""
    signature, person = seen_signature(request, slug, uid), person_or_403(request)
    if not may_name_signatory(person, signature.part.role):
        raise PermissionDenied
    try:
        sign_requests.send_again(signature, at=acting(request)["at"])
    except MouRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We sent a new link. The old one no longer works."))
    return redirect(signature)


@require_POST
def mou_remind(request: PortalRequest, slug: str) -> HttpResponse:
    """Remind one signatory, or everyone who was asked and has not answered."""
    mou, at = written_mou(request, slug), acting(request)["at"]
    if "signature" not in request.POST:
        count = sign_reminders.remind_all(mou, at=at)
        said = ngettext("We reminded %(count)s signatory.", "We reminded %(count)s signatories.", count)
        none = _("We didn't send any reminders. Everyone who still has to sign already got an e-mail today.")
        messages.success(request, said % {"count": count} if count else none)
        return redirect("mou_signatures", slug)
    signature = get_object_or_404(
        Signature.objects.filter(document__mou=mou, uid=as_uid(request.POST["signature"]))
    )
    try:
        sign_reminders.remind_signatories(signature.signatory_email, at=at)
    except MouRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We reminded %(name)s.") % {"name": signature.signatory_name})
    return redirect("mou_signatures", slug)


def as_uid(typed: str) -> UUID:
    """Return what was sent as a uid, or 404."""
    try:
        return UUID(typed)
    except ValueError as wrong:
        raise Http404 from wrong


@never_cache
@require_safe
def mou_scan(request: PortalRequest, slug: str, uid: UUID) -> FileResponse:
    """Hand out the scan of a signature by hand."""
    return scan_file(seen_signature(request, slug, uid))


def scan_file(signature: Signature) -> FileResponse:
    """Return the scan as a download, byte for byte; 404 where there is none."""
    if not signature.scan:
        raise Http404
    try:
        file = signature.scan.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    kind = kind_of(file.read(16))
    file.seek(0)
    name = f"{signature.uid}.{SUFFIXES.get(kind, 'bin')}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind or None)
