"""Setting up what an evaluation asks, for whoever coordinates the network."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Network
from meetings.planning.requests import coordinated_network_or_403
from partners.people.requests import PortalRequest, acting, person_or_403
from registrations.evaluation.domain import questionnaires
from registrations.evaluation.exceptions import EditedElsewhere, EvaluationRefused, NoLongerAsked
from registrations.evaluation.forms.answering import EvaluationForm
from registrations.evaluation.forms.builder import EvaluationQuestionForm, initial_of
from registrations.evaluation.pages.built import built_context
from registrations.models import EvaluationQuestion, Questionnaire

ACTS = ("up", "down", "delete")


def set_up_network(request: PortalRequest, slug: str, purpose: str) -> Network:
    """Return the network whose evaluation one sets up, else 404 or 403; an information session asks none."""
    network = coordinated_network_or_403(request, slug)
    if network.is_information_session or purpose not in Questionnaire.Purpose.values:
        raise Http404
    return network


@never_cache
@require_safe
def evaluation_questions(request: PortalRequest, slug: str, purpose: str) -> HttpResponse:
    """List the questions in their order, by section, with buttons."""
    network = set_up_network(request, slug, purpose)
    return render(request, "registrations/evaluation/questions.html", built_context(network, purpose))


@require_POST
def evaluation_begin(request: PortalRequest, slug: str, purpose: str) -> HttpResponse:
    """Begin with last year's questions, those of the portal, or none."""
    network = set_up_network(request, slug, purpose)
    try:
        questionnaires.begin(network, purpose, request.POST.get("source", ""), **acting(request))
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("These are the questions now. Change them as you like."))
    return redirect("evaluation_questions", slug, purpose)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_question_new(request: PortalRequest, slug: str, purpose: str) -> HttpResponse:
    """Add a question."""
    network = set_up_network(request, slug, purpose)
    questionnaire = questionnaires.questionnaire_of(network, purpose)
    earlier = questions_of(network, purpose, questionnaire)
    if request.method != "POST":
        first = {"uid": uuid4(), "section": earlier[-1].section if earlier else ""}
        return show(request, network, purpose, EvaluationQuestionForm(earlier=earlier, initial=first))
    form = EvaluationQuestionForm(request.POST, earlier=earlier)
    if form.is_valid():
        try:
            mine = questionnaires.set_up_once(network, purpose, **acting(request))
            questionnaires.add_question(
                mine, form.plan(), uid=form.cleaned_data["uid"], by=person_or_403(request)
            )
        except EvaluationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question is added."))
            return redirect("evaluation_questions", slug, purpose)
    return show(request, network, purpose, form, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_question(request: PortalRequest, slug: str, purpose: str, code: str) -> HttpResponse:
    """Change a question; answers that were given keep the words and choices that people read."""
    network = set_up_network(request, slug, purpose)
    questionnaire = questionnaires.questionnaire_of(network, purpose)
    every = questions_of(network, purpose, questionnaire)
    question = next((one for one in every if one.code == code), None)
    if question is None:
        return gone(request, network, purpose)
    edition = questionnaire.edition if questionnaire else 0
    earlier = every[: every.index(question)]
    if request.method != "POST":
        form = EvaluationQuestionForm(earlier=earlier, initial=initial_of(question, edition))
        return show(request, network, purpose, form, question)
    form = EvaluationQuestionForm(request.POST, earlier=earlier)
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"] or 0
            mine = questionnaires.set_up_once(network, purpose, **acting(request))
            seen = mine.edition if questionnaire is None else seen
            questionnaires.change_question(mine, code, form.plan(), seen=seen, by=person_or_403(request))
        except NoLongerAsked:
            return gone(request, network, purpose)
        except EditedElsewhere as refusal:
            typed = request.POST.copy()
            typed["seen"] = str(Questionnaire.objects.get(pk=mine.pk).edition)
            form = EvaluationQuestionForm(typed, earlier=earlier)
            form.add_error(None, str(refusal))
        except EvaluationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("evaluation_questions", slug, purpose)
    return show(request, network, purpose, form, question, status=422)


def questions_of(
    network: Network, purpose: str, questionnaire: Questionnaire | None
) -> list[EvaluationQuestion]:
    """Return the newest questions, or those that would be asked where nobody set them up."""
    if questionnaire is None:
        return questionnaires.would_ask(network, purpose)
    return questionnaires.newest(questionnaire)


def gone(request: PortalRequest, network: Network, purpose: str) -> HttpResponse:
    """Say that the question was deleted, on the page of those that are there."""
    messages.info(request, str(NoLongerAsked()))
    return redirect("evaluation_questions", network.slug, purpose)


def show(
    request: PortalRequest,
    network: Network,
    purpose: str,
    form: EvaluationQuestionForm,
    question: EvaluationQuestion | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw the form of one question."""
    context: dict[str, Any] = {"network": network, "purpose": purpose, "form": form, "question": question}
    return render(request, "registrations/evaluation/question.html", context, status=status)


@require_POST
def evaluation_question_act(
    request: PortalRequest, slug: str, purpose: str, code: str, act: str
) -> HttpResponse:
    """Move a question up or down, or delete it; pressed twice does no harm."""
    if act not in ACTS:
        raise Http404
    network, by = set_up_network(request, slug, purpose), person_or_403(request)
    try:
        questionnaire = questionnaires.set_up_once(network, purpose, **acting(request))
        if act == "delete":
            questionnaires.delete_question(questionnaire, code, by=by)
            messages.success(request, _("The question is deleted. Answers to it stay in earlier results."))
        else:
            questionnaires.move_question(questionnaire, code, up=act == "up", by=by)
    except NoLongerAsked:
        return gone(request, network, purpose)
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluation_questions", slug, purpose)


@never_cache
@require_safe
def evaluation_preview(request: PortalRequest, slug: str, purpose: str) -> HttpResponse:
    """Show the questions as people see them on a phone; nothing is sent."""
    network = set_up_network(request, slug, purpose)
    questionnaire = questionnaires.questionnaire_of(network, purpose)
    form = EvaluationForm(questions=questions_of(network, purpose, questionnaire))
    context = {"network": network, "purpose": purpose, "form": form}
    return render(request, "registrations/evaluation/preview.html", context)
