"""The grid of people by meetings, for the staff of a network."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.planning.requests import staffed_network_or_404
from partners.models import local_day
from partners.people.requests import PortalRequest
from registrations.exporting.domain.grid import grid_of, pages_of, sheet_of
from stemnet import wording
from stemnet.tables.writing import xlsx_file


@never_cache
@require_safe
def staff_grid(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who was at which meeting; on paper it fits on landscape pages."""
    network, now = staffed_network_or_404(request, slug), timezone.now()
    grid = grid_of(network, at=now)
    context = {
        "network": network,
        "pages": pages_of(grid) if grid.rows and grid.meetings else [],
        "as_of": wording.day(local_day(now, network.zone)),
        "people": len(grid.rows),
    }
    return render(request, "registrations/exporting/grid.html", context)


@never_cache
@require_safe
def staff_grid_file(request: PortalRequest, slug: str) -> HttpResponseBase:
    """Hand out the grid as XLSX."""
    network = staffed_network_or_404(request, slug)
    file = xlsx_file([sheet_of(grid_of(network, at=timezone.now()))])
    return FileResponse(file, as_attachment=True, filename=f"{network.slug}-grid.xlsx")
