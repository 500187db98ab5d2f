"""The network evaluation, as staff see it: who is done, closing, publishing, asking another version."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Network
from meetings.planning.permissions import may_coordinate
from meetings.planning.requests import staffed_network_or_404
from partners.models import Person
from partners.people.requests import PortalRequest
from registrations.evaluation.domain import asking_evaluation, evaluating, last_day, questionnaires
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.evaluation.forms.staff import LastDayForm
from registrations.models import CreditRule, Evaluation, EvaluationCompletion
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet import wording

PAGE = 50
DONE = Q(evaluation_completions__isnull=False)
EXCUSED = Q(evaluation_completions__waived_by_name__gt="")
SHOWN = {"open": ~DONE, "done": DONE & ~EXCUSED, "excused": EXCUSED}
ACTS = {"close": evaluating.close, "publish": evaluating.close_and_publish}
SAID = {
    "close": gettext_lazy("The evaluation is closed."),
    "publish": gettext_lazy("The results are published to this network's staff."),
}


def asking(request: PortalRequest, slug: str) -> Network:
    """Return a network that the asker staffs and that asks for an evaluation, else 404."""
    network = staffed_network_or_404(request, slug)
    if not network.asks_evaluation:
        raise Http404
    return network


@never_cache
@require_safe
def staff_evaluation(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who is done and who is not, and what can be done about it; never an answer."""
    network = asking(request, slug)
    return page(request, network, evaluating.evaluation_of(network))


def page(
    request: PortalRequest,
    network: Network,
    evaluation: Evaluation | None,
    *,
    form: LastDayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page; ``form`` is the last day as it was typed, where it was refused."""
    shown = request.GET.get("show", "")
    everyone = evaluating.registrations_asked().filter(network=network)
    people = with_completions(everyone.filter(SHOWN[shown]) if shown in SHOWN else everyone)
    context = {
        "network": network,
        "evaluation": evaluation,
        "shown": shown,
        "counts": everyone.aggregate(
            asked=Count("pk"), **{name: Count("pk", filter=test) for name, test in SHOWN.items()}
        ),
        "documents_wait": evaluating.documents_wait(network, CreditRule.objects.version_for(network)),
        "stored": stored(evaluation),
        "may_build": may_coordinate(request.person, network),
        "newer": evaluation is not None and questionnaires.asks_older(evaluation),
        "form": form or LastDayForm(),
        "by_itself": evaluation is not None and evaluation.closed_by_name == str(last_day.SWEEP),
        "page_obj": Paginator(people, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "registrations/evaluation/staff_evaluation.html", context, status=status)


def stored(evaluation: Evaluation | None) -> int:
    """Return how many answers a closed evaluation shows results of; none of fewer than the minimum."""
    if evaluation is None or evaluation.closed_at is None:
        return 0
    few = evaluation.answered < settings.EVALUATION_MINIMUM_ANSWERS
    return 0 if few else evaluation.answered


def with_completions(people: RegistrationQuerySet) -> RegistrationQuerySet:
    """Return the people by name, each with whether and when they were done, and the last mail."""
    completions = Prefetch("evaluation_completions", EvaluationCompletion.objects.all())
    return people.select_related("person", "evaluation_request").prefetch_related(completions).by_name()


@require_POST
def staff_evaluation_act(request: PortalRequest, slug: str, act: str) -> HttpResponse:
    """Close the evaluation, take answers longer, publish, remind; who coordinates asks newer questions."""
    network, now = asking(request, slug), timezone.now()
    evaluation, person = evaluating.evaluation_of(network), request.person
    if evaluation is None or person is None or act not in (*ACTS, "remind", "later", "ask"):
        raise Http404
    if act == "ask" and not may_coordinate(person, network):
        raise PermissionDenied
    if act == "later":
        return later(request, evaluation, by=person)
    try:
        if act == "remind":
            number = asking_evaluation.remind_again(evaluation=evaluation, at=now)
            messages.success(request, reminded(number))
        elif act == "ask":
            questionnaires.ask_newest(evaluation)
            messages.success(request, _("From now on people are asked the newest questions."))
        else:
            ACTS[act](evaluation=evaluation, by=person, at=now)
            messages.success(request, str(SAID[act]))
    except EvaluationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("staff_evaluation", slug=slug)


def later(request: PortalRequest, evaluation: Evaluation, *, by: Person) -> HttpResponse:
    """Take answers until a later day, or show again what was typed with what is wrong with it."""
    form = LastDayForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["last_day"]
        try:
            last_day.keep_open_until(evaluation=evaluation, day=day, by=by, at=timezone.now())
        except EvaluationRefused as refusal:
            form.add_error("last_day", str(refusal))
        else:
            words = _("People can answer until the end of %(day)s.") % {"day": wording.day(day)}
            messages.success(request, words)
            return redirect("staff_evaluation", slug=evaluation.network.slug)
    return page(request, evaluation.network, evaluation, form=form, status=422)


def reminded(number: int) -> str:
    """Say how many were asked once more."""
    if not number:
        return _("We didn't e-mail anyone. Everyone has answered or got an e-mail in the last day.")
    return ngettext(
        "We're e-mailing %(number)s person another reminder.",
        "We're e-mailing %(number)s people another reminder.",
        number,
    ) % {"number": number}
