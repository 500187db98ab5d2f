"""The pulse of a network's meetings for staff: whether it is asked, and what became of each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.models import Network
from meetings.planning.permissions import may_coordinate
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting
from registrations.evaluation.domain import evaluating, pulses, questionnaires
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.evaluation.forms.staff import PulseForm
from registrations.evaluation.views.staff_evaluation import stored
from registrations.models import Evaluation, Questionnaire


def pulsing(request: PortalRequest, slug: str) -> Network:
    """Return a network that the asker staffs and that has meetings to ask about, else 404."""
    network = staffed_network_or_404(request, slug)
    if network.is_information_session:
        raise Http404
    return network


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_pulse(request: PortalRequest, slug: str) -> HttpResponse:
    """Show each pulse with how many answered; who coordinates the network turns it on or off."""
    network = pulsing(request, slug)
    may_build = may_coordinate(request.person, network)
    questionnaire = questionnaires.questionnaire_of(network, Questionnaire.Purpose.PULSE)
    if request.method == "POST":
        if not may_build:
            raise PermissionDenied
        form = PulseForm(request.POST)
        if form.is_valid() and (done := turned(request, network, form)):
            return done
    else:
        form = PulseForm(
            initial={
                "asks": questionnaire is not None and questionnaire.asks_since is not None,
                "days": questionnaire.days if questionnaire else Questionnaire.days.field.get_default(),
            }
        )
    context: dict[str, Any] = {
        "network": network,
        "form": form,
        "may_build": may_build,
        "questionnaire": questionnaire,
        "rows": rows_of(network),
    }
    status = 422 if form.errors else 200
    return render(request, "registrations/evaluation/staff_pulse.html", context, status=status)


def turned(request: PortalRequest, network: Network, form: PulseForm) -> HttpResponse | None:
    """Turn the pulse on or off; None, with the reason in the form, where that is refused."""
    try:
        pulses.ask_after_meetings(network, **form.cleaned_data, **acting(request))
    except EvaluationRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if form.cleaned_data["asks"]:
        messages.success(request, _("Saved. We'll ask people after each meeting that ends from now on."))
    else:
        messages.success(request, _("Saved. We won't ask people after meetings."))
    return redirect("staff_pulse", network.slug)


def rows_of(network: Network) -> list[tuple[Evaluation, int]]:
    """Return each pulse, the newest meeting first, with how many are done, and how many answers show."""
    rows = (
        Evaluation.objects.filter(network=network, meeting__isnull=False)
        .select_related("meeting__network", "network", "questionnaire")
        .annotate(
            asked=Count("pulse_requests"),
            done=Count("pulse_requests", filter=Q(pulse_requests__completed_on__isnull=False)),
        )
        .order_by("-meeting__starts_at")
    )
    return [(one, stored(one)) for one in rows]


@require_POST
def staff_pulse_act(request: PortalRequest, slug: str, uid: Any, act: str) -> HttpResponse:
    """Close one pulse now, or, for who coordinates the network, ask its newest questions from now on."""
    network = pulsing(request, slug)
    pulse = network.evaluations.filter(meeting__uid=uid).select_related("network", "questionnaire").first()
    if pulse is None or act not in ("close", "ask"):
        raise Http404
    if act == "ask" and not may_coordinate(request.person, network):
        raise PermissionDenied
    try:
        if act == "close":
            evaluating.close(evaluation=pulse, **acting(request))
            messages.success(request, _("The pulse is closed."))
        else:
            questionnaires.ask_newest(pulse)
            messages.success(request, _("From now on people are asked the newest questions."))
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("staff_pulse", slug)
