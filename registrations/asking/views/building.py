"""Setting up the questions of a network, for whoever coordinates it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Network
from meetings.planning.requests import coordinated_network_or_403
from partners.people.requests import PortalRequest, acting, person_or_403
from registrations.asking.domain import building, copying
from registrations.asking.domain.plans import presets
from registrations.asking.forms.builder import CopyForm, QuestionForm, initial_of
from registrations.asking.pages.built import copyable, preview_of, questions_context
from registrations.models import Question, QuestionVersion
from registrations.seats.domain.questions import newest
from registrations.seats.exceptions import QuestionChanged, QuestionGone, QuestionRefused

ACTS = ("up", "down", "end", "again")


def set_up_network(request: PortalRequest, slug: str) -> Network:
    """Return the network whose questions one sets up. Raises Http404 for an information session, too."""
    network = coordinated_network_or_403(request, slug)
    if network.is_information_session:
        raise Http404
    return network


@never_cache
@require_safe
def questions(request: PortalRequest, slug: str) -> HttpResponse:
    """List the questions in their order, with buttons, and the log."""
    network = set_up_network(request, slug)
    context = questions_context(network, at=timezone.now())
    context["copies"] = copyable(network, person_or_403(request)).exists()
    return render(request, "registrations/asking/questions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Add a question, empty or with one of the beginnings."""
    network = set_up_network(request, slug)
    earlier = list(newest().filter(question__network=network))
    if request.method != "POST":
        begun = presets().get(request.GET.get("begin", ""), {})
        return show(request, network, form_of(request, network, None, earlier, initial=begun))
    form = form_of(request, network, None, earlier, data=request.POST)
    if form.is_valid():
        try:
            building.add_question(network, form.plan(), uid=form.cleaned_data["uid"], **acting(request))
        except QuestionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question is added."))
            return redirect("questions", slug)
    return show(request, network, form, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change a question; other words are a new version, and answers keep the one that they were given to."""
    network = set_up_network(request, slug)
    question = (
        Question.objects.select_related("network", "depends_on").filter(network=network, uid=uid).first()
    )
    if question is None:
        return gone(request, network)
    version = question.versions.get(number=question.version)
    earlier = list(newest().filter(question__network=network, question__place__lt=question.place))
    if request.method != "POST":
        readers = [reader.person for reader in question.readers.select_related("person")]
        initial = initial_of(question, version, readers)
        return show(request, network, form_of(request, network, question, earlier, initial=initial), version)
    form = form_of(request, network, question, earlier, data=request.POST)
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"] or 0
            building.change_question(question, form.plan(), seen=seen, **acting(request))
        except QuestionGone:
            return gone(request, network)
        except QuestionChanged as refusal:
            form = form_of(request, network, question, earlier, data=seen_again(request, question))
            form.add_error(None, str(refusal))
        except QuestionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("questions", slug)
    return show(request, network, form, version, status=422)


def seen_again(request: PortalRequest, question: Question) -> QueryDict:
    """Return what was typed, as of a page that shows the question as it is now."""
    typed = request.POST.copy()
    typed["seen"] = str(Question.objects.get(pk=question.pk).edition)
    return typed


def gone(request: PortalRequest, network: Network) -> HttpResponse:
    """Say that the question was deleted, on the page of those that are there."""
    messages.info(request, str(QuestionGone()))
    return redirect("questions", network.slug)


def form_of(
    request: PortalRequest,
    network: Network,
    question: Question | None,
    earlier: list[QuestionVersion],
    **given: Any,
) -> QuestionForm:
    """Make the form of one question."""
    by = person_or_403(request)
    return QuestionForm(
        given.get("data"),
        network=network,
        by=by,
        question=question,
        earlier=earlier,
        initial=given.get("initial"),
    )


def show(
    request: PortalRequest,
    network: Network,
    form: QuestionForm,
    version: QuestionVersion | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw the form of one question."""
    question = form.question
    context = {
        "network": network,
        "form": form,
        "question": question,
        "version": version,
        "answers": question.answers.count() if question else 0,
    }
    return render(request, "registrations/asking/question.html", context, status=status)


@require_POST
def question_act(request: PortalRequest, slug: str, uid: UUID, act: str) -> HttpResponse:
    """Move a question up or down, end it, or ask it again; pressed twice does no harm."""
    if act not in ACTS:
        raise Http404
    network = set_up_network(request, slug)
    question = network.own_questions.select_related("network").filter(uid=uid).first()
    if question is None:
        return gone(request, network)
    try:
        if act in ("up", "down"):
            building.move_question(question, up=act == "up")
        elif act == "end":
            building.end_question(question, **acting(request))
        else:
            building.ask_again(question, **acting(request))
    except QuestionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("questions", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_delete(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Ask once more, with the number of answers that go, then delete them with the question."""
    network = set_up_network(request, slug)
    question = network.own_questions.select_related("network").filter(uid=uid).first()
    if question is None:
        return gone(request, network)
    refused = ""
    if request.method == "POST":
        sent = request.POST.get("answers", "")
        try:
            number = int(sent) if sent.isdecimal() and len(sent) < 9 else -1
            building.delete_question(question, answers=number, **acting(request))
        except QuestionRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The question is deleted."))
            return redirect("questions", slug)
    context = {
        "network": network,
        "question": question,
        "version": question.versions.get(number=question.version),
        "answers": question.answers.count(),
        "files": question.answers.exclude(file="").count(),
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "registrations/asking/question_delete.html", context, status=status)


@never_cache
@require_safe
def questions_preview(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the questions as people see them."""
    network = set_up_network(request, slug)
    on_registering, later = preview_of(network)
    context = {"network": network, "on_registering": on_registering, "later": later}
    return render(request, "registrations/asking/questions_preview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions_copy(request: PortalRequest, slug: str) -> HttpResponse:
    """Copy the questions of another network of one's own."""
    network = set_up_network(request, slug)
    networks = copyable(network, person_or_403(request))
    initial = {"network": network.cloned_from.slug} if network.cloned_from else {}
    form = CopyForm(request.POST if request.method == "POST" else None, networks=networks, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            number = copying.copy_questions(form.cleaned_data["network"], network, **acting(request))
        except QuestionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("One question is copied.", "%(n)d questions are copied.", number)
            same = _("This network asks all of that already.")
            messages.success(request, words % {"n": number} if number else same)
            return redirect("questions", slug)
    context = {"network": network, "form": form, "has_networks": networks.exists()}
    status = 422 if form.errors else 200
    return render(request, "registrations/asking/questions_copy.html", context, status=status)
