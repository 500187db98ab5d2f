"""The page of a group, and getting in and out of it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import WorkingGroup
from partners.people.requests import PortalRequest, person_or_403, person_or_404
from registrations.groups.domain import joining
from registrations.groups.forms import AskForm
from registrations.groups.pages.group import group_page, viewer_of
from registrations.groups.views.asking import run_group_or_403, visible_group_or_404
from stemnet.exceptions import Refused


@login_not_required
@never_cache
@require_safe
def group(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show a group: what everyone may know, and to its members what is inside."""
    found = visible_group_or_404(request, uid)
    return shown(request, found)


def shown(
    request: PortalRequest, found: WorkingGroup, *, ask: AskForm | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page of a group; ``ask`` is a request that was refused, as it was typed."""
    viewer = viewer_of(found, request.person)
    context = group_page(found, viewer, at=timezone.now())
    context["ask"] = ask or AskForm()
    return render(request, "registrations/groups/group.html", context, status=status)


def done(request: PortalRequest, found: WorkingGroup, act: Callable[[], object], words: str) -> HttpResponse:
    """Do ``act``, say ``words`` or why not, and go back to the page of the group."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    still = visible_group(request, found)
    return redirect(found if still else "learning")


def visible_group(request: PortalRequest, found: WorkingGroup) -> bool:
    """Return whether the asker may still open the page, which a team closes to whoever left."""
    try:
        visible_group_or_404(request, found.uid)
    except Http404:
        return False
    return True


@require_POST
def group_join(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Join a group, or with ``leaving`` move there from another one."""
    person, found = person_or_404(request), visible_group_or_404(request, uid)
    old = WorkingGroup.objects.filter(network=found.network, memberships__registration__person=person)
    leaving = next((one for one in old.distinct() if str(one.uid) == request.POST.get("leaving")), None)

    def act() -> None:
        joining.join(found, person, leaving=leaving, at=timezone.now())

    return done(request, found, act, _("You're in %(group)s now.") % {"group": found})


@require_POST
def group_leave(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Leave a group."""
    person, found = person_or_404(request), visible_group_or_404(request, uid)

    def act() -> None:
        joining.leave(found, person, at=timezone.now())

    words = _("You've left %(group)s. You keep the hours you earned.") % {"group": found}
    return done(request, found, act, words)


@require_POST
def group_ask(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Ask to join, or with ``take_back`` ask no more."""
    person, found, now = person_or_404(request), visible_group_or_404(request, uid), timezone.now()
    if "take_back" in request.POST:
        joining.take_back(found, person, at=now)
        messages.success(request, _("Your request is cancelled."))
        return redirect(found)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            joining.ask(found, person, words=form.cleaned_data["words"], at=now)
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, _("We've told the leads. We'll e-mail you their answer."))
            return redirect(found)
    return shown(request, found, ask=form, status=422)


@require_POST
def group_answer(request: PortalRequest, uid: UUID, asked: UUID) -> HttpResponse:
    """Let somebody in who asked, or not."""
    found, by = run_group_or_403(request, uid), person_or_403(request)
    row = get_object_or_404(found.requests.select_related("person", "group__network"), uid=asked)
    accepted = request.POST.get("answer") == "accept"

    def act() -> None:
        joining.answer(row, accepted=accepted, by=by, at=timezone.now())

    words = _("%(person)s is in the group now.") if accepted else _("We've told %(person)s.")
    return done(request, found, act, words % {"person": row.person})
