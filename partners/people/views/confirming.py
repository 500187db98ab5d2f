"""Asking to be confirmed at a partner, and the lists on which contacts and coordinators answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partners.models import Organization, Person, local_day
from partners.people.domain import confirming_positions
from partners.people.exceptions import ConfirmationRefused
from partners.people.permissions import may_see_people_of
from partners.people.requests import PortalRequest, coordinator_or_403, person_or_403

A_PAGE = 50
ANSWERS = {
    "yes": (
        confirming_positions.confirm_position,
        gettext_lazy("Confirmed: %(person)s works at %(organization)s."),
    ),
    "no": (
        confirming_positions.refuse,
        gettext_lazy("You said that %(person)s doesn't work at %(organization)s."),
    ),
    "contact": (
        confirming_positions.name_contact,
        gettext_lazy("%(person)s is now a contact for %(organization)s."),
    ),
    "no-contact": (
        confirming_positions.unname_contact,
        gettext_lazy("%(person)s is no longer a contact for %(organization)s."),
    ),
    "again": (confirming_positions.let_ask_again, gettext_lazy("%(person)s can ask again.")),
}


@require_POST
def ask_to_be_confirmed(request: PortalRequest) -> HttpResponse:
    """Ask the partners where one says one works to confirm it."""
    person = person_or_403(request)
    try:
        rows = confirming_positions.ask_to_confirm(person, at=timezone.now(), today=local_day(timezone.now()))
    except ConfirmationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        names = ", ".join(row.organization_name for row in rows)
        messages.success(
            request, _("We asked %(names)s. We'll e-mail you once it's confirmed.") % {"names": names}
        )
    return redirect("matrix")


@never_cache
@require_safe
def colleagues(request: PortalRequest, slug: str) -> HttpResponse:
    """List who asks to be confirmed at a partner, who was, and who has to wait."""
    organization, today = answering(request, slug), local_day(timezone.now())
    confirmed = confirming_positions.for_list(confirming_positions.confirmed_at(organization, today=today))
    page = Paginator(confirmed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "waiting": confirming_positions.for_list(
            confirming_positions.positions_waiting(today=today).at(organization)
        ),
        "refused": confirming_positions.refused_at(organization, today=today).select_related("person", "by"),
        "page_obj": page,
        "paginator": page.paginator,
    }
    return render(request, "partners/people/colleagues.html", context)


@require_POST
def colleague_judge(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Confirm somebody, say that they don't work there, name them contact, or let them ask again."""
    organization = answering(request, slug)
    person = get_object_or_404(Person.objects.current(), uid=uid)
    try:
        messages.success(request, judge(request, organization, person))
    except ConfirmationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("mine_colleagues", slug)


def judge(request: PortalRequest, organization: Organization, person: Person) -> str:
    """Hand the answer to the domain and return what to say. Raises ConfirmationRefused."""
    answer = request.POST.get("answer", "")
    if answer not in ANSWERS:
        raise ConfirmationRefused(sentence=_("Choose an answer."))
    act, text = ANSWERS[answer]
    act(organization, person, by=person_or_403(request), at=timezone.now(), today=local_day(timezone.now()))
    return str(text) % {"person": person, "organization": organization}


@never_cache
@require_safe
def people_to_confirm(request: PortalRequest) -> HttpResponse:
    """List everyone who asked to be confirmed, for coordinators."""
    coordinator_or_403(request)
    rows = confirming_positions.for_list(
        confirming_positions.positions_waiting(today=local_day(timezone.now()))
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "partners/people/people_to_confirm.html", {"page_obj": page, "paginator": page.paginator}
    )


def answering(request: PortalRequest, slug: str) -> Organization:
    """Return the organization whose people one knows: its contacts and coordinators. Raises Http404."""
    person = person_or_403(request)
    organization = get_object_or_404(Organization.objects.current().answered_for_by(person), slug=slug)
    if not may_see_people_of(person, organization):
        raise Http404
    return organization
