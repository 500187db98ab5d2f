"""Registering somebody who asked staff to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.people.requests import PortalRequest, acting
from registrations.desk.forms.people_adding import AddForm
from registrations.models import Registration
from registrations.seats.domain import adding, seats
from registrations.seats.exceptions import HolderHasAnotherName, RegistrationRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_people_add(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask for one person, and register them."""
    network, now = staffed_network_or_404(request, slug), timezone.now()
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = registered(request, network, form)
        if new is not None:
            say(request, new)
            return redirect("staff_person", slug=slug, uid=new.uid)
    seen = seats.look(network, at=now)
    closes_at = seen.closes_with(seen.first_starts_at)
    context = {
        "network": network,
        "form": form,
        "free": max(0, seen.seats - seen.taken),
        "waiting": seen.waiting,
        "is_over": seen.opens_after(now) or (closes_at is not None and closes_at <= now),
    }
    status = 422 if form.errors else 200
    return render(request, "registrations/desk/people_add.html", context, status=status)


def registered(request: PortalRequest, network: Network, form: AddForm) -> Registration | None:
    """Return the new registration; what the domain refuses is said at the form."""
    try:
        return adding.add_person(network, **form.cleaned_data, **acting(request))
    except HolderHasAnotherName as question:
        form.ask_who(question.holder)
        form.add_error("address", str(question))
    except RegistrationRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def say(request: PortalRequest, new: Registration) -> None:
    """Say what came of it."""
    words = _("%(person)s has a seat. We're e-mailing them.")
    if not new.is_seated:
        words = _("%(person)s is on the waitlist. We're e-mailing them.")
    messages.success(request, words % {"person": new.person})
