"""Claims to old addresses: asking, taking back, and what a coordinator decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.merging.domain import claims as claiming
from partners.merging.exceptions import ClaimRefused, MergeRefused
from partners.merging.forms import ClaimForm, DecideForm
from partners.merging.pages.sides import side_of
from partners.models import AccountClaim
from partners.people.domain.addresses import holder
from partners.people.requests import PortalRequest, acting, coordinator_or_403, person_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_new(request: PortalRequest) -> HttpResponse:
    """Say which old address was one's own; known or not, the answer is the same."""
    person = person_or_404(request)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claiming.ask(person, **form.cleaned_data, at=timezone.now())
        except ClaimRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("A coordinator will look at it. We'll e-mail you what comes of it."))
            return redirect("claim_new")
    waiting = AccountClaim.objects.waiting().filter(person=person).first()
    status = 422 if form.errors else 200
    return render(
        request, "partners/merging/claim_new.html", {"form": form, "waiting": waiting}, status=status
    )


@require_POST
def claim_back(request: PortalRequest) -> HttpResponse:
    """Take one's claim back."""
    claiming.take_back(person_or_404(request), at=timezone.now())
    messages.success(request, _("Your request is withdrawn."))
    return redirect("claim_new")


@never_cache
@require_safe
def claims(request: PortalRequest) -> HttpResponse:
    """List what waits for a coordinator, and what was answered last."""
    coordinator_or_403(request)
    rows = AccountClaim.objects.select_related("person", "answered_by")
    answered = rows.exclude(answer="").order_by("-answered_at", "-pk")[:30]
    context = {"waiting": rows.waiting(), "answered": answered}
    return render(request, "partners/merging/claims.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Compare whoever asks with the holder of the old address, and decide."""
    coordinator_or_403(request)
    asked = get_object_or_404(AccountClaim.objects.select_related("person", "answered_by"), uid=uid)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["act"] == "accept":
                claiming.accept(asked, **acting(request))
            else:
                claiming.decline(asked, reason=form.cleaned_data["reason"], **acting(request))
        except (ClaimRefused, MergeRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. We're e-mailing them."))
            return redirect("claims")
    other = holder(asked.address)
    found = other is not None and other.pk != asked.person_id
    people = [asked.person, other] if other is not None and found else [asked.person]
    sides = [side_of(one, **acting(request)) for one in people]
    context = {"claim": asked, "form": form, "sides": sides, "found": found}
    return render(request, "partners/merging/claim.html", context, status=422 if form.errors else 200)
