"""Choosing whom one writes to: how many, who is left out and why; then a draft."""

from uuid import UUID

from django.contrib import messages as notes
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import WorkingGroup
from meetings.planning.requests import staffed_network_or_404
from partners.models import zone_of_partnership
from partners.people.requests import PortalRequest, coordinator_or_403, person_or_404
from registrations.messages.domain import writing
from registrations.messages.domain.saved_texts import texts_of
from registrations.messages.exceptions import MessageRefused
from registrations.messages.forms.choosing import ChooseForm, PartnersForm
from registrations.messages.pages import listing
from registrations.messages.pages.choosing import lot_of
from registrations.models import Message


@never_cache
@require_safe
def network_messages(request: PortalRequest, slug: str) -> HttpResponse:
    """List what was written to the people of a network."""
    network = staffed_network_or_404(request, slug)
    page = listing.page_of(Message.objects.filter(network=network), request.GET.get("page"))
    context = {"network": network, "page_obj": page, "zone": network.zone, "texts": texts_of(network)}
    return render(request, "registrations/messages/list.html", context)


@never_cache
@require_safe
def partner_messages(request: PortalRequest) -> HttpResponse:
    """List what coordinators wrote to contacts of partners."""
    coordinator_or_403(request)
    page = listing.page_of(Message.objects.to_partners(), request.GET.get("page"))
    context = {"network": None, "page_obj": page, "zone": zone_of_partnership().key, "texts": texts_of(None)}
    return render(request, "registrations/messages/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who an audience is, and begin a message to it."""
    network, now = staffed_network_or_404(request, slug), timezone.now()
    typed = request.POST if request.method == "POST" else request.GET if "audience" in request.GET else None
    form = ChooseForm(typed, network=network, at=now)
    if not form.is_bound or not form.is_valid():
        return _chooser(request, form, network=network, status=422 if request.method == "POST" else 200)
    draft = Message(
        network=network,
        group=form.group_chosen,
        audience=form.cleaned_data["audience"],
        choice=form.choice,
        written_by=person_or_404(request),
    )
    return _begun_or_shown(request, form, draft)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partner_message_new(request: PortalRequest) -> HttpResponse:
    """Show which contacts of partners there are, and begin a message to them."""
    person = coordinator_or_403(request)
    form = PartnersForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return _chooser(request, form, status=422 if request.method == "POST" else 200)
    draft = Message(audience="contacts", choice=form.choice, written_by=person)
    return _begun_or_shown(request, form, draft)


@require_POST
def group_message_new(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Begin a message to a group, for whoever leads it or staffs its network."""
    person = person_or_404(request)
    group = get_object_or_404(WorkingGroup.objects.select_related("network"), uid=uid)
    draft = Message(network=group.network, group=group, audience="group", choice={}, written_by=person)
    if not writing.may_write(draft, person):
        raise Http404
    return _begin(request, draft) or redirect(group)


def _chooser(request: PortalRequest, form: object, *, status: int = 200, **context: object) -> HttpResponse:
    is_part = bool(request.htmx) and request.method == "GET"
    name = "registrations/messages/_lot.html" if is_part else "registrations/messages/choose.html"
    return render(request, name, {"network": None, "form": form, **context}, status=status)


def _begun_or_shown(request: PortalRequest, form: ChooseForm | PartnersForm, draft: Message) -> HttpResponse:
    """Show who is chosen; where the form was sent, begin the message."""
    if request.method == "POST":
        begun = _begin(request, draft, uid=form.cleaned_data["uid"])
        if begun is not None:
            return begun
    lot = lot_of(draft, at=timezone.now())
    status = 422 if request.method == "POST" else 200
    return _chooser(request, form, network=draft.network, lot=lot, status=status)


def _begin(request: PortalRequest, draft: Message, *, uid: UUID | None = None) -> HttpResponse | None:
    """Begin the message and go to it; None where nobody is chosen, which is said."""
    try:
        message = writing.begin_message(
            network=draft.network,
            group=draft.group,
            audience=draft.audience,
            choice=draft.choice,
            uid=uid,
            by=draft.written_by,
            at=timezone.now(),
        )
    except MessageRefused as refusal:
        notes.error(request, str(refusal))
        return None
    return redirect("message", uid=message.uid)
