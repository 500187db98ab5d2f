"""The people of a network, for its staff: the list, one person with their history, and the acts on them."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.models import Partnership, local_day
from partners.people.requests import PortalRequest, person_or_404
from registrations.credit.domain import demonstrating, keeping
from registrations.credit.domain.readiness import Readiness, readiness_of, readiness_of_person
from registrations.desk.documents import list_of_people
from registrations.desk.forms.people import ActForm, PeopleForm, Shown
from registrations.desk.pages.meeting_lines import progress_line
from registrations.evaluation.domain import evaluating
from registrations.messages.pages import listing
from registrations.models import Document, Evidence, Registration
from registrations.models.seats.registration import PlacedRegistration
from registrations.seats.domain import seats, staffing, withdrawing
from registrations.seats.exceptions import RegistrationsRefused
from stemnet import wording
from stemnet.views.papers import on_paper

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


@never_cache
@require_safe
def staff_people(request: PortalRequest, slug: str) -> HttpResponse:
    """List the people of a network: where each stands, and what is missing."""
    network, form = staffed_network_or_404(request, slug), PeopleForm(request.GET)
    page = Paginator(asked_for(network, form), PAGE).get_page(request.GET.get("page"))
    context = {
        "network": network,
        "form": form,
        "shown": form.shown,
        "tabs": tabs(network),
        "page_obj": page,
        "lines": with_readiness(network, list(page), at=timezone.now()),
        "first_place": page.start_index(),
        "print_query": urlencode({"show": form.shown, "q": request.GET.get("q", "")}),
    }
    return render(request, "registrations/desk/people.html", context)


@never_cache
@require_safe
def staff_people_pdf(request: PortalRequest, slug: str) -> HttpResponse:
    """Hand out the same list as a PDF, all of it."""
    network, form, now = staffed_network_or_404(request, slug), PeopleForm(request.GET), timezone.now()
    lines = with_readiness(network, list(asked_for(network, form)), at=now)
    paper = list_of_people(
        network,
        [paper_row(one, ready) for one, ready in lines],
        which=str(Shown(form.shown).label),
        as_of=wording.day(local_day(now, network.zone)),
        issuer=str(Partnership.objects.first() or ""),
    )
    otherwise = reverse("staff_people", args=[slug])
    return on_paper(request, paper, name=f"people-{network.slug}", at=now, otherwise=otherwise)


def asked_for(network: Network, form: PeopleForm) -> QuerySet[PlacedRegistration]:
    """Return whom the list shows, with all that it says of them."""
    people = form.narrow(network.registrations.all())
    return (
        people.with_place()
        .select_related("person", "position__organization")
        .prefetch_related("person__emails")
    )


def with_readiness(
    network: Network, people: list[PlacedRegistration], *, at: datetime
) -> list[tuple[PlacedRegistration, Readiness | None]]:
    """Return each of ``people`` with where they stand, who were ever seated."""
    found = readiness_of(network, at=at, people=[one.person_id for one in people])
    ready = {one.person.pk: one for one in found}
    return [(one, ready.get(one.person_id)) for one in people]


def paper_row(registration: PlacedRegistration, ready: Readiness | None) -> list[str]:
    """Return the cells of one person."""
    person, position = registration.person, registration.position
    progress = progress_line(ready) if ready else str(registration.get_status_display())
    if registration.place:
        progress = _("number %(place)s in line") % {"place": registration.place}
    elif ready and not registration.is_live:
        progress = f"{registration.get_status_display()}: {progress}"
    return [
        person.sorted_name,
        position.organization_name if position else "",
        person.primary_address,
        progress,
    ]


def tabs(network: Network) -> list[tuple[str, str, int]]:
    """Return each choice of the list with its words and figure."""
    everyone = network.registrations.all()
    counts = {
        Shown.SEATED: everyone.occupying().count(),
        Shown.WAITING: everyone.waiting().count(),
        Shown.GONE: everyone.exclude(pk__in=everyone.live().values("pk")).count(),
    }
    return [(choice.value, str(choice.label), number) for choice, number in counts.items()]


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


def person_page(
    request: PortalRequest,
    registration: Registration,
    *,
    refused: tuple[str, ActForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of one person; ``refused`` is an act whose form has an error."""
    network, now = registration.network, timezone.now()
    readiness = readiness_of_person(network, registration.person, at=now)
    forms = {act: ActForm(auto_id=f"{act}-%s") for act in possible(registration, readiness)}
    if refused:
        forms[refused[0]] = refused[1]
    context = {
        "network": network,
        "registration": registration,
        "readiness": readiness,
        "forms": forms,
        "refused": refused[0] if refused else "",
        "place": seats.place_in_line(registration) if registration.status == "waiting" else None,
        "changes": registration.changes.all(),
        "memberships": registration.group_memberships.select_related("working_group").order_by("joined_at"),
        "acceptances": registration.acceptances.select_related("version"),
        "evidence": evidence_of(registration),
        "kept_until": keeping.kept_until(network, readiness.course.version) if readiness else None,
        "title": _("People"),
        "other_names": other_names(registration),
        "written": listing.written_to(registration.person, network=network)[:WRITTEN],
    }
    return render(request, "registrations/desk/person.html", context, status=status)


def possible(registration: Registration, readiness: Readiness | None) -> list[str]:
    """Return the acts that make sense for this person now."""
    acts = []
    if registration.status in (Registration.Status.WAITING, Registration.Status.OFFERED):
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


def evidence_of(registration: Registration) -> QuerySet[Evidence]:
    """Return every mark of one registration, by meeting and time."""
    return registration.evidence.select_related("meeting").order_by("meeting__starts_at", "at", "pk")
