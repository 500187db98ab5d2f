"""The page between choosing rows and doing something to them: who gets it, who is skipped and why.

What it showed travels in one sealed field; the first rows can be left out one by one. Nothing is done before
the button is pressed, and pressing it twice does it once. A selection of thousands is looked at by a job
(`looking`), which leads to the page.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stemnet.admin import doing, looking, plans
from stemnet.admin.acts import Act
from stemnet.admin.showing import Asked, Shown, opened, page, person_of, say_out_of_date, ticked
from stemnet.models import JobState
from stemnet.views.tables import attached

NAMED = 10  # rows that a message names


def chosen(act: Act) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse]:
    """Return the action of a list that shows what ``act`` will do to the chosen rows."""

    def confirm(owner: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        keys = list(queryset.order_by().values_list("pk", flat=True).distinct())
        back = request.get_full_path()
        return _look(Asked(owner, request, act, keys, act.begins_with(), back, is_typed=False))

    return confirm


def answer(owner: Any, request: HttpRequest, name: str) -> HttpResponseBase:
    """Do a confirmed act, or show once more what it would do. Raises Http404, PermissionDenied."""
    if name not in {one.name for one in owner.all_acts()}:
        raise Http404
    act = owner.acts_of(request).get(name)
    if act is None:
        raise PermissionDenied
    if request.method != "POST":
        return _looked_at(owner, request, act)
    shown = opened(owner, request, act)
    if shown is None:
        return redirect(owner.list_url())
    typed, left_in = _typed(act, request), ticked(request, shown)
    out = frozenset({pk for pk, _seen in shown.rows} - set(left_in))
    again = Asked(owner, request, act, shown.chosen, typed, shown.back, left_out=out)
    changed = any(typed.get(name, "") != shown.typed.get(name, "") for name in act.depends_on)
    if "look" in request.POST or changed:
        return _look(again)
    if again.said is None or not left_in:
        if again.said is not None:
            messages.error(request, _("No row is checked, so there's nothing to do."))
        return page(again, shown.look.plan, look=shown.look) if shown.look else _look(again)
    if act.hands_out and len(left_in) <= looking.AT_ONCE:
        rows = owner.get_queryset(request).filter(pk__in=list(left_in))
        return attached(*act.table(rows, asking=again.asking))
    return _done(owner, request, act, shown, left_in, typed)


def _looked_at(owner: Any, request: HttpRequest, act: Act) -> HttpResponse:
    """Show what a job found out about a long selection."""
    found = looking.of(request.GET.get("look", ""), owner=owner, act=act, user=request.user)
    if found is None:
        say_out_of_date(request)
        return redirect(owner.list_url())
    asked = Asked(
        owner,
        request,
        act,
        found.chosen,
        found.typed,
        found.back,
        is_typed=found.is_typed,
        left_out=frozenset(found.left_out),
    )
    return page(asked, found.plan, look=found)


def _done(
    owner: Any, request: HttpRequest, act: Act, shown: Shown, left_in: dict[int, str], typed: dict[str, Any]
) -> HttpResponseRedirect:
    """Do it, and say what was done and what was left out."""
    submission = doing.Submission(
        key=uuid.UUID(shown.key),
        model=owner.opts.label_lower,
        act=act.name,
        rows=list(left_in.items()),
        typed=typed,
        back=shown.back,
    )
    person_of(request)
    job, is_new = doing.begin(submission, user=request.user, at=timezone.now())
    if job.finished_at is None:
        return HttpResponseRedirect(job.get_absolute_url())
    if not is_new:
        messages.info(request, _("You already pressed that button. Nothing was done twice."))
        return HttpResponseRedirect(shown.back)
    if job.state == JobState.FAILED:
        messages.error(request, job.error)
    elif job.done:
        messages.success(request, act.done(job.done))
    _name(request, job.left_out)
    return HttpResponseRedirect(shown.back)


def _name(request: HttpRequest, skipped: list[str]) -> None:
    for one in skipped[:NAMED]:
        messages.warning(request, one)
    more = len(skipped) - NAMED
    if more > 0:
        words = ngettext(
            "%(n)s more was skipped.",
            "%(n)s more were skipped.",
            more,
        )
        messages.warning(request, words % {"n": more})


def _look(asked: Asked) -> HttpResponse:
    """Find out what will happen, here or by a job; where that depends on the form, show the form first."""
    owner, act = asked.owner, asked.act
    if act.depends_on and asked.said is None:
        return page(asked, None)
    may_see = owner.get_queryset(asked.request).filter(pk__in=asked.keys).order_by().values("pk")
    rows = owner.model._default_manager
    keys = plans.ordered(act, rows.filter(pk__in=may_see))
    if len(keys) <= looking.AT_ONCE:
        plan = plans.made(act, rows.all(), keys, asking=asked.asking, reach=lambda _number: None)
        return page(asked, plan)
    job = looking.begin(
        owner,
        act,
        keys,
        typed=asked.typed,
        is_typed=asked.is_typed,
        left_out=sorted(asked.left_out),
        back=asked.back,
        user=asked.request.user,
        at=timezone.now(),
    )
    return redirect(job)


def _typed(act: Act, request: HttpRequest) -> dict[str, Any]:
    """Return what was typed into the form of an act."""
    fields = act.form_class.base_fields if act.form_class else {}
    return {name: request.POST[name].strip() for name in fields if name in request.POST}
