"""The page on which a leader says, by the code of the mail, whether somebody comes for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest
from registrations.models import Designation
from registrations.seats.domain import designating, designee_codes
from registrations.seats.exceptions import DesignationOver
from registrations.seats.forms.code import CodeForm
from registrations.seats.views.link_of_another import page_of_another
from stemnet import codes
from stemnet.exceptions import CodeRefused, NoMoreTries

OVER = "registrations/seats/designee_over.html"


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def designee(request: PortalRequest, token: str) -> HttpResponse:
    """Show who wants to come for the leader; take the answer with the code, or send another code."""
    one, at = designating.designation_of(token), timezone.now()
    if one is None:
        return render(request, OVER, status=404)
    if other := page_of_another(request, one.address):
        return other
    network = one.registration.network
    try:
        designating.check_open(one, at=at)
    except DesignationOver as over:
        return render(request, OVER, {"over": over, "designation": one, "network": network})
    if request.method == "POST" and "resend" in request.POST:
        return _resend(request, one)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = designating.refuse if "refuse" in request.POST else designating.confirm
        try:
            act(one, code=form.cleaned_data["code"], at=at)
        except DesignationOver:
            return redirect(request.path)
        except CodeRefused as refused:
            one.refresh_from_db()
            form.add_error("code", str(refused))
        else:
            return redirect(request.path)
    context = {
        "designation": one,
        "registration": one.registration,
        "person": one.registration.person,
        "network": network,
        "meetings": network.meetings.own().standing().order_by("starts_at"),
        "void": str(NoMoreTries()) if designee_codes.is_void(one) else "",
        "again": codes.again_words(),
        "form": form,
    }
    return render(request, "registrations/seats/designee.html", context)


def _resend(request: PortalRequest, one: Designation) -> HttpResponse:
    """Mail a new code."""
    try:
        designee_codes.send_again(one, at=timezone.now())
    except CodeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We sent a new code. Only the latest one works."))
    return redirect(request.path)
