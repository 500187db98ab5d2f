"""Locking for signature, taking it back, and opening one part again."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from partners.memorandum.domain import document_changes, document_words, freezing, proposals, unfreezing
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.memorandum.forms.signing import LockForm, SignByForm
from partners.memorandum.permissions import may_write_mou
from partners.memorandum.views.mou import written_mou
from partners.memorandum.views.mou_documents import seen_document
from partners.memorandum.views.mou_parts import seen_part
from partners.models import Mou, MouRole, MouText, local_day
from partners.people.requests import PortalRequest, acting, person_or_403
from stemnet.exceptions import Unprintable


def mou_lock(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what would be locked and who is not ready; a POST locks it."""
    mou = written_mou(request, slug)
    if request.method != "POST":
        return lock_page(request, mou)
    form = LockForm(request.POST)
    if not form.is_valid():
        return lock_page(request, mou, form=form, status=422)
    try:
        made = freezing.freeze_for_signature(mou, **form.cleaned_data, **acting(request))
    except ChangedMeanwhile:
        words = _("Somebody changed the text or a part after you opened this page. Look it over again.")
        return lock_page(request, mou, form=form, refusal=words)
    except (MouRefused, Unprintable) as refusal:
        return lock_page(request, mou, form=form, refusal=str(refusal))
    said = ngettext(
        "Locked. The document can no longer change, and we've asked the signatories to sign.",
        "Locked. %(count)s documents can no longer change, and we've asked the signatories to sign.",
        len(made),
    )
    messages.success(request, said % {"count": len(made)})
    return redirect("mou_signatures", slug)


def lock_page(
    request: PortalRequest, mou: Mou, *, form: LockForm | None = None, refusal: str = "", status: int = 409
) -> HttpResponse:
    """Render what would be locked now."""
    now = timezone.now()
    context: dict[str, object] = {"mou": mou, "refusal": refusal, "objection_days": settings.OBJECTION_DAYS}
    context |= {"form": form or LockForm(), "undecided": proposals.undecided(mou).count()}
    try:
        join = "join" in (request.POST if request.method == "POST" else request.GET)
        gathered = document_words.gather_for_freezing(mou, join=join)
        newest = gathered.text == mou.texts.exclude(status=MouText.Status.DRAFT).last()
        accepted = any(part.role.status == MouRole.Status.ACCEPTED for part in gathered.ready)
        context |= {
            "gathered": gathered,
            "joins_older": gathered.joining and not newest,
            "may_join": gathered.current is not None and not gathered.joining and accepted,
        }
        freezing.check_can_freeze(gathered, weight="material", at=now)
    except MouRefused as no:
        context["no"] = str(no)
    else:
        if gathered.current is not None and not gathered.joining:
            words = document_words.document_words(
                gathered,
                gathered.ready,
                number=0,
                joins=None,
                on=local_day(now),
            )
            context["new_term"] = freezing.new_term(gathered)
            context["changes"] = document_changes.compare_words(gathered.current.words, words)
    return render(request, "partners/memorandum/sign/lock.html", context, status=status if form else 200)


@require_POST
def mou_unlock(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Take a document back that nobody has signed."""
    written_mou(request, slug)
    document = seen_document(request, slug, number)
    try:
        unfreezing.unlock_document(document, reason=request.POST.get("reason", ""), **acting(request))
    except MouRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(document)
    messages.success(request, _("Unlocked. We let the people you asked to sign know."))
    return redirect("mou", slug)


@require_POST
def mou_sign_by(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Move the day to sign a locked document by."""
    written_mou(request, slug)
    document, form = seen_document(request, slug, number), SignByForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["sign_by"][0]))
        return redirect(document)
    try:
        freezing.set_sign_by(document, **form.cleaned_data, at=timezone.now())
    except MouRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Saved. The next reminder will give the new date to people who still have to sign.")
        )
    return redirect(document)


@require_POST
def mou_reopen(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Return a locked part to its partner."""
    role = seen_part(request, slug, organization)
    if not may_write_mou(person_or_403(request)):
        raise PermissionDenied
    try:
        unfreezing.reopen_part(role, reason=request.POST.get("reason", ""), **acting(request))
    except MouRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The part is open for changes again. The partner will see your reason there.")
        )
    return redirect("mou_signatures", slug)
