"""The export for certificates, for the staff of a network."""

import tempfile

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, person_or_404
from registrations.credit.domain import exporting
from registrations.credit.exports import file_name, write_export
from registrations.credit.forms.exports import ExportForm
from stemnet import jobs


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_export(request: PortalRequest, slug: str) -> HttpResponseBase:
    """Ask which file, and hand it out; a large one becomes a job with progress."""
    network = staffed_network_or_404(request, slug)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _export(request, network, form.cleaned_data["kind"])
    context = {"network": network, "form": form, "rows": exporting.size(network)}
    return render(
        request, "registrations/credit/staff_export.html", context, status=422 if form.errors else 200
    )


def _export(request: PortalRequest, network: Network, kind: str) -> HttpResponseBase:
    """Hand out the file at once, or start the job that makes it."""
    if exporting.size(network) > settings.EXPORT_JOB_ROWS:
        return _start(request, network, kind)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_export(exporting.export(network, at=timezone.now()), file, kind=kind)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name(network.slug, kind))


def _start(request: PortalRequest, network: Network, kind: str) -> HttpResponse:
    """Start the job and show how far it is."""
    now = timezone.now()
    params = {
        "slug": network.slug,
        "kind": kind,
        "at": now.isoformat(),
        "language": translation.get_language() or "en",
        "back": request.path,
    }
    by = str(person_or_404(request).uid)
    job = jobs.start_job(kind="registrations.export", params=params, by=by, at=now)
    return redirect(job)
