"""Registering others: the form, and the page of whoever registered them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from partners.models import local_day
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.models import Party, SeatInvitation
from registrations.seats.domain import mail_codes, parties, team_codes
from registrations.seats.domain.answers import Answers
from registrations.seats.forms.parties import MemberForm, PartyForm
from registrations.seats.forms.register import initial_of_answers
from registrations.seats.pages import party_context
from registrations.seats.views.register import BROWSER, browser_of, own_hold
from registrations.seats.views.session import show_closed
from stemnet.exceptions import CodeRefused, Refused

ASK = "registrations/seats/register_team.html"


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_team(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the form, or take what was typed; what was typed comes back with every error."""
    at = timezone.now()
    network = get_object_or_404(Network.objects.visible_to(request.person), slug=slug)
    if network.is_information_session:
        return redirect("register", slug)
    if request.method != "POST" and (closed := parties.closed(network, person=request.person, at=at)):
        return show_closed(request, network, closed)
    form = PartyForm(
        request.POST or None,
        network=network,
        person=request.person,
        initial=_initial(request, network, at=at),
    )
    uid = uuid_of(request.POST.get("uid", "")) if request.method == "POST" else uuid4()
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, network, form, uid, at=at)
        except CodeRefused as refused:
            form.add_error("address", str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "network": network,
        "form": form,
        "uid": uid,
        "browser": browser_of(request),
        "closes_at": network.closes_at(),
        "days": parties.days(),
        "meetings": network.meetings.own().standing().order_by("starts_at"),
    }
    return render(request, ASK, context)


def _take(
    request: PortalRequest, network: Network, form: PartyForm, uid: UUID, *, at: datetime
) -> HttpResponse:
    """Register them where the lead is signed in, else mail the lead a code."""
    if request.person is None:
        hold = team_codes.start_party(
            network=network,
            answers=form.answers(),
            browser=request.session.setdefault(BROWSER, browser_of(request)),
            client=mail_codes.client_of(request.client_address),
            at=at,
        )
        return redirect("register_code", slug=network.slug, uid=hold.uid)
    party = parties.register_party(
        network,
        uid=uid,
        kind=form.cleaned_data["kind"],
        workplace=form.cleaned_data["organization"],
        members=form.rows.members(),
        by=request.person,
        at=at,
    )
    return redirect("party", network.slug, party.uid)


def _initial(request: PortalRequest, network: Network, *, at: datetime) -> dict[str, Any]:
    """Return what the form shows at first: what this browser typed before, or where the reader works."""
    kind = request.GET.get("kind", "")
    initial: dict[str, Any] = {"kind": kind if kind in parties.FEWEST else Party.Kind.TEAM}
    if person := request.person:
        position = person.positions.current(local_day(at)).select_related("organization").first()
        if position is not None:
            initial["organization"] = position.organization or position.organization_words
    hold = own_hold(request, network)
    if hold is None or not hold.answers.get("team"):
        return initial
    typed = Answers.from_json(hold.answers)
    return {**initial, **initial_of_answers(typed), "kind": typed.team_kind, "team": typed.team}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def party(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show who was registered together and who has answered, to the lead and to staff; take their acts."""
    one = _own(request, slug, uid)
    of, act = request.POST.get("invitation", ""), request.POST.get("act", "")
    form = MemberForm(request.POST if act in ("add", "replace") else None, auto_id=f"id_{of or 'new'}_%s")
    if request.method == "POST":
        if act not in ACTS:
            raise Http404
        try:
            if ACTS[act](request, one, form):
                return redirect("party", slug, uid)
        except Refused as refused:
            if not form.is_bound:
                messages.error(request, str(refused))
                return redirect("party", slug, uid)
            form.add_error(None, str(refused))
    context = {**party_context(one, at=timezone.now()), "form": form, "of": of}
    context |= {"empty": MemberForm(auto_id="id_new_%s"), "is_lead": one.by == request.person}
    context["is_staff"] = Network.objects.staffed_by(request.person).filter(pk=one.network_id).exists()
    for row in context["rows"]:
        row[0].form = MemberForm(auto_id=f"id_{row[0].uid}_%s")
    return render(request, "registrations/seats/party.html", context)


def _own(request: PortalRequest, slug: str, uid: UUID) -> Party:
    """Return a party of the reader's, or of a network that they staff. Raises Http404."""
    person = person_or_404(request)
    staffed = Network.objects.staffed_by(person)
    mine = Party.objects.filter(
        Q(by=person, kind__in=parties.FEWEST) | Q(network__in=staffed), network__slug=slug
    )
    rows = mine.exclude(kind=Party.Kind.RESERVED).select_related("network", "organization", "by")
    return get_object_or_404(rows, uid=uid)


def _invitation(request: PortalRequest, one: Party) -> SeatInvitation:
    """Return whom an act is about."""
    rows = one.invitations.select_related("network", "party")
    return get_object_or_404(rows, uid=uuid_of(request.POST.get("invitation", "")))


def _resend(request: PortalRequest, one: Party, _form: MemberForm) -> bool:
    asked = _invitation(request, one)
    parties.resend(asked, **acting(request))
    messages.success(request, _("We e-mailed %(who)s a new link.") % {"who": asked.name})
    return True


def _withdraw(request: PortalRequest, one: Party, _form: MemberForm) -> bool:
    asked = _invitation(request, one)
    parties.withdraw_member(asked, **acting(request))
    messages.success(request, _("%(who)s isn't asked anymore.") % {"who": asked.name})
    return True


def _withdraw_all(request: PortalRequest, one: Party, _form: MemberForm) -> bool:
    number = parties.withdraw_party(one, **acting(request))
    words = ngettext("%(n)s person isn't asked anymore.", "%(n)s people aren't asked anymore.", number)
    messages.success(request, words % {"n": number})
    return True


def _replace(request: PortalRequest, one: Party, form: MemberForm) -> bool:
    asked = _invitation(request, one)
    if not form.is_valid():
        return False
    parties.replace_member(asked, form.member(), **acting(request))
    messages.success(request, _("We ask %(who)s instead.") % {"who": form.member().address})
    return True


def _add(request: PortalRequest, one: Party, form: MemberForm) -> bool:
    if not form.is_valid() or one.kind not in parties.FEWEST:
        return False
    parties.add_member(one, form.member(), **acting(request))
    messages.success(request, _("You added %(who)s.") % {"who": form.member().address})
    return True


def _give_seats(request: PortalRequest, one: Party, _form: MemberForm) -> bool:
    """Let staff keep seats for a party ahead of others."""
    if not Network.objects.staffed_by(request.person).filter(pk=one.network_id).exists():
        raise Http404
    parties.give_seats(one, reason=request.POST.get("reason", "")[:300], **acting(request))
    messages.success(request, _("The seats are kept, and everyone was e-mailed."))
    return True


ACTS: dict[str, Callable[[PortalRequest, Party, MemberForm], bool]] = {
    "add": _add,
    "give-seats": _give_seats,
    "replace": _replace,
    "resend": _resend,
    "withdraw": _withdraw,
    "withdraw-all": _withdraw_all,
}


def uuid_of(typed: str) -> UUID:
    """Return what a form names. Raises Http404 for what is no such name."""
    try:
        return UUID(typed)
    except ValueError as error:
        raise Http404 from error
