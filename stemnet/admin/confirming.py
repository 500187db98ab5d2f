"""The page between choosing rows and doing something to them: who gets it, who is skipped and why.

What it showed travels in one sealed field, so that a selection of thousands is one field; the first rows can
be left out one by one. Nothing is done before the button is pressed, and pressing it twice does it once.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stemnet.admin import doing
from stemnet.admin.acts import Act, Asking, Line
from stemnet.models import JobState

SALT = "stemnet.admin.act"
SHOWN = 200  # rows of a plan that are shown, and can be left out one by one
NAMED = 10  # rows that a message names
LETTERS = 5  # mails that can be read before they go


@dataclass(frozen=True)
class Sealed:
    """What a page showed: the rows as they stood, what was said in the form, the key of the submission."""

    key: str
    rows: list[tuple[int, str]]
    chosen: list[int]
    typed: dict[str, Any]
    back: str


def chosen(act: Act) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse]:
    """Return the action of a list that shows what ``act`` will do to the chosen rows."""

    def confirm(owner: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        keys = list(queryset.order_by().values_list("pk", flat=True).distinct())
        begun = act.begins_with()
        return _page(owner, request, act, keys, typed=begun, form=act.form(), back=request.get_full_path())

    return confirm


def answer(owner: Any, request: HttpRequest, name: str) -> HttpResponseBase:
    """Do a confirmed act, or show once more what it would do. Raises Http404, PermissionDenied."""
    if name not in {one.name for one in owner.all_acts()}:
        raise Http404
    act = owner.acts_of(request).get(name)
    if act is None:
        raise PermissionDenied
    sealed = _opened(request, f"{owner.opts.label_lower}.{name}") if request.method == "POST" else None
    if sealed is None:
        return redirect(owner.list_url())
    typed = _typed(act, request)
    form = act.form(typed)
    ticked = _ticked(request, sealed)
    again = {
        "typed": typed,
        "form": form,
        "back": sealed.back,
        "left_out": {pk for pk, _seen in sealed.rows} - set(ticked),
    }
    if form is not None and not form.is_valid():
        return _page(owner, request, act, sealed.chosen, **again)
    changed = any(typed.get(name, "") != sealed.typed.get(name, "") for name in act.depends_on)
    if "look" in request.POST or changed:
        return _page(owner, request, act, sealed.chosen, **again)
    if not ticked:
        messages.error(request, _("No row is checked, so there's nothing to do."))
        return _page(owner, request, act, sealed.chosen, **again)
    if act.hands_out:
        asking = Asking(by=_person(request), at=timezone.now(), said=act.said(typed) or {})
        left_in = owner.get_queryset(request).filter(pk__in=list(ticked))
        file: HttpResponseBase = act.file(left_in, asking=asking)
        return file
    return _done(owner, request, act, sealed, ticked, typed)


def _done(
    owner: Any, request: HttpRequest, act: Act, sealed: Sealed, ticked: dict[int, str], typed: dict[str, Any]
) -> HttpResponseRedirect:
    """Do it, and say what was done and what was left out."""
    submission = doing.Submission(
        key=uuid.UUID(sealed.key),
        model=owner.opts.label_lower,
        act=act.name,
        rows=list(ticked.items()),
        typed=typed,
        back=sealed.back,
    )
    _person(request)
    job, is_new = doing.begin(submission, user=request.user, at=timezone.now())
    if job.finished_at is None:
        return HttpResponseRedirect(job.get_absolute_url())
    if not is_new:
        messages.info(request, _("You already pressed that button. Nothing was done twice."))
        return HttpResponseRedirect(sealed.back)
    if job.state == JobState.FAILED:
        messages.error(request, job.error)
    elif job.done:
        messages.success(request, act.done(job.done))
    _name(request, job.left_out)
    return HttpResponseRedirect(sealed.back)


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


def _page(
    owner: Any,
    request: HttpRequest,
    act: Act,
    keys: list[int],
    *,
    typed: dict[str, Any],
    form: Form | None,
    back: str,
    left_out: Iterable[int] = (),
) -> TemplateResponse:
    """Show what will happen; where that depends on the form, the form first."""
    said = act.said(typed)
    asking = Asking(by=_person(request), at=timezone.now(), said=said or {})
    is_known = not act.depends_on or said is not None
    may_see = owner.get_queryset(request).filter(pk__in=keys).order_by().values("pk")
    found = act.rows(owner.model._default_manager.filter(pk__in=may_see))
    rows = list(found) if is_known else []
    lines = act.plan(rows, asking=asking) if rows else []
    going = [line for line in lines if not line.skipped]
    sealed = [uuid.uuid4().hex, [[line.pk, line.seen] for line in going], keys, typed, back]
    out = set(left_out)
    number = sum(line.pk not in out for line in going)
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "list_name": owner.list_name or owner.opts.verbose_name_plural,
        "title": act.heading(number, len(keys)) if is_known else act.label,
        "act": act,
        "form": form,
        "is_known": is_known,
        "chosen": len(keys),
        "going": [(line, line.pk not in out) for line in going[:SHOWN]],
        "number": number,
        "all_going": len(going),
        "skipped": [line for line in lines if line.skipped][:SHOWN],
        "all_skipped": len(lines) - len(going),
        "mails": len({address for line in going if line.pk not in out for address in line.mails}),
        "letters": _letters(act, rows, going, asking),
        "button": act.button(number),
        "sealed": signing.dumps([_for(owner, act, request), *sealed], salt=SALT, compress=True),
        "action_url": _address(owner, act),
        "back": back,
    }
    request.current_app = owner.admin_site.name
    return TemplateResponse(request, "admin/confirm.html", context)


def _letters(act: Act, rows: list[Any], going: list[Line], asking: Asking) -> list[Any]:
    """Return the mails of the first rows, as they are read."""
    known = {row.pk: row for row in rows}
    read = (act.letter(known[line.pk], asking=asking) for line in going[:LETTERS])
    return [letter for letter in read if letter is not None]


def _for(owner: Any, act: Act, request: HttpRequest) -> str:
    return f"{owner.opts.label_lower}.{act.name}:{request.user.pk}"


def _address(owner: Any, act: Act) -> str:
    return f"{owner.list_url()}acts/{act.name}/"


def _opened(request: HttpRequest, what: str) -> Sealed | None:
    """Return what the page showed; None where it is not one of ours, and a message says so."""
    try:
        whose, *rest = signing.loads(request.POST.get("plan", ""), salt=SALT)
    except signing.BadSignature:
        whose, rest = "", []
    if whose != f"{what}:{request.user.pk}":
        messages.error(request, _("That page is out of date. Choose the rows again."))
        return None
    key, rows, keys, typed, back = rest
    return Sealed(key=key, rows=[(pk, seen) for pk, seen in rows], chosen=keys, typed=typed, back=back)


def _typed(act: Act, request: HttpRequest) -> dict[str, Any]:
    """Return what was typed into the form of an act."""
    fields = act.form_class.base_fields if act.form_class else {}
    return {name: request.POST[name].strip() for name in fields if name in request.POST}


def _ticked(request: HttpRequest, sealed: Sealed) -> dict[int, str]:
    """Return the rows that are left in, as they were seen; those that were not shown are always in."""
    ticked = set(request.POST.getlist("row"))
    return {pk: seen for place, (pk, seen) in enumerate(sealed.rows) if place >= SHOWN or str(pk) in ticked}


def _person(request: HttpRequest) -> Any:
    """Return the person who asks. Raises PermissionDenied for a login without one."""
    person = getattr(request, "person", None)
    if person is None:
        raise PermissionDenied
    return person
