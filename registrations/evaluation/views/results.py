"""Published results: by question, beside the year before, over the years, by network, and as files."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, person_or_404
from registrations.evaluation.pages.networks import networks_context, sheet_of_networks
from registrations.evaluation.pages.results import results_context
from registrations.evaluation.pages.sheets import sheets
from registrations.models import Evaluation
from stemnet.views.tables import attached

Attached = FileResponse | StreamingHttpResponse


@never_cache
@require_safe
def staff_evaluation_results(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the published results: of everyone together, and of groups that are large enough."""
    evaluation = published(network_or_404(request, slug).evaluations.filter(meeting=None))
    return render(
        request,
        "registrations/evaluation/evaluation_results.html",
        results_context(evaluation, reader=request.person),
    )


@never_cache
@require_safe
def staff_evaluation_export(request: PortalRequest, slug: str, kind: str) -> Attached:
    """Hand out the published results as XLSX, or one part as CSV: no more than the page shows."""
    evaluation = published(network_or_404(request, slug).evaluations.filter(meeting=None))
    return file_of(request, evaluation, kind, name=f"evaluation-{slug}")


@never_cache
@require_safe
def pulse_results(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show the results of one pulse that closed with enough answers."""
    evaluation = published(staffed_network_or_404(request, slug).evaluations.filter(meeting__uid=uid))
    return render(
        request,
        "registrations/evaluation/evaluation_results.html",
        results_context(evaluation, reader=request.person),
    )


@never_cache
@require_safe
def pulse_export(request: PortalRequest, slug: str, uid: UUID, kind: str) -> Attached:
    """Hand out the results of one pulse as XLSX, or one part as CSV."""
    evaluation = published(staffed_network_or_404(request, slug).evaluations.filter(meeting__uid=uid))
    return file_of(request, evaluation, kind, name=f"pulse-{slug}")


def network_or_404(request: PortalRequest, slug: str) -> Network:
    """Return a network that the asker staffs and that asks for an evaluation, else 404."""
    network = staffed_network_or_404(request, slug)
    if not network.asks_evaluation:
        raise Http404
    return network


def published(evaluations: QuerySet[Evaluation]) -> Evaluation:
    """Return the one evaluation, 404 until its results are published."""
    evaluation = evaluations.select_related("network", "meeting__network").first()
    if evaluation is None or evaluation.published_at is None:
        raise Http404
    return evaluation


def file_of(request: PortalRequest, evaluation: Evaluation, kind: str, *, name: str) -> Attached:
    """Return the results as a workbook, or the part that is asked for as CSV."""
    context = results_context(evaluation, reader=request.person)
    parts = sheets(context["results"], context["years"], context["lines"])
    if kind == "xlsx":
        return attached(f"{name}.xlsx", parts.values())
    if kind != "csv":
        raise Http404
    part = request.GET.get("part", "answers")
    if part not in parts:
        raise Http404
    return attached(f"{name}-{part}.csv", [parts[part]])


@never_cache
@require_safe
def evaluations(request: PortalRequest) -> HttpResponse:
    """Show the results of one's own networks side by side, a school year at a time."""
    context = networks_context(person_or_404(request), year=request.GET.get("year", ""))
    return render(request, "registrations/evaluation/networks.html", context)


@never_cache
@require_safe
def evaluations_file(request: PortalRequest, kind: str) -> Attached:
    """Hand out the same as XLSX or CSV."""
    if kind not in ("xlsx", "csv"):
        raise Http404
    context = networks_context(person_or_404(request), year=request.GET.get("year", ""))
    return attached(f"evaluations.{kind}", [sheet_of_networks(context)])
