"""The columns of one's own export: in order, each with buttons that work without a script."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest
from registrations.exporting.domain import defining
from registrations.exporting.exceptions import ExportRefused
from registrations.exporting.forms.defining import HeadingForm
from registrations.exporting.pages.exports import column_lines, to_add
from registrations.exporting.views.exports import own_export_or_404
from registrations.models import SavedExport

Act = Callable[[defining.Pairs], defining.Pairs]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_columns(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the columns in order; move one, take it out, head it otherwise, or add some."""
    found = own_export_or_404(request, uid)
    if request.method == "POST":
        form = HeadingForm(request.POST)
        if not form.is_valid():
            return _page(request, found, refusal=str(form.errors["name"][0]), status=422)
        try:
            act = _act_of(request, found, name=form.cleaned_data["name"])
            seen = request.POST.get("seen", "")
            edition = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
            defining.change_columns(found, act, seen=edition, at=timezone.now())
        except ExportRefused as refusal:
            found.refresh_from_db()
            return _page(request, found, refusal=str(refusal), status=409)
        return redirect(f"{request.path}#{request.POST.get('key') or 'columns'}")
    return _page(request, found)


def _act_of(request: PortalRequest, found: SavedExport, *, name: str) -> Act:
    """Return what the pressed button does. Raises Http404 for a button that there is not."""
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    acts: dict[str, Act] = {
        "up": defining.moved(key, -1),
        "down": defining.moved(key, 1),
        "remove": defining.removed(key),
        "name": defining.named(key, name),
        "add": defining.added(request.POST.getlist("add"), found.table),
    }
    if act not in acts:
        raise Http404
    return acts[act]


def _page(
    request: PortalRequest, found: SavedExport, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "export": found,
        "columns": column_lines(found),
        "groups": to_add(found),
        "refusal": refusal,
    }
    return render(request, "registrations/exporting/columns.html", context, status=status)
