"""Sharing a resource, changing one's own, and its way to everyone."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.gathering.requests import edited_material_or_404
from meetings.gathering.views.material_forms import too_much
from meetings.library.domain import resources, trials
from meetings.library.exceptions import AlreadyThere, LibraryRefused
from meetings.library.forms.resource import ReasonForm, ResourceForm
from meetings.library.pages import cards
from meetings.library.permissions import may_review
from meetings.models import Resource, ResourceReport
from partners.people.requests import PortalRequest, acting, person_or_403, person_or_404

OWN = 12  # of one's own on a page
State = Resource.State
DONE = {
    "publish": (State.PUBLIC, gettext_lazy("“%(title)s” is in the library now.")),
    "return": (State.DRAFT, gettext_lazy("“%(title)s” is a draft again.")),
    "hide": (State.HIDDEN, gettext_lazy("“%(title)s” is hidden.")),
    "send": (State.REVIEW, gettext_lazy("Sent. You'll see it in the library once somebody has read it.")),
}


@never_cache
@csrf_exempt  # `_edit` asks for the token, once the body may be read
@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: PortalRequest, uid: UUID | None = None) -> HttpResponse:
    """Share a resource, or change one's own."""
    person = person_or_403(request)
    one = get_object_or_404(Resource.objects.editable_by(person), uid=uid) if uid else None
    if sentence := too_much(request):
        form = ResourceForm(instance=one, seen=Resource.objects.visible_to(person))
        return _page(request, form, one, sentence, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    response: HttpResponse = _edit(request, one)
    return response


@csrf_protect
def _edit(request: PortalRequest, one: Resource | None) -> HttpResponse:
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    seen = Resource.objects.visible_to(request.person)
    initial = {} if one else {"adapted_from": _uid(request.GET.get("from", ""))}
    form = ResourceForm(*typed, instance=one, seen=seen, initial=initial)
    if typed and form.is_valid():
        try:
            saved = _save(request, one, form)
        except AlreadyThere as refusal:
            form.add_error(None, str(refusal))
            form.there = refusal.resource
        except LibraryRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(saved)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _page(request, form, one, status=status)


def _save(request: PortalRequest, one: Resource | None, form: ResourceForm) -> Resource:
    """Write it, and take the step that the button says. Raises LibraryRefused."""
    given, written = acting(request), form.written()
    wanted = "send" in request.POST
    if wanted and not written.columns["summary"]:
        raise LibraryRefused(sentence=_("Say in a sentence or two what it is."))
    if wanted and not (written.columns.get("url") or form.incoming or (one and one.sha256)):
        raise LibraryRefused(sentence=_("Choose a file, or type a link."))
    was = one.state if one else State.DRAFT
    saved = resources.save_resource(one, written, file=form.incoming, **given)
    if wanted and saved.state == State.DRAFT:
        to = "publish" if may_review(given["by"]) else "send"
        state, said = DONE[to]
        resources.move(saved, to=state, **given)
        messages.success(request, said % {"title": saved.title})
    elif was == State.PUBLIC and saved.state == State.REVIEW:
        messages.success(request, _("Saved. Others see it again once somebody has read it."))
    else:
        messages.success(request, _("Saved."))
    return saved


def _uid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _page(
    request: PortalRequest, form: ResourceForm, one: Resource | None, sentence: str = "", *, status: int
) -> HttpResponse:
    context = {"form": form, "resource": one, "sentence": sentence, "reviews": may_review(request.person)}
    return render(request, "meetings/library/edit.html", context, status=status)


@require_POST
def resource_act(request: PortalRequest, uid: UUID, act: str) -> HttpResponse:
    """Send a draft, make it public, return or hide it, with a reason where others need one."""
    person = person_or_404(request)
    if act not in DONE:
        raise Http404
    one = get_object_or_404(Resource.objects.editable_by(person), uid=uid)
    state, said = DONE[act]
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            resources.move(one, to=state, **form.cleaned_data, **acting(request))
        except LibraryRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said % {"title": one.title})
            return redirect(one)
    return _asked_again(request, form, one)


def _asked_again(request: PortalRequest, form: ReasonForm, one: Resource) -> HttpResponse:
    """Show why a step wasn't taken, with the reason as it was typed."""
    context = {"form": form, "resource": one}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "meetings/library/reason.html", context, status=status)


@require_POST
def resource_remove(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Delete one's own draft."""
    person = person_or_404(request)
    one = get_object_or_404(Resource.objects.filter(contributor=person), uid=uid)
    try:
        resources.remove_draft(one, by=person)
    except LibraryRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(one)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": one.title})
    return redirect("library_mine")


@require_POST
def resource_from_material(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Put what a meeting shared into the library: a draft that wants a sentence or two."""
    material = edited_material_or_404(request, uid)
    try:
        one = resources.from_material(material, **acting(request))
    except AlreadyThere as refusal:
        messages.error(request, str(refusal))
        return redirect(refusal.resource or material.meeting)
    messages.success(request, _("It's a draft in the library. Say whom it's for, then share it."))
    return redirect("resource_edit", one.uid)


@never_cache
@require_safe
def library_mine(request: PortalRequest) -> HttpResponse:
    """List one's own resources, whatever their state."""
    rows = cards.with_lists(Resource.objects.filter(contributor=person_or_403(request)))
    page = Paginator(rows.order_by("-changed_at", "-pk"), OWN).get_page(request.GET.get("page"))
    context = {"page_obj": page, "cards": [cards.card(one) for one in page]}
    return render(request, "meetings/library/mine.html", context)


@never_cache
@require_safe
def library_review(request: PortalRequest) -> HttpResponse:
    """Show staff what to review, what was reported, and links that don't answer."""
    if not may_review(person_or_404(request)):
        raise Http404
    waiting = cards.with_lists(Resource.objects.filter(state=State.REVIEW)).order_by("changed_at", "pk")
    reports = ResourceReport.objects.filter(settled_at=None).select_related("resource", "by")
    dead = Resource.objects.public().filter(link_failed_at__isnull=False).order_by("link_failed_at", "pk")
    context = {
        "waiting": [cards.card(one) for one in waiting[:100]],
        "reports": reports[:100],
        "dead": dead[:100],
    }
    return render(request, "meetings/library/review.html", context)


@require_POST
def report_settle(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Settle a report; with a reason, the resource is hidden."""
    if not may_review(person_or_404(request)):
        raise Http404
    row = get_object_or_404(ResourceReport.objects.select_related("resource"), uid=uid)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            trials.settle(row, hide_because=form.cleaned_data["reason"], **acting(request))
        except LibraryRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Settled."))
            return redirect("library_review")
    return _asked_again(request, form, row.resource)
