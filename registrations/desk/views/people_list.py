"""The people of a network, for its staff: the list, on the page and on paper."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.models import Partnership
from partners.people.requests import PortalRequest
from registrations.credit.domain.readiness import NetworkFacts, Readiness, course_of, readiness_in
from registrations.desk.documents import list_of_people
from registrations.desk.domain import people_list
from registrations.desk.forms.people import PeopleForm, Shown
from registrations.desk.pages import act_words
from registrations.desk.pages.meeting_lines import progress_line
from registrations.desk.pages.people_list import choices_of, columns_of, facts_of, groups_of, paper_day
from registrations.desk.pages.people_rows import rows_of
from registrations.models import Registration
from registrations.models.seats.registration import RegistrationQuerySet
from registrations.seats.domain import line
from stemnet.views.papers import on_paper

PAGE, MOST = 50, 500


@never_cache
@require_safe
def staff_people(request: PortalRequest, slug: str) -> HttpResponse:
    """List the people of a network: their hours, and the one thing that is unusual about somebody."""
    network = staffed_network_or_404(request, slug)
    course, form = list_asked(network, request.GET)
    counts = people_list.count_people(form.facts)
    size = MOST if "all" in request.GET else PAGE
    page = Paginator(shown_on(form, network), size).get_page(request.GET.get("page"))
    context = {
        "network": network,
        "form": form,
        "counts": counts,
        "choices": choices_of(form, counts),
        "columns": columns_of(form),
        "page_obj": page,
        "rows": rows_of(list(page), facts=form.facts, course=course),
        "least_minutes": form.facts.least_minutes,
        "is_narrowed": any(map(form.value_of, ("group", "attendance", "evaluation", "interest"))),
        "fits_on_one": PAGE < page.paginator.count <= MOST and size == PAGE,
        "query": urlencode({**form.asked, "sort": form.order}),
        "more_acts": act_words.offered(form.shown),
        "tab": "people",
    }
    return render(request, "registrations/desk/people.html", context)


@never_cache
@require_safe
def staff_people_pdf(request: PortalRequest, slug: str) -> HttpResponse:
    """Hand out the same list as a PDF, all of it."""
    network = staffed_network_or_404(request, slug)
    course, form = list_asked(network, request.GET)
    people = list(shown_on(form, network))
    line.tell_apart(people, [network])
    ready = {one.person.pk: one for one in readiness_in(course, [one.person_id for one in people])}
    paper = list_of_people(
        network,
        [paper_row(one, ready.get(one.person_id)) for one in people],
        which=str(Shown(form.shown).label),
        as_of=paper_day(network, course.at),
        issuer=str(Partnership.objects.first() or ""),
    )
    otherwise = reverse("staff_people", args=[slug])
    return on_paper(request, paper, name=f"people-{network.slug}", at=course.at, otherwise=otherwise)


def list_asked(network: Network, query: object) -> tuple[NetworkFacts, PeopleForm]:
    """Return what readiness asks of the network, and the form that says whom the list shows."""
    course, groups = course_of(network, at=timezone.now()), groups_of(network)
    return course, PeopleForm(query, facts=facts_of(network, course, groups=groups), groups=groups)


def shown_on(form: PeopleForm, network: Network) -> QuerySet[Registration]:
    """Return whom the list shows, with all that it says of them."""
    return with_words(form.narrow(network.registrations.all()))


def with_words(people: RegistrationQuerySet) -> QuerySet[Registration]:
    """Return ``people`` with their names and addresses."""
    return people.select_related("person", "position__organization").prefetch_related("person__emails")


def paper_row(registration: Registration, stand: Readiness | None) -> list[str]:
    """Return the cells of one person."""
    person, position = registration.person, registration.position
    progress = progress_line(stand) if stand else str(registration.get_status_display())
    if registration.place:
        progress = _("number %(place)s in line") % {"place": registration.place}
    elif stand and not registration.is_live:
        progress = f"{registration.get_status_display()}: {progress}"
    organization = position.organization_name if position else ""
    return [person.sorted_name, organization, person.primary_address, progress]
