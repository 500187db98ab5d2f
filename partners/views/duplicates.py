"""Likely duplicates, merging two with a choice a field, and taking a merge back; for coordinators."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners import permissions
from partners.domain import duplicates as finding
from partners.domain import merging
from partners.exceptions import MergeRefused
from partners.forms.merging import MergeForm
from partners.models import Merge, Person
from partners.models.merging import Subject
from partners.views.account import whoever_asks

A_PAGE = 30


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Show the pairs that may be one, and the merges that can still be taken back."""
    _coordinator(request)
    what = Subject.PERSON if request.GET.get("what") == Subject.PERSON else Subject.ORGANIZATION
    pairs = finding.people() if what == Subject.PERSON else finding.organizations()
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    since = timezone.now() - timedelta(days=merging.UNDO_DAYS)
    context = {
        "what": what,
        "page_obj": page,
        "paginator": page.paginator,
        "merges": Merge.objects.filter(subject=what, at__gte=since).select_related("by")[:20],
        "days": merging.UNDO_DAYS,
    }
    return render(request, "partners/duplicates.html", context)


@require_POST
def duplicate_reviewed(request: HttpRequest, what: str, first: int, second: int) -> HttpResponse:
    """Remember that two are not the same."""
    person = _coordinator(request)
    _both(what, first, second)
    finding.say_not_the_same(what, first, second, by=person, at=timezone.now())
    messages.success(request, _("Kept: these two are not the same. They don't show up here any more."))
    return redirect(_list(what))


def duplicate_merge(request: HttpRequest, what: str, first: int, second: int) -> HttpResponse:
    """Compare two, choose which stays and each field, and merge them."""
    person = _coordinator(request)
    one, other = _both(what, first, second)
    form = MergeForm(request.POST or None, one=one, other=other, fields=merging.FIELDS[Subject(what)])
    if request.method == "POST" and form.is_valid():
        merge = merging.merge_people if what == Subject.PERSON else merging.merge_organizations
        try:
            done = merge(**form.decision(), by=person, at=timezone.now())
        except MergeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The two are one now: %(label)s.") % {"label": done.label})
            return redirect(_list(what))
    context = {"what": what, "one": one, "other": other, "form": form, "days": merging.UNDO_DAYS}
    return render(request, "partners/merge.html", context)


@require_POST
def merge_undo(request: HttpRequest, uid: str) -> HttpResponse:
    """Take a merge back."""
    _coordinator(request)
    merge = get_object_or_404(Merge, uid=uid)
    try:
        merging.undo(merge, at=timezone.now())
    except MergeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The merge is taken back: both are there again."))
    return redirect(_list(merge.subject))


def _coordinator(request: HttpRequest) -> Person:
    person = whoever_asks(request)
    if not permissions.may_edit_partnership(person):
        raise PermissionDenied
    return person


def _both(what: str, first: int, second: int) -> tuple[Any, Any]:
    """Return both rows; what was merged already, or one with itself, is not found."""
    if what not in Subject.values or first == second:
        raise Http404
    rows = merging.MODELS[what].objects.current()
    return get_object_or_404(rows, pk=first), get_object_or_404(rows, pk=second)


def _list(what: str) -> str:
    return f"{reverse('duplicates')}?what={what}"
