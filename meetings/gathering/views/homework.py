"""Homework: asked of many, answered by each, read side by side."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meetings.gathering.domain import homework
from meetings.gathering.domain.owners import readers_of, readers_of_each
from meetings.gathering.exceptions import ActionItemRefused
from meetings.gathering.exports import answers_sheet
from meetings.gathering.forms.action_items import HomeworkChangeForm, HomeworkForm
from meetings.gathering.pages import item_forms
from meetings.gathering.requests import seen_item_or_404
from meetings.models import ActionItem
from partners.models import local_day
from partners.people.requests import PortalRequest, acting, person_or_404
from stemnet.views.tables import attached


def homework_new(request: PortalRequest) -> HttpResponse:
    """Ask many organizations or people for an answer."""
    person = person_or_404(request)
    source = item_forms.source_or_404(person, request.GET)
    form = HomeworkForm(request.POST or None, **item_forms.choices_for(source))
    form.initial["due_on"] = item_forms.first_due(source, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            given = homework.give_homework(source, **form.given(), **acting(request))
        except ActionItemRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The homework is assigned. We'll e-mail everyone you chose."))
            return redirect(given)
    context = {"form": form, "where": str(source), "back": item_forms.page_of(source)}
    return render(
        request, "meetings/gathering/homework_form.html", context, status=422 if form.errors else 200
    )


def given_or_404(request: PortalRequest, uid: UUID) -> ActionItem:
    """Return homework for whoever looks after it. Raises PermissionDenied for who only sees it."""
    found = seen_item_or_404(request, uid)
    if not found.is_homework:
        raise Http404
    if not ActionItem.objects.run_by(request.person).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


@require_safe
def answers(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the answers to homework side by side, and who has not answered."""
    given, today = given_or_404(request, uid), local_day(timezone.now())
    rows = list(
        given.answers.select_related("person", "organization")
        .order_by("closed_at", "pk")
        .prefetch_related("person__emails")
    )
    known = readers_of_each([one.owner for one in rows if one.owner and one.is_open], on=today)
    context = {
        "item": given,
        "answered": [one for one in rows if one.state == ActionItem.State.DONE],
        "waiting": [(one, bool(readers_of(one, known))) for one in rows if one.is_open],
        "total": len(rows),
        "is_overdue": given.is_open and given.due_on < today,
        "reminded_today": any(one.reminded_on == today for one in rows if one.is_open),
    }
    return render(request, "meetings/gathering/homework.html", context)


def homework_edit(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Ask otherwise, or until another day."""
    given = given_or_404(request, uid)
    started = {"text": given.text, "details": given.details, "due_on": given.due_on}
    form = HomeworkChangeForm(request.POST or None, initial=started)
    if request.method == "POST" and form.is_valid():
        try:
            homework.change_homework(given, **form.cleaned_data, at=timezone.now())
        except ActionItemRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(given)
    context = {"form": form, "item": given, "back": given.get_absolute_url()}
    return render(
        request, "meetings/gathering/homework_form.html", context, status=422 if form.errors else 200
    )


@require_POST
def homework_act(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Remind everyone who has not answered, or take no more answers."""
    given = given_or_404(request, uid)
    if request.POST.get("act") == "close":
        try:
            homework.close_homework(given, **acting(request))
        except ActionItemRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It's closed. Nobody is reminded of it anymore."))
        return redirect(given)
    if request.POST.get("act") != "remind":
        messages.error(request, _("Press “Remind them” or “Take no more answers”."))
        return redirect(given)
    number = homework.remind_open(given, at=timezone.now())
    words = ngettext("We'll remind %(n)d person.", "We'll remind %(n)d people.", number)
    messages.success(request, words % {"n": number})
    return redirect(given)


@require_safe
def homework_export(request: PortalRequest, uid: UUID, form: str) -> HttpResponseBase:
    """Hand out the answers as an XLSX or CSV file."""
    given = given_or_404(request, uid)
    if form not in ("xlsx", "csv"):
        raise Http404
    rows = given.answers.select_related("person", "organization").prefetch_related("changes")
    sheet = answers_sheet(given, rows.order_by("pk"))
    return attached(f"homework-{given.due_on}.{form}", [sheet])
