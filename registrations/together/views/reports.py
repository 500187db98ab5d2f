"""Reporting what somebody wrote; and for staff, what was reported, and hiding it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.models import Card, Comment, Letter, Proposal
from registrations.together.domain import cards, reports
from registrations.together.exceptions import HidingRefused
from registrations.together.forms.letters import HideForm, ReportForm
from registrations.together.pages.reports import reports_page, words_of
from registrations.together.requests import place_or_404
from registrations.together.views.letters import own_letter_or_404

FORM = require_http_methods(["GET", "HEAD", "POST"])


def seen_or_404(request: PortalRequest, slug: str, what: str, uid: UUID) -> reports.Reported:
    """Return what the asker sees of the people of a network, by its kind, else 404."""
    if what == "letter":
        return own_letter_or_404(person_or_404(request), slug, uid)
    network = place_or_404(request, slug).network
    if what == "card":
        return get_object_or_404(cards.cards_in(network), uid=uid)
    if what == "proposal":
        return get_object_or_404(network.proposals.shown(), uid=uid)
    if what == "comment":
        return get_object_or_404(comments_in(network).filter(hidden_at=None), uid=uid)
    raise Http404


def comments_in(network: Network) -> QuerySet[Comment]:
    """Return the comments on what is proposed in ``network``."""
    return Comment.objects.filter(proposal__network=network).select_related("writer", "proposal__network")


def hideable_or_404(network: Network, what: str, uid: UUID) -> reports.Hidden:
    """Return what staff of ``network`` can hide or show again, by its kind, else 404."""
    if what == "card":
        found = Card.objects.filter(registration__network=network).select_related("registration__person")
        return get_object_or_404(found, uid=uid)
    if what == "proposal":
        return get_object_or_404(network.proposals.select_related("registration__person"), uid=uid)
    if what == "comment":
        return get_object_or_404(comments_in(network), uid=uid)
    raise Http404


def back_from(what: reports.Reported, slug: str) -> str:
    """Return the address of the page on which ``what`` is read."""
    if isinstance(what, Card):
        return reverse("colleagues", args=[slug])
    if isinstance(what, Letter):
        return reverse("letter", args=[slug, what.uid])
    proposal = what if isinstance(what, Proposal) else what.proposal
    return reverse("topic", args=[slug, proposal.uid])


@never_cache
@FORM
def report_new(request: PortalRequest, slug: str, what: str, uid: UUID) -> HttpResponse:
    """Say that something is wrong with what somebody wrote."""
    found = seen_or_404(request, slug, what, uid)
    network = get_object_or_404(Network, slug=slug)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reports.report(found, network=network, reason=form.cleaned_data["reason"], **acting(request))
        except HidingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The staff of this network will look at it."))
            return redirect(back_from(found, slug))
    context = {"network": network, "form": form, "words": words_of(found), "back": back_from(found, slug)}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/report.html", context, status=status)


@never_cache
@require_safe
def staff_reports(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the staff of a network what was reported, and what is hidden."""
    context = reports_page(staffed_network_or_404(request, slug))
    return render(request, "registrations/together/staff_reports.html", context)


@require_POST
def network_report_leave(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say that nothing is wrong with what was reported."""
    network = staffed_network_or_404(request, slug)
    reports.leave(get_object_or_404(network.reports, uid=uid), **acting(request))
    messages.success(request, _("It stays as it is."))
    return redirect("network_reports", slug)


@never_cache
@FORM
def network_hide(request: PortalRequest, slug: str, what: str, uid: UUID) -> HttpResponse:
    """Hide something with a reason, or with ``show`` show it again."""
    network = staffed_network_or_404(request, slug)
    found = hideable_or_404(network, what, uid)
    if request.method == "POST" and "show" in request.POST:
        try:
            reports.show_again(found)
            messages.success(request, _("It's shown again."))
        except HidingRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("network_reports", slug)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reports.hide(found, reason=form.cleaned_data["reason"], **acting(request))
        except HidingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It's hidden."))
            return redirect("network_reports", slug)
    context = {"network": network, "form": form, "words": words_of(found), "hidden": found}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/hide.html", context, status=status)
