"""Correcting what a registered person typed: name, organization, job, group."""

from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.exceptions import AddressRefused
from partners.people.requests import PortalRequest, acting
from registrations.desk.forms.correcting import AddressForm, CorrectForm
from registrations.desk.views.people import registered
from registrations.models import Registration
from registrations.seats.domain import correcting, readdressing
from registrations.seats.exceptions import RegistrationsRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_person_correct(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show what stands there, and write what staff type instead."""
    registration = registered(request, slug, uid)
    prefetch_related_objects([registration], "group_memberships__working_group")
    is_address = request.POST.get("act") == "address"
    other = AddressForm(request.POST if is_address else None, auto_id="address-%s")
    if is_address and other.is_valid() and corrected_address(request, registration, other):
        return redirect("staff_person", slug=slug, uid=uid)
    typed = request.POST if request.method == "POST" and not is_address else None
    form = CorrectForm(typed, registration=registration)
    if typed is not None and form.is_valid():
        try:
            said = correcting.correct(registration, form.corrections(), **acting(request))
        except RegistrationsRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, registration, said)
            return redirect("staff_person", slug=slug, uid=uid)
    context = {
        "network": registration.network,
        "registration": registration,
        "form": form,
        "address_form": other,
        "proved": registration.person.emails.exclude(verified_at=None).exists(),
    }
    status = 422 if form.errors or other.errors else 200
    return render(request, "registrations/desk/correct.html", context, status=status)


def corrected_address(request: PortalRequest, registration: Registration, form: AddressForm) -> bool:
    """Let the domain correct the address, and say what came of it; what it refuses is said at the form."""
    try:
        changed = readdressing.correct_address(registration, **form.cleaned_data, **acting(request))
    except (RegistrationsRefused, AddressRefused) as refusal:
        form.add_error("address", str(refusal))
        return False
    words = _("E-mail goes to %(address)s now. We're telling the old address, too.")
    if not changed:
        words = _("We're writing to both addresses. %(person)s can add the new one themselves.")
    said = {"address": form.cleaned_data["address"], "person": registration.person}
    messages.success(request, words % said)
    return True


def tell(request: PortalRequest, registration: Registration, said: list[str]) -> None:
    """Say what was corrected."""
    if said:
        messages.success(request, _("Corrected: %(these)s.") % {"these": "; ".join(said)})
    else:
        messages.info(request, _("Nothing was different, so nothing has changed."))
