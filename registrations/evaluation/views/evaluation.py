"""The network evaluation, as the person sees it who answers it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest
from registrations.evaluation.domain import evaluating
from registrations.evaluation.exceptions import BoxStuck, EvaluationRefused
from registrations.evaluation.forms import EvaluationForm
from registrations.models import CreditRule, Evaluation, Registration

PAGE = "registrations/evaluation/evaluation.html"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask the questions, take the answers once, and say afterwards that they were taken."""
    registration = mine(request, slug)
    asked = evaluating.evaluation_of(registration.network)
    if asked is None or not evaluating.is_asked(registration):
        return page(request, registration, state="early")
    if "confirm" in request.POST:
        return confirm(request, registration)
    if request.method == "POST":
        return take(request, registration, asked)
    completion = evaluating.completion_of(registration)
    if completion:
        return page(request, registration, state="done", completion=completion)
    if not asked.takes_answers(timezone.now()):
        return page(request, registration, state="closed")
    return open_page(request, registration, asked, EvaluationForm(questions=asked.questions.all()))


def mine(request: PortalRequest, slug: str) -> Registration:
    """Return the asker's first registration in a network that asks for an evaluation, else 404."""
    found = (
        Registration.objects.filter(person=request.person, network__slug=slug, network__asks_evaluation=True)
        .select_related("network", "person")
        .order_by("pk")
        .first()
    )
    if found is None:
        raise Http404
    return found


def confirm(request: PortalRequest, registration: Registration) -> HttpResponse:
    """Note after closing that the person is done; a second time is refused."""
    try:
        evaluating.confirm_late(registration=registration, at=timezone.now())
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. You're done."))
    return redirect("evaluation", slug=registration.network.slug)


def take(request: PortalRequest, registration: Registration, asked: Evaluation) -> HttpResponse:
    """Store the answers; after closing, or a second time, they are refused."""
    now, form = timezone.now(), EvaluationForm(request.POST, questions=asked.questions.all())
    try:
        if asked.takes_answers(now) and not evaluating.is_done(registration) and not form.is_valid():
            return open_page(request, registration, asked, form, status=422)
        answers = form.answers() if form.is_valid() else {}
        evaluating.answer_evaluation(registration=registration, answers=answers, at=now)
    except BoxStuck:
        messages.error(
            request, _("We can't take answers right now. Keep this page open and try again later.")
        )
        return open_page(request, registration, asked, form, status=503)
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. You're done."))
    return redirect("evaluation", slug=registration.network.slug)


def open_page(
    request: PortalRequest, registration: Registration, asked: Evaluation, form: EvaluationForm, **more: int
) -> HttpResponse:
    """Render the questions, with the last day to answer them."""
    return page(request, registration, state="open", form=form, last_day=asked.last_day, **more)


def page(
    request: PortalRequest, registration: Registration, *, state: str, status: int = 200, **context: object
) -> HttpResponse:
    """Render the page in one of its states: early, open, done or closed."""
    network = registration.network
    context |= {"registration": registration, "network": network, "state": state}
    context["documents_wait"] = evaluating.documents_wait(network, CreditRule.objects.version_for(network))
    return render(request, PAGE, context, status=status)
