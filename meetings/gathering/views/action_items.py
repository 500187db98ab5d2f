"""Action items: the lists of them, and each on a page of its own where it is closed by one press."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.gathering.domain import action_items
from meetings.gathering.domain.belonging import Source
from meetings.gathering.exceptions import ActionItemRefused
from meetings.gathering.forms.action_items import ActionItemForm, StateForm, key_of
from meetings.gathering.pages import item_forms, item_lists
from meetings.gathering.pages.left_behind import rows_of, tag_of, words_of
from meetings.gathering.requests import seen_item_or_404
from meetings.models import ActionItem
from partners.models import local_day
from partners.people.requests import PortalRequest, acting, person_or_404

A_PAGE = 50
State = ActionItem.State


@require_safe
def items(request: PortalRequest) -> HttpResponse:
    """List one's own items, or those of a network, group or organization, or what is overdue."""
    person, today = person_or_404(request), local_day(timezone.now())
    asked = item_lists.asked_list(person, request.GET)
    if asked is None:
        raise Http404
    found = item_lists.items_of(asked, person=person, today=today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": rows_of(page, today=today),
        "asked": asked,
        "shows": item_lists.shows_for(person, asked),
    }
    return render(request, "meetings/gathering/action_items.html", context)


@require_safe
def item(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show an item with its history, and the button that closes it."""
    return _page(request, _single(request, uid), StateForm())


def _single(request: PortalRequest, uid: UUID) -> ActionItem:
    """Return an item with an owner; homework has a page of its own."""
    found = seen_item_or_404(request, uid)
    if found.is_homework:
        raise Http404
    return found


def _page(request: PortalRequest, one: ActionItem, form: StateForm, *, status: int = 200) -> HttpResponse:
    person, today = person_or_404(request), local_day(timezone.now())
    is_mine = ActionItem.objects.owned_by(person).filter(pk=one.pk).exists()
    runs = ActionItem.objects.run_by(person).filter(pk=one.pk).exists()
    context = {
        "item": one,
        "tag": tag_of(one, is_mine=is_mine, today=today),
        "words": words_of(one, is_mine=is_mine),
        "form": form,
        "is_mine": is_mine,
        "runs": runs,
        "changes": one.changes.all(),
        "may_reopen": one.part_of is None or one.part_of.is_open,
        "has_left": runs and one.is_open and item_forms.has_left(one, on=today),
    }
    return render(request, "meetings/gathering/action_item.html", context, status=status)


@require_POST
def item_state(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Close an item, open it again or take it over: its owner, and whoever gives items there."""
    one, person = _single(request, uid), person_or_404(request)
    runs = ActionItem.objects.run_by(person).filter(pk=one.pk).exists()
    if not runs and not ActionItem.objects.owned_by(person).filter(pk=one.pk).exists():
        raise PermissionDenied
    form = StateForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, status=422)
    given = form.cleaned_data
    if given["to"] in (State.DROPPED, StateForm.MINE) and not runs:
        raise PermissionDenied
    try:
        said = _move(request, one, given)
    except ActionItemRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, seen_item_or_404(request, uid), form, status=409)
    messages.success(request, said)
    return redirect(item_lists.back_to(request.POST.get("back", ""), one))


def _move(request: PortalRequest, one: ActionItem, given: dict[str, Any]) -> str:
    """Do what was pressed, and return what to say about it."""
    if given["to"] == StateForm.MINE:
        action_items.take_over(one, **acting(request))
        return _("It's yours now.")
    if given["to"] == State.OPEN:
        action_items.reopen(one, **acting(request))
        return _("It's open again.")
    action_items.close(one, to=given["to"], reason=given["reason"], answer=given["answer"], **acting(request))
    if given["to"] == State.DROPPED:
        return _("It's dropped. Nobody is reminded of it anymore.")
    return _("Thank you, your answer is saved.") if one.part_of_id else _("Thank you, it's marked as done.")


def item_new(request: PortalRequest) -> HttpResponse:
    """Give an item from a meeting, a group, a network or the partnership."""
    person = person_or_404(request)
    source = item_forms.source_or_404(person, request.GET)
    form = ActionItemForm(request.POST or None, **item_forms.choices_for(source))
    form.initial["due_on"] = item_forms.first_due(source, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            action_items.give(source, **form.cleaned_data, **acting(request))
        except ActionItemRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The action item is added, and its owner will hear from us."))
            return redirect(item_forms.page_of(source))
    context = {"form": form, "where": str(source), "back": item_forms.page_of(source)}
    status = 422 if form.errors else 200
    return render(request, "meetings/gathering/action_item_form.html", context, status=status)


def item_edit(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say an open item otherwise, or give it to somebody else."""
    one, person = _single(request, uid), person_or_404(request)
    if not ActionItem.objects.run_by(person).filter(pk=one.pk).exists():
        raise PermissionDenied
    source = Source(one.meeting, one.network, one.working_group)
    started = {"text": one.text, "due_on": one.due_on, "details": one.details}
    started["owner"] = key_of(one.owner) if one.owner else ""
    choices = item_forms.choices_for(source)
    form = ActionItemForm(request.POST or None, initial=started, item=one, **choices)
    if request.method == "POST" and form.is_valid():
        try:
            action_items.change_item(one, **form.cleaned_data, **acting(request))
        except ActionItemRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(one)
    context = {"form": form, "item": one, "where": str(source), "back": one.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "meetings/gathering/action_item_form.html", context, status=status)
