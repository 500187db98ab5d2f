"""The documents of a network, for its staff: who has which, who lacks what, and the acts on them."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.models import local_day
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.credit.domain import bundles, issuing, keeping, replacing, reviewing, tabs
from registrations.credit.domain.readiness import course_of, readiness_in
from registrations.credit.exceptions import IssuingRefused
from registrations.credit.forms.documents import BundleForm, ReasonForm
from registrations.models import Document
from stemnet import jobs
from stemnet.exceptions import SealUnusable, Unprintable

PAGE = 50
ACTS = {"revoke": replacing.revoke, "reissue": replacing.reissue, "keep": reviewing.let_document_stand}


def _document(request: PortalRequest, uid: UUID) -> Document:
    """Return a document of a network that the asker staffs, else 404."""
    editable = Document.objects.editable_by(request.person)
    return get_object_or_404(editable.select_related("network", "seal", "person", "replaced_by"), uid=uid)


@never_cache
@require_safe
def staff_documents(request: PortalRequest, slug: str) -> HttpResponse:
    """List everyone of a network with their documents, or the one reason why there are none."""
    return _list(request, staffed_network_or_404(request, slug), bundle=BundleForm())


def _list(request: PortalRequest, network: Network, *, bundle: BundleForm, status: int = 200) -> HttpResponse:
    course = course_of(network, at=timezone.now())
    counts = tabs.count_tabs(course)
    shown, typed = request.GET.get("show", ""), request.GET.get("q", "")
    people = Paginator(tabs.people_of(course, shown if shown in counts else tabs.ALL, typed), PAGE)
    if not typed.strip():
        people.count = counts.get(shown, counts[tabs.ALL])  # which saves counting them once more
    page = people.get_page(request.GET.get("page"))
    context = {
        "network": network,
        "version": course.version,
        "kept_until": keeping.kept_until(network, course.version),
        "today": local_day(course.at, network.zone),
        "page_obj": page,
        "lines": readiness_in(course, list(page)),
        "counts": counts,
        "people": counts[tabs.ALL],
        "shown": shown,
        "query": typed,
        "lacks": course.lacks,
        "bundle": bundle,
    }
    return render(request, "registrations/credit/staff_documents.html", context, status=status)


@require_POST
def staff_documents_issue(request: PortalRequest, slug: str) -> HttpResponse:
    """Issue to everyone of the network what they are ready for."""
    network, now = staffed_network_or_404(request, slug), timezone.now()
    course = course_of(network, at=now)
    ready = list(tabs.people_of(course, tabs.READY))
    if len(ready) > settings.ISSUE_JOB_PEOPLE:
        return _start(request, network, at=now)
    outcomes = list(issuing.issue_all(readiness_in(course, ready), by=person_or_404(request), at=now))
    issued = sum(len(outcome.issued) for outcome in outcomes)
    people = sum(bool(outcome.issued) for outcome in outcomes)
    messages.success(
        request,
        ngettext("%(issued)s document issued", "%(issued)s documents issued", issued) % {"issued": issued}
        + ", "
        + ngettext("to %(people)s person.", "to %(people)s people.", people) % {"people": people},
    )
    return redirect("staff_documents", slug=network.slug)


def _start(request: PortalRequest, network: Network, *, at: datetime) -> HttpResponse:
    """Start the job that issues to many, and show how far it is."""
    params = {
        "slug": network.slug,
        "at": at.isoformat(),
        "language": translation.get_language() or "en",
        "back": reverse("staff_documents", args=[network.slug]),
        "title": _("Issuing documents: %(network)s") % {"network": network},
    }
    by = str(person_or_404(request).uid)
    return redirect(jobs.start_job(kind="registrations.issue", params=params, by=by, at=at))


@require_POST
def staff_documents_file(request: PortalRequest, slug: str) -> HttpResponse:
    """Start the job that puts all valid documents of a network into one file."""
    network, now, form = staffed_network_or_404(request, slug), timezone.now(), BundleForm(request.POST)
    if not form.is_valid():
        return _list(request, network, bundle=form, status=422)
    params = {
        "slug": network.slug,
        "form": form.cleaned_data["form"],
        "at": now.isoformat(),
        "language": translation.get_language() or "en",
        "back": reverse("staff_documents", args=[network.slug]),
        "title": _("All documents: %(network)s") % {"network": network},
    }
    by = str(person_or_404(request).uid)
    return redirect(jobs.start_job(kind=bundles.KIND, params=params, by=by, at=now))


@never_cache
@require_safe
def staff_document(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show one document, its history, and what can be done with it."""
    document = _document(request, uid)
    return _page(request, document, ReasonForm())


def _page(request: PortalRequest, document: Document, form: ReasonForm, status: int = 200) -> HttpResponse:
    context = {
        "document": document,
        "facts": document.snapshot,
        "changes": document.changes.all(),
        "form": form,
    }
    return render(request, "registrations/credit/staff_document.html", context, status=status)


@require_POST
def staff_document_act(request: PortalRequest, uid: UUID, act: str) -> HttpResponse:
    """Revoke a document, replace it by a new one, or let it stand after looking at it; each with a reason."""
    if act not in ACTS:
        raise Http404
    document = _document(request, uid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, document, form, status=422)
    try:
        result = ACTS[act](document=document, reason=form.cleaned_data["reason"], **acting(request))
    except (IssuingRefused, Unprintable, SealUnusable) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, document, form, status=422)
    messages.success(request, _done(act, result))
    return redirect("staff_document", uid=result.uid)


def _done(act: str, result: Document) -> str:
    """Return in words what was done."""
    words = {
        "revoke": _("%(number)s is revoked. Its page now says so."),
        "reissue": _("%(number)s is issued and replaces the old one."),
        "keep": _("%(number)s stays as it is."),
    }
    return words[act] % {"number": result.number}
