"""A partner's own place: what it has, what is due, its people, and handing over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.exchange.domain.exchange_lists import contribution_entries, need_entries
from partners.home.domain import own_place
from partners.home.domain.landing import with_own_page
from partners.home.domain.year_review import years_of
from partners.home.forms import HandOverForm, OwnOrganizationForm
from partners.memorandum.domain import handing_over
from partners.models import Organization, Person, local_day, writers_of
from partners.people.domain import logos
from partners.people.exceptions import PartnersRefused
from partners.people.permissions import may_answer_for, may_see_people_of
from partners.people.requests import PortalRequest, person_or_403
from stemnet import panels

A_PAGE, FEW = 50, 8


@never_cache
@require_safe
def mine(request: PortalRequest) -> HttpResponse:
    """Lead to one's own partner; whoever serves several chooses, and coordinators look for one."""
    person = person_or_403(request)
    ours = with_own_page(Organization.objects.answered_for_by(person))
    if not ours.exists() and not person.is_coordinator:
        raise PermissionDenied
    if ours.count() == 1:
        return redirect("mine_of", ours[0].slug)
    words = request.GET.get("q", "")[:200]
    page = Paginator(ours.found_by(words).order_by("plain_name", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page_obj": page, "paginator": page.paginator, "words": words, "many": ours.count() > FEW}
    return render(request, "partners/home/choose.html", context)


@never_cache
@require_safe
def mine_of(request: PortalRequest, slug: str) -> HttpResponse:
    """Show a partner to its own contacts: its part, what is due, its rows, panels and signed copies."""
    person, organization, now = person_or_403(request), own(request, slug), timezone.now()
    today = local_day(now)
    lines, may_speak = own_place.lines_of(organization, today=today), may_see_people_of(person, organization)
    steps = own_place.first_steps(organization, lines)
    context = {
        "organization": organization,
        "lines": lines,
        "may_speak": may_speak,
        "steps": steps,
        "rows_url": own_place.rows_url(organization, lines),
        "steps_left": sum(not step.done for step in steps),
        "dues": own_place.due_things(
            organization,
            lines,
            confirms=may_speak,
            today=today,
        ),
        "needs": need_entries(organization.needs.filter(withdrawn_at=None), today=today),
        "contributions": contribution_entries(
            organization.contributions.filter(withdrawn_at=None), with_matches=True, today=today
        ),
        "years": years_of(organization, today=today),
        "signed": own_place.signed_copies(organization),
        "panels": panels.of("partner_home", organization, person=person, at=now),
    }
    return render(request, "partners/home/page.html", context)


def mine_edit(request: PortalRequest, slug: str) -> HttpResponse:
    """Change what everyone reads about one's own organization."""
    organization = own(request, slug)
    form = OwnOrganizationForm(request.POST or None, request.FILES or None, instance=organization)
    if request.method == "POST" and form.is_valid():
        form.save()
        if form.cleaned_data["new_logo"]:
            logos.set_logo(organization, form.cleaned_data["new_logo"])
        elif form.cleaned_data.get("without_logo"):
            logos.remove_logo(organization)
        messages.success(request, _("Saved. It's on your public page now."))
        return redirect("mine_of", slug)
    context = {"organization": Organization.objects.get(pk=organization.pk), "form": form}
    return render(request, "partners/home/edit.html", context, status=422 if form.errors else 200)


def mine_hand_over(request: PortalRequest, slug: str) -> HttpResponse:
    """Hand everything that a contact looks after to somebody else, in one step."""
    person, organization = person_or_403(request), own(request, slug)
    contacts = list(writers_of(organization, on=local_day(timezone.now())))
    if not may_see_people_of(person, organization):
        contacts = [one for one in contacts if one == person]
    form = HandOverForm(request.POST or None, contacts=contacts, initial={"leaver": str(person.uid)})
    if request.method == "POST" and form.is_valid():
        try:
            return handed_over(request, organization, form, by=person)
        except PartnersRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"organization": organization, "form": form}
    return render(request, "partners/home/hand_over.html", context, status=422 if form.errors else 200)


def handed_over(
    request: PortalRequest, organization: Organization, form: HandOverForm, *, by: Person
) -> HttpResponse:
    """Do it, say it, and go where one may still be. Raises PartnersRefused."""
    typed = {name: form.cleaned_data[name] for name in ("address", "first_name", "last_name", "left")}
    successor = handing_over.hand_over(
        organization, leaver=form.person_leaving, by=by, at=timezone.now(), **typed
    )
    said = _("Handed over. %(name)s is now the contact for %(organization)s, and we've e-mailed you both.")
    messages.success(request, said % {"name": successor, "organization": organization})
    if may_answer_for(by, organization):
        return redirect("mine_of", organization.slug)
    return redirect("partner", organization.slug)


def own(request: PortalRequest, slug: str) -> Organization:
    """Return the organization that somebody answers for. Raises Http404 for every other."""
    ours = Organization.objects.current().answered_for_by(person_or_403(request))
    organization = ours.filter(slug=slug).first()
    if organization is None:
        raise Http404
    return organization
