"""The network evaluation, and the pulse of a meeting, as the person sees them who answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest
from registrations.evaluation.domain import evaluating, pulses
from registrations.evaluation.exceptions import BoxStuck, EvaluationClosed, EvaluationRefused
from registrations.evaluation.forms.answering import ASKED, EvaluationForm
from registrations.models import CreditRule, Evaluation, EvaluationQuestion, PulseRequest, Registration

PAGE = "registrations/evaluation/evaluation.html"
Keep = Callable[[EvaluationForm], None]


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask the questions, take the answers once, and say afterwards that they were taken."""
    registration = mine(request, slug)
    asked = evaluating.evaluation_of(registration.network)
    context = context_of(registration)
    if asked is None or not evaluating.is_asked(registration):
        return page(request, context, state="early")
    if "confirm" in request.POST:
        return confirm(request, registration)
    completion = evaluating.completion_of(registration)
    if request.method == "POST":
        return take(request, context, asked, _into_evaluation(registration), is_done=completion is not None)
    if completion:
        return page(request, context, state="done", completion=completion)
    return open_page(request, context, asked)


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


def context_of(registration: Registration) -> dict[str, Any]:
    """Return what the page of the network evaluation always says."""
    network = registration.network
    waits = evaluating.documents_wait(network, CreditRule.objects.version_for(network))
    return {"registration": registration, "network": network, "documents_wait": waits}


def _into_evaluation(registration: Registration) -> Keep:
    """Return what keeps the answers of a form as the network evaluation of this person."""
    return lambda form: evaluating.answer_evaluation(
        registration=registration, answers=form.answers(), at=timezone.now(), version=form.version
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Ask about one meeting, take the answers once, and say afterwards that they were taken."""
    asked = pulses.pulse_asked_of(request.person, uid)
    if asked is None or asked.registration.network.slug != slug:
        raise Http404
    network, meeting = asked.registration.network, asked.evaluation.meeting
    context = {"registration": asked.registration, "network": network, "meeting": meeting}
    if request.method == "POST":
        is_done = asked.completed_on is not None
        return take(request, context, asked.evaluation, _into_pulse(asked), is_done=is_done)
    if asked.completed_on:
        return page(request, context, state="done", completion=asked)
    return open_page(request, context, asked.evaluation)


def _into_pulse(asked: PulseRequest) -> Keep:
    """Return what keeps the answers of a form as the pulse of this person."""
    return lambda form: pulses.answer_pulse(asked, form.answers(), version=form.version, at=timezone.now())


def confirm(request: PortalRequest, registration: Registration) -> HttpResponse:
    """Note after closing that the person is done; a second time is refused."""
    try:
        evaluating.confirm_late(registration=registration, at=timezone.now())
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. You're done."))
    return redirect("evaluation", slug=registration.network.slug)


def take(
    request: PortalRequest, context: dict[str, Any], asked: Evaluation, keep: Keep, *, is_done: bool
) -> HttpResponse:
    """Store the answers; after closing, or a second time, they are refused, and what was typed is shown."""
    form = form_of(request, asked)
    try:
        if not is_done and asked.takes_answers(timezone.now()) and not form.is_valid():
            return page(request, context, state="open", form=form, last_day=asked.last_day, status=422)
        form.is_valid()
        keep(form)
    except BoxStuck:
        messages.error(
            request, _("We can't take answers right now. Keep this page open and try again later.")
        )
        return page(request, context, state="open", form=form, last_day=asked.last_day, status=503)
    except EvaluationClosed as refusal:
        messages.error(request, str(refusal))
        return page(request, context, state="closed", typed=form.typed_words(), status=409)
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. You're done."))
    return redirect(request.path)


def form_of(request: PortalRequest, asked: Evaluation) -> EvaluationForm:
    """Return the form as it was sent; where its page showed another version, it says so."""
    questions = list(asked.questions)
    sent = request.POST.get(ASKED, "")
    number = int(sent) if sent.isdecimal() and len(sent) < 6 else asked.version
    before: list[EvaluationQuestion] = []
    if number != asked.version and number in asked.versions:
        before = list(EvaluationQuestion.objects.filter(questionnaire=asked.questionnaire_id, version=number))
    return EvaluationForm(request.POST, questions=questions, before=before)


def open_page(request: PortalRequest, context: dict[str, Any], asked: Evaluation) -> HttpResponse:
    """Render the questions, with the last day to answer them; or that it is closed."""
    if not asked.takes_answers(timezone.now()):
        return page(request, context, state="closed")
    form = EvaluationForm(questions=asked.questions)
    return page(request, context, state="open", form=form, last_day=asked.last_day)


def page(
    request: PortalRequest, context: dict[str, Any], *, state: str, status: int = 200, **more: object
) -> HttpResponse:
    """Render the page in one of its states: early, open, done or closed."""
    return render(request, PAGE, {**context, "state": state, **more}, status=status)
