"""For staff: asking for topics, and what becomes of one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Modality, Network
from meetings.planning.exceptions import MeetingsRefused
from meetings.planning.requests import coordinated_network_or_403, staffed_network_or_404
from partners.models import local_day
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.models import Board, Proposal
from registrations.together.domain import deciding, topics
from registrations.together.exceptions import TopicRefused
from registrations.together.forms.topics import PLACE, AnswerForm, BoardForm, JoinForm, PlanForm, PutOnForm
from registrations.together.pages.topics import proposals_in, staff_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@FORM
def staff_topics(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask the people of a network for topics, say how they vote, and see what is open."""
    network = staffed_network_or_404(request, slug)
    context = staff_page(network, person_or_404(request), number=request.GET.get("page"))
    form = BoardForm(request.POST or None, network=network, initial=_said(network, context["board"]))
    if request.method == "POST" and form.is_valid():
        given = {"votes_each": form.cleaned_data["votes_each"], "closes_at": form.closes_at()}
        try:
            topics.set_up(network, **given, **acting(request))
        except TopicRefused as refusal:
            form.add_error("votes_each", str(refusal))
        else:
            messages.success(request, _("It's saved."))
            return redirect("staff_topics", slug)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "registrations/together/staff_topics.html", {**context, "form": form}, status=status
    )


def _said(network: Network, board: Board | None) -> dict[str, object]:
    if board is None:
        return {"votes_each": 3}
    closes = local_day(board.closes_at, network.zone) if board.closes_at else None
    return {"votes_each": board.votes_each, "closes_on": closes}


@never_cache
@FORM
def topic_plan(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Make a meeting of a topic, or say which meeting that is planned is about it."""
    network, now = coordinated_network_or_403(request, slug), timezone.now()
    proposal = _proposal_or_404(network, uid)
    chosen = "existing" in request.POST
    data = request.POST or None
    form = PlanForm(None if chosen else data, network=network, at=now, initial=_like_the_last(proposal))
    existing = PutOnForm(data if chosen else None, network=network, at=now)
    used: PlanForm | PutOnForm = existing if chosen else form
    if request.method == "POST" and used.is_valid():
        try:
            if isinstance(used, PutOnForm):
                deciding.put_on(proposal, used.cleaned_data["meeting"], **acting(request))
                return redirect(proposal)
            meeting = deciding.plan(proposal, used.plan(), **acting(request))
        except (TopicRefused, MeetingsRefused) as refusal:
            used.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is planned, and the topic says so."))
            return redirect(meeting)
    context = {"network": network, "proposal": proposal, "form": form, "existing": existing}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/topic_plan.html", context, status=status)


@never_cache
@FORM
def topic_decide(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Answer a proposal with a reason, or join it with another one."""
    network = staffed_network_or_404(request, slug)
    proposal = _proposal_or_404(network, uid)
    joins, data = "join" in request.POST, request.POST or None
    answer = AnswerForm(None if joins else data)
    join = JoinForm(data if joins else None, proposal=proposal)
    used: AnswerForm | JoinForm = join if joins else answer
    if request.method == "POST" and used.is_valid():
        try:
            if isinstance(used, JoinForm):
                deciding.merge(proposal, used.cleaned_data["into"], **acting(request))
            else:
                deciding.answer(proposal, used.cleaned_data["answer"], **acting(request))
        except TopicRefused as refusal:
            used.add_error(None, str(refusal))
        else:
            messages.success(request, _("We've e-mailed the person who proposed it."))
            return redirect(proposal)
    context = {"network": network, "proposal": proposal, "answer": answer, "join": join}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/topic_decide.html", context, status=status)


def _proposal_or_404(network: Network, uid: UUID) -> Proposal:
    found: Proposal = get_object_or_404(proposals_in(network), uid=uid)
    return found


def _like_the_last(proposal: Proposal) -> dict[str, object]:
    """Return what the meeting begins with: the title of the topic, and as the last meeting was."""
    last = proposal.network.meetings.own().order_by("starts_at").last()
    names = ("start_time", "end_time", *PLACE)
    before = {name: getattr(last, name) for name in names} if last else {"modality": Modality.ONLINE}
    return {"title": proposal.title, **before}
