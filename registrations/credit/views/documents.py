"""One's own documents: what can be had, the one click that issues it, and the file."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetings.models import Network
from partners.models import Person
from partners.people.domain import educator_numbers
from partners.people.requests import PortalRequest, person_or_404
from registrations.credit.domain import credentials, issuing, keeping
from registrations.credit.domain.credit_words import total_words
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.exceptions import IssuingRefused
from registrations.evaluation.domain import evaluating
from registrations.models import Document
from stemnet.exceptions import SealUnusable, Unprintable


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_documents(request: PortalRequest, slug: str) -> HttpResponse:
    """Show one's documents of a network and what is missing for them; a POST issues what is ready."""
    person = person_or_404(request)
    network = get_object_or_404(_networks_of(person).select_related("provider"), slug=slug)
    if request.method == "POST":
        return _issue(request, network, person)
    readiness = readiness_of_person(network, person, at=timezone.now())
    if readiness is None:
        raise Http404
    context = {
        "network": network,
        "readiness": readiness,
        "numbers": ", ".join(map(str, educator_numbers.printed_numbers(person) if readiness.ready else [])),
        "total": total_words(readiness.total, awards_units=not readiness.course.lacks),
        "evaluation_asked": readiness.evaluation is None and evaluating.is_asked(readiness.registration),
        "kept_until": keeping.kept_until(network, readiness.course.version),
        "gives_badges": credentials.can_be_had(),
        "documents": Document.objects.filter(person=person, network=network).select_related("replaced_by"),
    }
    return render(request, "registrations/credit/my_documents.html", context)


def _networks_of(person: Person) -> QuerySet[Network]:
    """Return the networks that the person registered for at any time."""
    return Network.objects.filter(pk__in=person.registrations.values("network"))


def _issue(request: PortalRequest, network: Network, person: Person) -> HttpResponse:
    """Issue to the person who is signed in, and say what happened."""
    registration = network.registrations.filter(person=person).latest("pk")
    try:
        documents = issuing.issue_ready(registration=registration, by=person, at=timezone.now())
    except (IssuingRefused, Unprintable, SealUnusable) as refusal:
        messages.error(request, str(refusal))
    else:
        words = ", ".join(str(document) for document in documents)
        messages.success(
            request,
            _("Issued: %(documents)s") % {"documents": words} if words else _("You already have them."),
        )
    return redirect("my_documents", slug=network.slug)


@never_cache
@require_safe
def document(request: PortalRequest, uid: UUID) -> FileResponse:
    """Hand out the stored PDF to its owner and to staff of its network."""
    visible = Document.objects.visible_to(request.person)
    found = get_object_or_404(visible.distinct(), uid=uid)
    try:
        file = found.pdf.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(file, as_attachment=True, filename=f"{found.kind}-{found.number}.pdf")
