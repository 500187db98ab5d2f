"""Likely duplicates, merging two with a choice a field, and taking a merge back; for coordinators."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.merging.domain import duplicate_looks as looks
from partners.merging.domain import duplicates as finding
from partners.merging.domain import merging
from partners.merging.exceptions import MergeRefused
from partners.merging.forms import ChooseTwoForm, MergeForm
from partners.models import Merge
from partners.models.merging.merging import Subject
from partners.people.requests import PortalRequest, coordinator_or_403

A_PAGE = 30
MERGES_SHOWN = 20


@require_safe
def duplicates(request: PortalRequest) -> HttpResponse:
    """Show the pairs that the last look found, and the merges that can still be taken back."""
    coordinator_or_403(request)
    what = Subject.PERSON if request.GET.get("what") == Subject.PERSON else Subject.ORGANIZATION
    page = Paginator(looks.pairs(what), A_PAGE).get_page(request.GET.get("page"))
    since = timezone.now() - timedelta(days=settings.MERGE_UNDO_DAYS)
    merges = Merge.objects.filter(subject=what, at__gte=since).select_related("by")
    every = request.GET.get("merges") == "all"
    context = {
        "what": what,
        "page_obj": page,
        "pairs": looks.pairs_with_rows(what, list(page)),
        "looked_at": looks.looked_at(what),
        "paginator": page.paginator,
        "merges": merges if every else merges[:MERGES_SHOWN],
        "more_merges": 0 if every else max(0, merges.count() - MERGES_SHOWN),
        "days": settings.MERGE_UNDO_DAYS,
    }
    return render(request, "partners/merging/duplicates.html", context)


@require_POST
def duplicates_look(request: PortalRequest) -> HttpResponse:
    """Let a worker look for likely duplicates now."""
    looks.ask_for_look(by=coordinator_or_403(request), at=timezone.now())
    messages.success(request, _("We're checking now. Open this page again in a minute."))
    return redirect(_list(request.POST.get("what", "")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_choose(request: PortalRequest) -> HttpResponse:
    """Choose any two to compare, also such as no look would find; names travel in the body alone."""
    coordinator_or_403(request)
    form = ChooseTwoForm(request.POST or None, asked=request.GET.get("what", ""))
    if form.is_valid() and form.two:
        return redirect("duplicate_merge", form.what, *form.two)
    return render(request, "partners/merging/duplicate_choose.html", {"form": form, "what": form.what})


@require_POST
def duplicate_reviewed(request: PortalRequest, what: str, first: int, second: int) -> HttpResponse:
    """Remember that two are not the same."""
    person = coordinator_or_403(request)
    _both(what, first, second)
    finding.say_not_the_same(what, first, second, by=person, at=timezone.now())
    messages.success(request, _("Saved: these two aren't the same. They won't show up here again."))
    return redirect(_list(what))


def duplicate_merge(request: PortalRequest, what: str, first: int, second: int) -> HttpResponse:
    """Compare two, choose which stays and each field, and merge them."""
    person = coordinator_or_403(request)
    one, other = _both(what, first, second)
    form = MergeForm(request.POST or None, one=one, other=other, fields=merging.FIELDS[Subject(what)])
    if request.method == "POST" and form.is_valid():
        merge = merging.merge_people if what == Subject.PERSON else merging.merge_organizations
        try:
            done = merge(**form.decision(), by=person, at=timezone.now())
        except MergeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Merged into one: %(label)s.") % {"label": done.label})
            return redirect(_list(what))
    context = {"what": what, "one": one, "other": other, "form": form, "days": settings.MERGE_UNDO_DAYS}
    return render(request, "partners/merging/merge.html", context)


@require_POST
def merge_undo(request: PortalRequest, uid: str) -> HttpResponse:
    """Take a merge back."""
    coordinator_or_403(request)
    merge = get_object_or_404(Merge, uid=uid)
    try:
        merging.undo(merge, at=timezone.now())
    except MergeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The merge is undone. Both are back."))
    return redirect(_list(merge.subject))


def _both(what: str, first: int, second: int) -> tuple[Any, Any]:
    """Return both rows; what was merged already, or one with itself, is not found."""
    if what not in Subject.values or first == second:
        raise Http404
    rows = merging.MODELS[what].objects.current()
    return get_object_or_404(rows, pk=first), get_object_or_404(rows, pk=second)


def _list(what: str) -> str:
    return f"{reverse('duplicates')}?what={what}"
