"""Correcting what a registered person typed: name, organization, job, group."""

from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest, acting
from registrations.desk.forms.correcting import CorrectForm
from registrations.desk.views.people import registered
from registrations.models import Registration
from registrations.seats.domain import correcting
from registrations.seats.exceptions import RegistrationsRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_person_correct(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show what stands there, and write what staff type instead."""
    registration = registered(request, slug, uid)
    prefetch_related_objects([registration], "group_memberships__working_group")
    form = CorrectForm(request.POST or None, registration=registration)
    if request.method == "POST" and form.is_valid():
        try:
            said = correcting.correct(registration, form.corrections(), **acting(request))
        except RegistrationsRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, registration, said)
            return redirect("staff_person", slug=slug, uid=uid)
    context = {"network": registration.network, "registration": registration, "form": form}
    status = 422 if form.errors else 200
    return render(request, "registrations/desk/correct.html", context, status=status)


def tell(request: PortalRequest, registration: Registration, said: list[str]) -> None:
    """Say what was corrected."""
    if said:
        messages.success(request, _("Corrected: %(these)s.") % {"these": "; ".join(said)})
    else:
        messages.info(request, _("Nothing was different, so nothing has changed."))
