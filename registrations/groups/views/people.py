"""Who is in a group: everyone, adding and removing, terms, and what each has shown of their learning."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import WorkingGroup
from partners.models import Person
from partners.people.requests import PortalRequest, acting, person_or_403
from registrations.credit.domain import demonstrating
from registrations.groups.domain import joining, members, terms
from registrations.groups.forms import AddForm, NoteForm, TermForm
from registrations.groups.pages.group import viewer_of
from registrations.groups.views.asking import open_group_or_404, run_group_or_403
from stemnet.exceptions import Refused

ACTS = {"remove", "term", "accept", "take_back"}


@never_cache
@require_safe
def group_members(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show everyone in a group; to those who run it with what they can do."""
    return people_page(request, open_group_or_404(request, uid))


def people_page(
    request: PortalRequest, group: WorkingGroup, *, add: AddForm | None = None, status: int = 200
) -> HttpResponse:
    """Draw everyone in the group; ``add`` is a form that was refused."""
    context = {
        "group": group,
        "viewer": viewer_of(group, request.person),
        "members": members.members_of(group),
        "former": members.former_of(group),
        "add": add or AddForm(),
        "demonstrates": group.network is not None and group.network.requires_demonstration,
    }
    return render(request, "registrations/groups/members.html", context, status=status)


@require_POST
def group_add(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Put somebody into the group."""
    group, form = run_group_or_403(request, uid), AddForm(request.POST)
    if form.is_valid():
        person = form.cleaned_data["address"]
        try:
            joining.add(group, person, term_ends=form.cleaned_data["term_ends"], **acting(request))
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("%(person)s is in the group now.") % {"person": person})
            return redirect("group_members", uid=uid)
    return people_page(request, group, add=form, status=422)


@require_POST
def group_member(request: PortalRequest, uid: UUID, person: UUID, act: str) -> HttpResponse:
    """Remove a member, set the end of their term, or accept what they showed of their learning."""
    if act not in ACTS:
        raise Http404
    group, by = run_group_or_403(request, uid), person_or_403(request)
    who = next((one.person for one in members.members_of(group) if one.person.uid == person), None)
    if who is None:
        raise Http404
    try:
        messages.success(request, _acted(request, group, who, act=act, by=by))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("group_members", uid=uid)


def _acted(request: PortalRequest, group: WorkingGroup, who: Person, *, act: str, by: Person) -> str:
    """Do one act and return what to say. Raises Refused."""
    now, name = timezone.now(), {"person": who}
    if act == "remove":
        joining.remove(group, who, by=by, at=now)
        return _("%(person)s is no longer in the group.") % name
    if act == "term":
        form = TermForm(request.POST)
        if not form.is_valid():
            raise Refused(sentence=_("Type the last day of the term as a date."))
        terms.set_term(group, who, last_day=form.cleaned_data["term_ends"], at=now)
        return _("The term of %(person)s is saved.") % name
    note = NoteForm(request.POST)
    if not note.is_valid():
        raise Refused(sentence=str(note.errors["note"][0]))
    reason = note.cleaned_data["note"]
    registration = joining.registration_in(group, who)
    if registration is None:
        raise Refused(sentence=_("%(person)s isn't registered for this network.") % name)
    if act == "accept":
        demonstrating.accept_demonstration(registration=registration, by=by, at=now, reason=reason)
        return _("The demonstration of learning of %(person)s is accepted.") % name
    demonstrating.take_back_demonstration(registration=registration, by=by, at=now, reason=reason)
    return _("The demonstration of learning of %(person)s no longer counts.") % name
