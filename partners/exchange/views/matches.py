"""Matches: those one answers for, what the system proposes, and each step up to delivered."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partners.exchange.domain import exchange, fitting, introducing, resting
from partners.exchange.emails.exchange import contacts
from partners.exchange.exceptions import ExchangeRefused
from partners.exchange.forms.exchange import ReasonForm
from partners.exchange.permissions import may_bring_together, may_confirm
from partners.models import Contribution, Match, Need, Organization, Person, local_day
from partners.people.requests import PortalRequest, person_or_403

Row = TypeVar("Row", Need, Contribution)
PAGE = 50
FITS = 60
State = Match.State
TO = {"confirm": State.CONFIRMED, "deliver": State.DELIVERED, "drop": State.DROPPED, "undo": State.CONFIRMED}
DONE = {
    "again": gettext_lazy("The match is proposed again."),
    "introduce": gettext_lazy("We e-mailed both partners and copied the coordinator."),
    "confirm": gettext_lazy("Confirmed. This partner's gap is closed."),
    "deliver": gettext_lazy("Delivered."),
    "drop": gettext_lazy("Match dropped. The need is a gap again, unless another partner meets it."),
    "undo": gettext_lazy("The match is confirmed but not delivered yet."),
}


@never_cache
@require_safe
def matches(request: PortalRequest) -> HttpResponse:
    """List the matches of the partners that one answers for, and what the system proposes for them."""
    person = person_or_403(request)
    mine = Organization.objects.answered_for_by(person).partners()
    if not mine.exists():
        raise PermissionDenied
    state = request.GET.get("state", "")
    rows = Match.objects.visible_to(person).select_related(
        "need__organization", "need__category", "contribution__organization", "owner"
    )
    rows = rows.filter(state=state) if state in State.values else rows.exclude(state=State.DROPPED)
    context = {
        "page_obj": Paginator(rows.order_by("-made_at", "-pk"), PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": State.choices,
        "fits": list(islice(fits(mine), FITS)) if not state else [],
    }
    return render(request, "partners/exchange/matches.html", context)


def fits(mine: QuerySet[Organization]) -> Iterator[fitting.Fit]:
    """Yield what the system proposes for the gaps and then for the contributions of these partners."""
    today = local_day(timezone.now())
    keys = mine.values("pk")
    gaps = fitting.with_sides(Need.objects.gaps().filter(organization__in=keys).defer("detail"))
    known = set()
    for fit in fitting.fits_for(needs=gaps, today=today):
        known.add((fit.need.pk, fit.contribution.pk))
        yield fit
    gifts = fitting.with_sides(Contribution.objects.open().filter(organization__in=keys).defer("detail"))
    for fit in fitting.fits_for(contributions=gifts, today=today):
        if (fit.need.pk, fit.contribution.pk) not in known:
            yield fit


@never_cache
@require_safe
def match(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show both sides of a match, its steps so far, and what can follow."""
    return page(request, seen(request, uid), ReasonForm())


@require_POST
def match_propose(request: PortalRequest) -> HttpResponse:
    """Propose a contribution for a need."""
    person = person_or_403(request)
    need = find(Need.objects.visible_to(person).open(), request.POST.get("need", ""))
    gift = find(Contribution.objects.visible_to(person).open(), request.POST.get("contribution", ""))
    if not may_bring_together(person, need.organization, gift.organization):
        raise PermissionDenied
    try:
        made = exchange.propose_match(
            need=need, contribution=gift, by=person, owner=person, at=timezone.now()
        )
    except ExchangeRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("needs_of", need.organization.slug)
    messages.success(request, _("Proposed. Next, introduce the two partners."))
    return redirect("match", made.uid)


@require_POST
def match_act(request: PortalRequest, uid: UUID, act: str) -> HttpResponse:
    """Take one step: introduce, confirm, deliver, drop, or one back."""
    one, person = seen(request, uid), person_or_403(request)
    if act not in DONE:
        raise Http404
    if act in ("confirm", "undo") and not may_confirm(person, one):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if act == "drop" and not form.is_valid():
        return page(request, one, form, status=422)
    reason = form.cleaned_data["reason"] if act == "drop" else ""
    try:
        take(one, act, by=person, at=timezone.now(), reason=reason)
    except ExchangeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(DONE[act]))
    return redirect("match", one.uid)


def take(one: Match, act: str, *, by: Person, at: datetime, reason: str) -> None:
    """Hand one step to the domain."""
    if act == "introduce":
        introducing.introduce(one, by=by, at=at)
    elif act == "again":
        exchange.propose_match(need=one.need, contribution=one.contribution, by=by, at=at)
    else:
        exchange.move_match(one, to=TO[act], by=by, at=at, reason=reason)


def page(request: PortalRequest, one: Match, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    """Render the page of one match."""
    sides = [(side, contacts(side)) for side in (one.need.organization, one.contribution.organization)]
    context = {
        "match": one,
        "sides": sides,
        "changes": one.changes.all(),
        "form": form,
        "may_confirm": may_confirm(person_or_403(request), one),
        "follows": exchange.STEPS[one.state],
        "gone": resting.resting_side(one),
    }
    return render(request, "partners/exchange/match.html", context, status=status)


def seen(request: PortalRequest, uid: UUID) -> Match:
    """Return the match, where one answers for one of its sides."""
    rows = Match.objects.visible_to(person_or_403(request)).select_related(
        "need__organization",
        "need__category",
        "need__school",
        "contribution__organization",
        "contribution__category",
        "owner",
    )
    return get_object_or_404(rows, uid=uid)


def find(rows: QuerySet[Row], uid: str) -> Row:
    """Return the row with this uid as typed. Raises Http404 where it is none."""
    try:
        return get_object_or_404(rows.select_related("organization", "category"), uid=UUID(uid))
    except ValueError as nonsense:
        raise Http404 from nonsense
