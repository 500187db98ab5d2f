"""Staff invite people to a network, or register a list of them: rows are looked at before anyone is asked."""

import json
import zlib
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.desk.pages.invitations import look_context, parties_of
from registrations.models import Party
from registrations.seats.domain import many_asked
from registrations.seats.exceptions import PartyRefused
from registrations.seats.forms.many_asked import ManyForm
from registrations.seats.imports import AskedRow
from stemnet import sealing

PURPOSE = "registrations.many_asked"
LOOK = "registrations/desk/invitations_look.html"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_invitations(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who was invited and how they answered; take a list, show its rows, and ask as it was seen."""
    network, at = staffed_network_or_404(request, slug), timezone.now()
    if request.method == "POST" and "list" in request.POST:
        return _ask(request, network, at=at)
    form = ManyForm(request.POST or None, request.FILES or None, person=request.person, at=at)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kind = data["kind"]
        given = {
            "rows": [vars(row) for row in form.rows],
            "kind": kind,
            "title": data["title"],
            "keeps": data["keeps"] or kind == Party.Kind.LIST,
            "days": data["days"],
            "uid": str(uuid4()),
            "network": network.pk,
            "by": str(person_or_404(request).uid),
            "contacts": bool(data.get("organization")),
            "skipped": [],
        }
        return _look(request, network, given, at=at)
    context = {"network": network, "form": form, "parties": parties_of(network, at=at)}
    return render(request, "registrations/desk/invitations.html", context)


def _ask(request: PortalRequest, network: Network, *, at: datetime) -> HttpResponse:
    """Ask as it was seen, or show the rows again where something else would come of them."""
    given = _given(request, network)
    skipped = sorted({int(line) for line in request.POST.getlist("skip") if line.isdecimal()})
    if skipped != given["skipped"]:
        messages.info(request, _("You changed who is left out. Look at the rows once more."))
        return _look(request, network, {**given, "skipped": skipped}, at=at)
    try:
        party = many_asked.ask(
            network,
            _rows(given),
            uid=UUID(given["uid"]),
            kind=given["kind"],
            title=given["title"],
            keeps=given["keeps"],
            skipped=frozenset(skipped),
            days=given["days"],
            seen=request.POST.get("seen", ""),
            **acting(request),
        )
    except PartyRefused as refused:
        messages.error(request, str(refused))
        return _look(request, network, given, at=at)
    number = party.invitations.count()
    words = ngettext("%(n)s person gets an e-mail.", "%(n)s people get an e-mail each.", number)
    messages.success(request, words % {"n": number})
    return redirect("party", network.slug, party.uid)


def _look(request: PortalRequest, network: Network, given: dict[str, Any], *, at: datetime) -> HttpResponse:
    """Show what becomes of each row; nothing is written."""
    decided = many_asked.decide(
        network, _rows(given), keeps=given["keeps"], skipped=frozenset(given["skipped"]), at=at
    )
    packed = zlib.compress(json.dumps(given).encode())
    context = {
        **look_context(decided),
        "network": network,
        "list": sealing.seal(packed, purpose=PURPOSE).decode(),
        "seen": many_asked.mark(decided),
        "skipped": given["skipped"],
    }
    return render(request, LOOK, context)


def _given(request: PortalRequest, network: Network) -> dict[str, Any]:
    """Return the list that was looked at. Raises Http404 for what is not sealed for this network and reader.

    Who speaks for a partner is asked by coordinators only, also at this step.
    """
    try:
        packed = sealing.unseal(request.POST["list"].encode(), purpose=PURPOSE)
    except sealing.SealedElsewhere as error:
        raise Http404 from error
    given: dict[str, Any] = json.loads(zlib.decompress(packed))
    by = person_or_404(request)
    if (given["network"], given.get("by")) != (network.pk, str(by.uid)):
        raise Http404
    if given["contacts"] and not by.is_coordinator:
        raise Http404
    return given


def _rows(given: dict[str, Any]) -> list[AskedRow]:
    return [AskedRow(**row) for row in given["rows"]]
