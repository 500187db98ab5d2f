"""The reserved seats of an organization, for its contact: who comes, somebody else instead, giving back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.models import Organization
from partners.people.permissions import may_speak_for
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.models import Registration, Reservation, SeatInvitation
from registrations.seats.domain import naming, reserving, seat_list
from registrations.seats.exceptions import ReservationRefused, WithdrawingRefused
from registrations.seats.forms.reserving import NameForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reserved_seats(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the seats that are reserved, with who is on them; take a name, or seats that are given back."""
    organization = own(request, slug)
    form = NameForm(request.POST if request.POST.get("act") == "name" else None)
    if request.method == "POST":
        mine = Reservation.objects.filter(organization=organization).select_related("network", "organization")
        reservation = get_object_or_404(mine, uid=uuid_of(request))
        act = name if request.POST.get("act") == "name" else give_back
        if act(request, reservation, form):
            return redirect("reserved_seats", organization.slug)
    context = {
        "organization": organization,
        "reservations": seat_list.seats_of(organization, at=timezone.now()),
        "form": form,
        "empty": NameForm(),
        "of": request.POST.get("reservation", ""),
    }
    return render(request, "registrations/seats/reserved_seats.html", context)


def name(request: PortalRequest, reservation: Reservation, form: NameForm) -> bool:
    """Put a name on a seat; return whether it was done, else the form says why not."""
    if not form.is_valid():
        return False
    try:
        naming.name_colleague(reservation, **form.cleaned_data, **acting(request))
    except ReservationRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("We e-mailed %(who)s.") % {"who": form.cleaned_data["address"]})
    return True


def give_back(request: PortalRequest, reservation: Reservation, _form: NameForm) -> bool:
    """Give seats back."""
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    try:
        reserving.give_back(reservation, number=number, **acting(request))
    except ReservationRefused as refused:
        messages.error(request, str(refused))
    else:
        words = ngettext("You gave %(n)s seat back.", "You gave %(n)s seats back.", number)
        messages.success(request, words % {"n": number})
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reserved_seat(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Ask once, then take somebody off a reserved seat, so that somebody else can be named for it."""
    organization = own(request, slug)
    asked = SeatInvitation.objects.filter(uid=uid, reservation__organization=organization)
    seated = Registration.objects.filter(uid=uid, reservation__organization=organization)
    invitation = asked.select_related("network", "party").first()
    registration = seated.select_related("network", "person").first()
    if invitation is None and registration is None:
        raise Http404
    if request.method == "POST":
        try:
            if registration is not None:
                naming.take_seat_back(registration, **acting(request))
            elif invitation is not None:
                naming.take_name_off(invitation, **acting(request))
        except (ReservationRefused, WithdrawingRefused) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The seat has nobody on it now. You can name somebody else."))
        return redirect("reserved_seats", organization.slug)
    one = registration or invitation
    context = {"organization": organization, "network": one and one.network, "has_taken": registration}
    return render(request, "registrations/seats/reserved_seat.html", context)


def own(request: PortalRequest, slug: str) -> Organization:
    """Return the organization that the reader is the contact of, or coordinates; else 404."""
    person = person_or_404(request)
    organization = get_object_or_404(Organization.objects.current(), slug=slug)
    if not may_speak_for(person, organization):
        raise Http404
    return organization


def uuid_of(request: PortalRequest) -> UUID:
    """Return the reservation that a form is about. Raises Http404 for what is none."""
    try:
        return UUID(request.POST.get("reservation", ""))
    except ValueError as error:
        raise Http404 from error
