"""Keeping long forms while they are typed: asked by the page itself, which says what comes of it in words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from partners.people.domain import kept_forms
from partners.people.forms.kept_form import KeptFormForm, fields_of, fits
from partners.people.requests import PortalRequest, portal_request, wants_json


@never_cache
@login_not_required
@require_safe
def account_state(request: PortalRequest) -> HttpResponse:
    """Say as whom this browser is signed in now, with a fresh token for forms that were open before."""
    person = request.person
    return JsonResponse(
        {
            "account": kept_forms.account_of(person),
            "name": str(person) if person else "",
            "token": get_token(request),
        }
    )


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: PortalRequest) -> HttpResponse:
    """Give, keep or forget one's own form; 401 for nobody, 409 where somebody else is signed in now."""
    person = request.person
    if request.method != "POST":
        found = kept_forms.kept(person, form=request.GET.get("form", "")) if person else None
        shown = {"typed": found.fields, "at": int(found.saved_at.timestamp() * 1000)} if found else {}
        return JsonResponse(shown)
    if person is None:
        return JsonResponse({}, status=401)
    form = KeptFormForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=413 if "typed" in form.errors else 400)
    given = form.cleaned_data
    if given["account"] != kept_forms.account_of(person):
        return JsonResponse({}, status=409)
    if "drop" in request.POST:
        kept_forms.drop(person, form=given["form"])
    else:
        kept_forms.keep(person, form=given["form"], fields=given["typed"], at=timezone.now())
    return JsonResponse({"kept": True})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say why a form was not taken; one that is kept comes back with a fresh token, to be sent again.

    Only what a page of ours sent, for the very account that is signed in now, is offered again.
    """
    if wants_json(request):
        return JsonResponse({}, status=403)
    asked = portal_request(request)
    account = kept_forms.account_of(asked.person)
    typed_as = request.POST.get("kept_account", "")
    again = bool(typed_as) and typed_as == account and is_ours(request) and fits(request.POST)
    context = {
        "fields": fields_of(request.POST) if again else [],
        "act": request.POST.get("act", ""),
        "kept_form": request.POST.get("kept_form", "") if again else "",
        "kept_account": account,
        "signed_out": bool(typed_as) and not account,
        "somebody_else": bool(typed_as and account) and typed_as != account,
    }
    return render(request, "403_csrf.html", context, status=403)


def is_ours(request: HttpRequest) -> bool:
    """Return whether the browser says that a page of this very site sent the form."""
    origin, here = request.headers.get("Origin", ""), f"{request.scheme}://{request.get_host()}"
    return origin == here if origin else request.headers.get("Sec-Fetch-Site") == "same-origin"
