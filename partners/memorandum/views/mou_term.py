"""The memorandum's term: yearly reviews, whether a partner renews, and its notice of withdrawal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.memorandum.domain import renewing, terms
from partners.memorandum.exceptions import MouRefused
from partners.memorandum.forms.signing import NoticeForm, RenewalForm, ReviewForm
from partners.memorandum.permissions import may_withdraw, may_write_mou
from partners.memorandum.views.mou import seen_mou
from partners.models import MouRole, Organization, Person, local_day
from partners.models.memorandum import binding
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
    reviews = mou.reviews.select_related("by").order_by("-on", "-pk")
    context = {
        "mou": mou,
        "form": form if may_write else None,
        "reviews": reviews,
        "signed": terms.signed_terms(mou, on=local_day(timezone.now())),
        "renewals": mou.roles.standing().filter(renews__isnull=False).select_related("organization"),
    }
    return render(request, "partners/memorandum/sign/term.html", context)


def spoken_part(request: PortalRequest, slug: str, organization: str) -> MouRole:
    """Return the standing part of a partner for whoever writes for it, named in the part or not, else 404."""
    ours = Organization.objects.answered_for_by(person_or_403(request))
    parts = MouRole.objects.standing().filter(organization__in=ours).select_related("mou", "organization")
    role: MouRole = get_object_or_404(parts, mou__slug=slug, organization__slug=organization)
    return role


def mou_withdraw(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Give notice for a partner, once that is confirmed."""
    role, person = spoken_part(request, slug, organization), person_or_403(request)
    if not may_withdraw(person, role):
        raise PermissionDenied
    form = NoticeForm(request.POST if request.method == "POST" else None, role=role)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("on", "reason")}
        try:
            terms.give_notice(role, **given, **acting(request))
        except MouRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Notice given. We let the contacts, the other partners and the coordinators know.")
            )
            return redirect(back_of(person, role))
    bond = binding.bond(role, on=local_day(timezone.now()))
    context = {"mou": role.mou, "role": role, "form": form, "bond": bond, "back": back_of(person, role)}
    status = 422 if form.errors else 200
    return render(request, "partners/memorandum/sign/withdraw.html", context, status=status)


def mou_renewal(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Say whether a partner plans to renew."""
    role, person = spoken_part(request, slug, organization), person_or_403(request)
    last = renewing.last_day(role, on=local_day(timezone.now()))
    before = {"renews": "yes" if role.renews else "no"} if renewing.has_said(role, last=last) else {}
    form = RenewalForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            renewing.say_renewal(role, **form.cleaned_data, **acting(request))
        except MouRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. We let the coordinators know."))
            return redirect("mine_of", organization)
    context = {"mou": role.mou, "role": role, "form": form, "last": last, "back": back_of(person, role)}
    context |= {"may_withdraw": may_withdraw(person, role) and role.withdrawn_on is None}
    status = 422 if form.errors else 200
    return render(request, "partners/memorandum/sign/renewal.html", context, status=status)


def back_of(person: Person, role: MouRole) -> str:
    """Return where somebody came from: the signatures for coordinators, the partner's own page for others."""
    if may_write_mou(person):
        return reverse("mou_signatures", args=[role.mou.slug])
    return reverse("mine_of", args=[role.organization.slug])
