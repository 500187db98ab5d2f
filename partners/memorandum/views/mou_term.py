"""The memorandum's term: yearly reviews, and a partner's notice of withdrawal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partners.memorandum.domain import binding, terms
from partners.memorandum.exceptions import MouRefused
from partners.memorandum.forms.signing import NoticeForm, ReviewForm
from partners.memorandum.permissions import may_withdraw, may_write_mou
from partners.memorandum.views.mou import seen_mou
from partners.memorandum.views.mou_parts import seen_part
from partners.people.requests import PortalRequest, acting, person_or_403


def mou_term(request: PortalRequest, slug: str) -> HttpResponse:
    """List the yearly reviews; coordinators write one down."""
    mou = seen_mou(request, slug)
    may_write = may_write_mou(person_or_403(request))
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            terms.write_review(mou, **form.cleaned_data, **acting(request))
        except MouRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The review is saved."))
            return redirect("mou_term", slug)
    signed = terms.signed_document(mou)
    reviews = mou.reviews.select_related("by").order_by("-on", "-pk")
    context = {
        "mou": mou,
        "form": form if may_write else None,
        "reviews": reviews,
        "signed": signed,
        "begins": binding.first_day(signed) if signed else None,
        "ends": binding.last_day(signed) if signed else None,
    }
    return render(request, "partners/memorandum/sign/term.html", context)


def mou_withdraw(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Give notice for a partner."""
    role = seen_part(request, slug, organization)
    if not may_withdraw(person_or_403(request), role):
        raise PermissionDenied
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            terms.give_notice(role, **form.cleaned_data, **acting(request))
        except MouRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Notice given. We let the contacts and coordinators know."))
            return redirect("mou_signatures", slug)
    context = {"mou": role.mou, "role": role, "form": form, "days": terms.notice_days(role.mou)}
    return render(request, "partners/memorandum/sign/withdraw.html", context)
