"""The way to partner: the board, the table, the figures, one organization's way, and moving it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.models import Organization, Stage
from partners.people.requests import PortalRequest, coordinator_or_403
from partners.prospects.domain import prospects, stage_board
from partners.prospects.exceptions import StageRefused
from partners.prospects.forms.stage_board import MoveForm, WayFilterForm, WriteToForm

A_PAGE = 30


@require_safe
def prospects_board(request: PortalRequest) -> HttpResponse:
    """Show the organizations in columns by stage."""
    coordinator_or_403(request)
    form, rows = _asked_for(request, with_stage=False)
    columns = stage_board.stage_columns(rows, at=timezone.now(), has_mou=prospects.there_is_an_mou())
    context = {"columns": columns, "form": form, "here": "board", "found": sum(c.number for c in columns)}
    return render(request, "partners/prospects/board.html", context)


@require_safe
def prospects_table(request: PortalRequest) -> HttpResponse:
    """Show the same as a table, those who have stood longest first."""
    coordinator_or_403(request)
    form, rows = _asked_for(request)
    ordered = rows.order_by(F("moved_at").asc(nulls_last=True), "plain_name", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    at, has_mou = timezone.now(), prospects.there_is_an_mou()
    cards = [stage_board.card_of(row, at=at, has_mou=has_mou) for row in page]
    context = {"cards": cards, "page_obj": page, "form": form, "here": "table", "found": page.paginator.count}
    return render(request, "partners/prospects/table.html", context)


@require_safe
def prospects_figures(request: PortalRequest) -> HttpResponse:
    """Draw the way, with the table of its figures."""
    coordinator_or_403(request)
    figures = stage_board.stage_figures()
    widest = max((figure.ever for figure in figures), default=0) or 1
    bars = [
        {
            "figure": figure,
            "y": 14 + 44 * number,
            "ever": round(figure.ever * 420 / widest),
            "now": round(figure.now * 420 / widest),
        }
        for number, figure in enumerate(figures)
    ]
    context = {"bars": bars, "height": 44 * len(bars) + 16, "here": "figures"}
    return render(request, "partners/prospects/figures.html", context)


@require_safe
def prospect(request: PortalRequest, slug: str) -> HttpResponse:
    """Show one organization's way: steps, who suggested it, letters and answers."""
    coordinator_or_403(request)
    organization, has_mou = get_object_or_404(_with_way(), slug=slug), prospects.there_is_an_mou()
    context = {
        "organization": organization,
        "card": stage_board.card_of(organization, at=timezone.now(), has_mou=has_mou),
        "by_signing": has_mou and organization.stage == Stage.DRAFTING,
        "part": organization.mou_roles.select_related("mou", "organization").order_by("-pk").first(),
        "steps": organization.stage_changes.order_by("-at", "-pk"),
        "suggestions": organization.suggestions.select_related("by"),
        "invitations": organization.invitations.select_related("sender"),
    }
    return render(request, "partners/prospects/prospect.html", context)


@require_POST
def prospect_move(request: PortalRequest, slug: str) -> HttpResponse:
    """Move an organization to another stage, and go back to where one came from."""
    person = coordinator_or_403(request)
    organization = get_object_or_404(Organization.objects.current(), slug=slug)
    form = MoveForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(fault) for fault in form.errors.get("reason", []))
        said = said or _("Choose a stage to move %(name)s to.") % {"name": organization}
        messages.error(request, said + _typed(request))
        return redirect(_back(request, organization))
    try:
        step = prospects.move_to_stage(organization, by=person, at=timezone.now(), **form.cleaned_data)
    except StageRefused as refusal:
        messages.error(request, str(refusal) + _typed(request))
    else:
        organization.stage = step.to_status
        words = {"name": organization, "stage": organization.get_stage_display()}
        messages.success(request, _("%(name)s is now at “%(stage)s”.") % words)
    return redirect(_back(request, organization))


def _typed(request: PortalRequest) -> str:
    """Return the reason as it was typed, so that nobody has to find the words again."""
    reason = request.POST.get("reason", "").strip()[:500]
    return " " + _("You wrote: “%(reason)s”") % {"reason": reason} if reason else ""


@require_POST
def prospect_write_to(request: PortalRequest, slug: str) -> HttpResponse:
    """Say whom the letter of a suggestion goes to, where whoever suggested did not know."""
    coordinator_or_403(request)
    organization = get_object_or_404(Organization.objects.current(), slug=slug)
    form = WriteToForm(request.POST, organization=organization)
    if form.is_valid():
        written = prospects.write_to(**form.cleaned_data)
        messages.success(request, _("The letter goes to %(address)s.") % {"address": written.contact_email})
    else:
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return redirect("prospect", organization.slug)


def _asked_for(request: PortalRequest, **options: Any) -> tuple[WayFilterForm, stage_board.Rows]:
    """Return the filters and the organizations that they leave."""
    form = WayFilterForm(request.GET, **options)
    rows = form.narrow(stage_board.on_the_way())
    if form.least_days:
        rows = stage_board.standing_at_least(rows, form.least_days, at=timezone.now())
    return form, rows


def _with_way() -> stage_board.Rows:
    """Return every organization that one can look at here, also one that is not on the way yet."""
    return stage_board.annotated(Organization.objects.current())


def _back(request: PortalRequest, organization: Organization) -> str:
    """Return the page the form was on, else the organization's."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return back
    return reverse("prospect", args=[organization.slug])
