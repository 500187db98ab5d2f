"""Changing the credit rule of a network after people were marked: the form, who gains or loses, the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting
from registrations.credit.domain import changing_rule
from registrations.credit.exceptions import IssuingRefused
from registrations.credit.forms.rule import RuleForm, label_of
from registrations.models import CreditRule


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_rule(request: PortalRequest, slug: str) -> HttpResponse:
    """Choose another rule, see who gains or loses, and confirm; a GET changes nothing."""
    network = staffed_network_or_404(request, slug)
    now_by = CreditRule.objects.version_for(network)
    if request.method != "POST":
        return page(request, network, RuleForm(initial={"version": now_by}))
    form = RuleForm(request.POST)
    if not form.is_valid():
        return page(request, network, form, status=422)
    if form.cleaned_data["version"] == now_by:
        form.add_error("version", _("The network already uses this rule."))
        return page(request, network, form, status=422)
    if "confirm" in request.POST:
        return act(request, network, form)
    effects = changing_rule.preview(network, form.cleaned_data["version"], at=timezone.now())
    names: dict[str, Any] = {"before": name_of(now_by), "after": name_of(form.cleaned_data["version"])}
    return page(request, network, form, effects=effects, **names)


def name_of(version: CreditRule | None) -> str:
    """Return what a version is called, or that there is none."""
    return label_of(version) if version else _("hours of attendance only")


def act(request: PortalRequest, network: Network, form: RuleForm) -> HttpResponse:
    """Change the rule, and go to the documents of the network."""
    try:
        changing_rule.change_rule(network, **form.cleaned_data, **acting(request))
    except IssuingRefused as refusal:
        form.add_error(None, str(refusal))
        return page(request, network, form, status=422)
    messages.success(request, _("The credit rule is changed, and everyone's hours and points with it."))
    return redirect("staff_documents", slug=network.slug)


def page(
    request: PortalRequest, network: Network, form: RuleForm, status: int = 200, **shown: Any
) -> HttpResponse:
    """Show the form with the rule of now and what was changed before; or the preview."""
    effects = shown.get("effects")
    context = {
        "network": network,
        "form": form,
        "now_by": CreditRule.objects.version_for(network),
        "changes": network.rule_changes.all(),
        "documents": sum(len(effect.to_review) for effect in effects or []),
        **shown,
    }
    template = "rule_preview" if effects is not None else "rule"
    return render(request, f"registrations/credit/{template}.html", context, status=status)
