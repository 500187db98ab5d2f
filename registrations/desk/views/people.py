"""One person of a network, for its staff: their history, and the acts on them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.planning.requests import staffed_network_or_404
from partners.models import Person
from partners.people.domain import refused_addresses
from partners.people.requests import PortalRequest, person_or_404
from registrations.credit.domain import demonstrating, keeping
from registrations.credit.domain.readiness import Readiness, readiness_of_person
from registrations.desk.domain.acts_on_each import MEETING, NETWORK, REOPEN, UNDO, is_possible
from registrations.desk.forms.people import ActForm
from registrations.desk.pages import act_words
from registrations.desk.pages.known import known_of
from registrations.desk.pages.staff_acts import done_by_staff
from registrations.evaluation.domain import evaluating
from registrations.messages.pages import listing
from registrations.models import Document, Registration
from registrations.seats.domain import line_words, seats, staffing, withdrawing
from registrations.seats.exceptions import RegistrationsRefused

PAGE, WRITTEN = 50, 20
ACTS: dict[str, Callable[..., object]] = {
    "seat": staffing.give_seat,
    "remove": withdrawing.remove_from_network,
    "excuse": evaluating.waive,
    "demonstration": demonstrating.accept_demonstration,
    "undemonstrated": demonstrating.take_back_demonstration,
}
DONE = {
    "seat": gettext_lazy("%(person)s has a seat. We're e-mailing them."),
    "remove": gettext_lazy("%(person)s was removed. We're e-mailing them."),
    "excuse": gettext_lazy("%(person)s is excused from the evaluation."),
    "demonstration": gettext_lazy("The demonstration of learning from %(person)s is accepted."),
    "undemonstrated": gettext_lazy("The demonstration of learning from %(person)s no longer counts."),
}


def registered(request: PortalRequest, slug: str, uid: UUID) -> Registration:
    """Return a registration of a network that the asker staffs, else 404."""
    people = staffed_network_or_404(request, slug).registrations.select_related(
        "person", "position__organization", "network"
    )
    return get_object_or_404(people, uid=uid)


@never_cache
@require_safe
def staff_person(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show one person of a network: what counts, what is missing, what happened, and how we know."""
    return person_page(request, registered(request, slug, uid))


@require_POST
def staff_person_act(request: PortalRequest, slug: str, uid: UUID, act: str) -> HttpResponse:
    """Give a seat, remove, excuse from the evaluation, accept a demonstration or not; each with a reason."""
    if act not in ACTS:
        raise Http404
    registration, form = registered(request, slug, uid), ActForm(request.POST, auto_id=f"{act}-%s")
    if form.is_valid():
        by, now = person_or_404(request), timezone.now()
        try:
            ACTS[act](registration=registration, by=by, at=now, reason=form.cleaned_data["reason"])
        except RegistrationsRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, DONE[act] % {"person": registration.person})
            return redirect("staff_person", slug=slug, uid=uid)
    return person_page(request, registration, refused=(act, form), status=422)


@require_POST
def staff_mail_again(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Let mail go again to somebody whose mail came back."""
    registration = registered(request, slug, uid)
    refused_addresses.try_again(registration.person)
    messages.success(request, _("We'll write to %(person)s again.") % {"person": registration.person})
    return redirect("staff_person", slug=slug, uid=uid)


def person_page(
    request: PortalRequest,
    registration: Registration,
    *,
    refused: tuple[str, ActForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of one person; ``refused`` is an act whose form has an error."""
    network, now = registration.network, timezone.now()
    prefetch_related_objects([registration], "person__emails")
    readiness = readiness_of_person(network, registration.person, at=now)
    known = known_of(registration, readiness.attendances if readiness else [], at=now)
    forms = {act: ActForm(auto_id=f"{act}-%s") for act in possible(registration, readiness)}
    if refused:
        forms[refused[0]] = refused[1]
    context = {
        "network": network,
        "registration": registration,
        "readiness": readiness,
        "forms": forms,
        "refused": refused[0] if refused else "",
        **line_of(registration, at=now),
        **acts_of(registration, by=person_or_404(request), at=now),
        "changes": registration.changes.all(),
        "memberships": registration.group_memberships.select_related("working_group").order_by("joined_at"),
        "acceptances": registration.acceptances.select_related("version"),
        "known": known,
        "forgotten": any(one.attendance and not one.marks for one in known),
        "now": now,
        "kept_until": keeping.kept_until(network, readiness.course.version) if readiness else None,
        "title": _("People"),
        "numbers": registration.person.educator_numbers.all(),
        "came_back": [one for one in registration.person.emails.all() if one.refused_at],
        "other_names": other_names(registration),
        "written": listing.written_to(registration.person, network=network)[:WRITTEN],
    }
    return render(request, "registrations/desk/person.html", context, status=status)


def acts_of(registration: Registration, *, by: Person, at: datetime) -> dict[str, Any]:
    """Return what staff did, and which of the acts on many can be done to this one person."""
    done, staffed = done_by_staff(registration, by=by)
    rows = [one.act for one in done]
    one_by_one = (NETWORK, MEETING, REOPEN, UNDO)
    found = [act for act in one_by_one if is_possible(act, registration, rows, staffed=staffed, at=at)]
    return {"acts": act_words.named(found), "staff_acts": done}


def line_of(registration: Registration, *, at: datetime) -> dict[str, Any]:
    """Return the place in line, why nobody moves, and the offers so far of somebody who stood in line."""
    waits = registration.status == Registration.Status.WAITING
    return {
        "place": seats.place_in_line(registration) if waits else None,
        "why": line_words.why_still(registration.network, at=at) if waits else [],
        "offers": registration.offers.all() if registration.line else [],
        "line_words": registration.network.line_words,
    }


def possible(registration: Registration, readiness: Readiness | None) -> list[str]:
    """Return the acts that make sense for this person now."""
    acts = []
    if registration.status in (
        Registration.Status.WAITING,
        Registration.Status.OFFERED,
        Registration.Status.HELD,
    ):
        acts.append("seat")
    waits = readiness is not None and readiness.course.waits_for_evaluation
    if waits and evaluating.is_asked(registration) and not readiness.evaluation_done:  # type: ignore[union-attr]
        acts.append("excuse")
    if registration.network.requires_demonstration:
        acts.append("undemonstrated" if registration.demonstrated_at else "demonstration")
    if registration.is_live:
        acts.append("remove")
    return acts


def other_names(registration: Registration) -> list[Document]:
    """Return the valid documents of one registration that carry another name than the person has now."""
    valid = registration.documents.valid().order_by("number")
    return [one for one in valid if one.snapshot.get("name") not in (None, registration.person.printed_name)]
