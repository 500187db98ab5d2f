"""The documents of a network, for its staff: who has which, who lacks what, and the acts on them."""

from collections.abc import Callable
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
from registrations.credit.domain import issuing, keeping, replacing, reviewing
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.readiness import Readiness, readiness_of
from registrations.credit.exceptions import IssuingRefused
from registrations.credit.forms.documents import ReasonForm
from registrations.models import CreditRule, Document
from stemnet import jobs
from stemnet.exceptions import Unprintable
from stemnet.plain_names import plain_name

PAGE = 50
ACTS = {"revoke": replacing.revoke, "reissue": replacing.reissue, "keep": reviewing.let_document_stand}
SHOWN: dict[str, Callable[[Readiness], bool]] = {
    "": lambda one: True,
    "ready": lambda one: bool(one.ready),
    "waiting": lambda one: bool(one.reason),
    "issued": lambda one: bool(one.documents),
    "review": lambda one: any(document.to_be_reviewed_at for document in one.documents.values()),
}


def _document(request: PortalRequest, uid: UUID) -> Document:
    """Return a document of a network that the asker staffs, else 404."""
    editable = Document.objects.editable_by(request.person)
    return get_object_or_404(editable.select_related("network", "person", "replaced_by"), uid=uid)


@never_cache
@require_safe
def staff_documents(request: PortalRequest, slug: str) -> HttpResponse:
    """List everyone of a network with their documents, or the one reason why there are none."""
    network = staffed_network_or_404(request, slug)
    everyone = readiness_of(network, at=timezone.now())
    shown = request.GET.get("show", "")
    query = plain_name(request.GET.get("q", ""))
    chosen = [one for one in everyone if SHOWN.get(shown, SHOWN[""])(one) and _named(one, query)]
    version = CreditRule.objects.version_for(network)
    context = {
        "network": network,
        "version": version,
        "kept_until": keeping.kept_until(network, version),
        "today": local_day(timezone.now(), network.zone),
        "page_obj": Paginator(chosen, PAGE).get_page(request.GET.get("page")),
        "counts": {name: sum(map(test, everyone)) for name, test in SHOWN.items() if name},
        "people": len(everyone),
        "shown": shown,
        "query": request.GET.get("q", ""),
        "lacks": lacking(network, version),
    }
    return render(request, "registrations/credit/staff_documents.html", context)


def _named(readiness: Readiness, query: str) -> bool:
    """Say whether the person's name has every word of ``query``."""
    name = plain_name(f"{readiness.person} {readiness.person.printed_name}")
    return all(word in name for word in query.split())


@require_POST
def staff_documents_issue(request: PortalRequest, slug: str) -> HttpResponse:
    """Issue to everyone of the network what they are ready for."""
    network, now = staffed_network_or_404(request, slug), timezone.now()
    everyone = readiness_of(network, at=now)
    if sum(bool(one.ready) for one in everyone) > settings.ISSUE_JOB_PEOPLE:
        return _start(request, network, at=now)
    outcomes = list(issuing.issue_all(everyone, by=person_or_404(request), at=now))
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
    except (IssuingRefused, Unprintable) as refusal:
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
