"""How far one's own job is, and the file that it made."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from stemnet.models import Job, JobState
from stemnet.requests import ClientRequest


def own_job(request: ClientRequest, uid: UUID) -> Job:
    """Return the job if it is the asker's own, else 404; a job's owner is a person's uid."""
    owner = str(request.person.uid) if request.person else ""
    return get_object_or_404(Job.objects.of(owner), uid=uid)


@require_safe
@never_cache
def job(request: ClientRequest, uid: UUID) -> HttpResponse:
    """Show how far the job is; htmx asks for the inner part again and again until it is over.

    A job that only prepares a page leads on to it.
    """
    found = own_job(request, uid)
    is_partial = bool(request.htmx)
    onward = found.params.get("onward") if found.state == JobState.DONE else ""
    if onward:
        return HttpResponseClientRedirect(onward) if is_partial else redirect(onward)
    template = "stemnet/_job.html" if is_partial else "stemnet/job.html"
    return render(request, template, {"job": found, "is_over": found.finished_at is not None})


@require_safe
@never_cache
def job_result(request: ClientRequest, uid: UUID) -> FileResponse:
    """Hand out the file of one's own job."""
    found = own_job(request, uid)
    if found.state != JobState.DONE or not found.result:
        raise Http404
    return FileResponse(found.result.open("rb"), as_attachment=True, filename=found.result_name)
