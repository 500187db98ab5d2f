"""The design of documents, for the staff of a network and, for a provider, for coordinators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.models import Provider
from partners.people.domain.logos import clean_logo
from partners.people.requests import PortalRequest, acting
from registrations.credit.documents import render_document
from registrations.credit.domain import design_samples, designs
from registrations.credit.forms.design import DesignForm
from registrations.models import Document, DocumentDesign
from stemnet.exceptions import Unprintable

KINDS = Document.Kind.values
OWN, PROVIDER = "network", "provider"


def _owner(request: PortalRequest, network: Network, whose: str) -> Network | Provider:
    """Return whose design it is.

    Raises Http404 where there is no provider, PermissionDenied for staff who only have the network.
    """
    if whose == OWN:
        return network
    if whose != PROVIDER or network.provider is None:
        raise Http404
    if not (request.person and request.person.is_coordinator):
        raise PermissionDenied(_("Only coordinators can change the design of a provider's documents."))
    return network.provider


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_design(request: PortalRequest, slug: str, whose: str) -> HttpResponse:
    """Show what is in use and its versions; save the next one, or show a sample of it before."""
    network = staffed_network_or_404(request, slug)
    owner = _owner(request, network, whose)
    versions = list(designs.versions_of(owner))
    form = _form(request, versions)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") in KINDS:
            return _sample_of(network, owner, form, kind=request.POST["act"])
        new = designs.save_design(owner, form.wanted, seen=form.cleaned_data["seen"], **acting(request))
        if new is not None:
            messages.success(request, _("Version %(number)s is saved and in use.") % {"number": new.version})
            return redirect("staff_design", slug, whose)
        versions = list(designs.versions_of(owner))
        form = _form(request, versions, seen=versions[0].version if versions else 0)
        form.add_error(
            None, _("Somebody saved another version while you were typing. Look at it, then save again.")
        )
    context = {
        "network": network,
        "owner": owner,
        "whose": whose,
        "form": form,
        "versions": versions,
        "kinds": Document.Kind.choices,
        "may_change_provider": bool(request.person and request.person.is_coordinator and network.provider),
        "in_use": designs.design_of(network),
    }
    return render(
        request, "registrations/credit/staff_design.html", context, status=422 if form.errors else 200
    )


def _form(request: PortalRequest, versions: list[DocumentDesign], seen: int | None = None) -> DesignForm:
    """Return the form of the next version, with what was typed; ``seen`` is a version that wasn't."""
    last = versions[0] if versions else DocumentDesign()
    if request.method != "POST":
        return DesignForm(instance=last)
    data = request.POST.copy()
    if seen is not None:
        data["seen"] = str(seen)
    return DesignForm(data, request.FILES, instance=last)


def _sample_of(network: Network, owner: Network | Provider, form: DesignForm, *, kind: str) -> HttpResponse:
    """Return a sample by what is typed, none of which is kept."""
    wanted = form.wanted
    said = designs.next_version(owner, designs.versions_of(owner).first(), wanted).said
    pictures = {f"new-{name}": clean_logo(file).content for name, file in wanted.pictures.items()}
    said |= {name: f"new-{name}" for name in wanted.pictures}
    return _pdf(network, said, pictures, kind=kind)


@never_cache
@require_safe
def staff_design_sample(
    request: PortalRequest, slug: str, whose: str, version: int, kind: str
) -> HttpResponse:
    """Show a sample by a version that was saved."""
    network = staffed_network_or_404(request, slug)
    owner = network.provider if whose == PROVIDER else network
    found = designs.versions_of(owner).filter(version=version).first() if owner else None
    if found is None or kind not in KINDS:
        raise Http404
    return _pdf(network, found.said, {}, kind=kind)


def _pdf(network: Network, said: dict[str, object], pictures: dict[str, bytes], *, kind: str) -> HttpResponse:
    snapshot = design_samples.sample(network, said, kind=kind, at=timezone.now())
    try:
        content = render_document(snapshot, pictures)
    except Unprintable as refusal:
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=422)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sample-{kind}.pdf"'
    return response
