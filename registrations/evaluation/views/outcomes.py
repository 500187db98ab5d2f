"""What was done with an evaluation, written by staff for the people of the network."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting
from registrations.evaluation.domain import outcomes
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.evaluation.forms.staff import OutcomeForm
from registrations.models import Outcome


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_outcomes(request: PortalRequest, slug: str) -> HttpResponse:
    """List what was told, and tell something more."""
    network = staffed_network_or_404(request, slug)
    form = OutcomeForm(request.POST or None, initial={"uid": uuid4()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            outcomes.write_outcome(
                network, said=typed["said"], done=typed["done"], uid=typed["uid"], **acting(request)
            )
        except EvaluationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. People see it on their page of this network."))
            return redirect("staff_outcomes", slug)
    return show(request, network, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_outcome(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say it otherwise."""
    network = staffed_network_or_404(request, slug)
    outcome = Outcome.objects.filter(network=network, uid=uid).first()
    if outcome is None:
        raise Http404
    first = {"said": outcome.said, "done": outcome.done, "seen": outcome.edition}
    form = OutcomeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            seen = typed["seen"] or 0
            outcomes.change_outcome(
                network, uid, said=typed["said"], done=typed["done"], seen=seen, **acting(request)
            )
        except EvaluationRefused as refusal:
            again = request.POST.copy()
            again["seen"] = str(outcome.edition)
            form = OutcomeForm(again)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_outcomes", slug)
    return show(request, network, form, outcome)


def show(
    request: PortalRequest, network: Network, form: OutcomeForm, outcome: Outcome | None = None
) -> HttpResponse:
    """Draw the page."""
    context = {
        "network": network,
        "form": form,
        "outcome": outcome,
        "outcomes": network.outcomes.all(),
        "can_be_written": outcomes.can_be_written(network),
    }
    status = 422 if form.errors else 200
    return render(request, "registrations/evaluation/staff_outcomes.html", context, status=status)


@require_POST
def staff_outcome_delete(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Tell it no longer."""
    network = staffed_network_or_404(request, slug)
    outcomes.delete_outcome(network, uid)
    messages.success(request, _("Deleted. People no longer see it."))
    return redirect("staff_outcomes", slug)
