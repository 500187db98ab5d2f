"""Completing a registration that staff made for somebody who walked in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain.walking_in import complete_registration as complete
from registrations.models import Registration
from registrations.seats.exceptions import RegistrationRefused
from registrations.seats.forms.register import DESIGNEE, SELF, RegisterForm, name_of
from registrations.seats.forms.who import initial_of_person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complete_registration(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask somebody whom staff registered for what only they can say."""
    person = person_or_404(request)
    own = Registration.objects.live().filter(
        person=person, network__slug=slug, origin__in=Registration.MADE_BY_STAFF
    )
    registration = get_object_or_404(own.select_related("network", "position__organization"))
    network, typed = registration.network, request.POST if request.method == "POST" else None
    form = RegisterForm(typed, network=network, person=person, initial=known(registration), asks=False)
    if typed is not None and form.is_valid():
        try:
            complete(registration=registration, answers=form.answers(), at=timezone.now())
        except RegistrationRefused as refusal:
            form.add_error("group", str(refusal))
        else:
            messages.success(request, _("Your registration is complete."))
            return redirect("learning_network", slug=slug)
    status = 200 if typed is None else 422
    return render(
        request, "registrations/attendance/complete.html", {"network": network, "form": form}, status=status
    )


def known(registration: Registration) -> dict[str, Any]:
    """Return what is known of the registration already; a commitment is ticked once it was accepted."""
    accepted = registration.acceptances.select_related("version")
    return {
        **initial_of_person(registration.person),
        "grade_bands": registration.grade_bands,
        "leader_name": registration.leader_name,
        "leader_job": registration.leader_job,
        "leader_email": registration.leader_email,
        "attending": DESIGNEE if registration.leader_name else SELF,
        **{name_of(one.version): True for one in accepted},
    }
