"""One's own positions beside the one on the profile: one more, leaving one, and being named there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.models import local_day
from partners.people.domain import positions
from partners.people.exceptions import PositionRefused
from partners.people.forms.account import PositionForm
from partners.people.requests import PortalRequest, person_or_403


@require_http_methods(["GET", "HEAD", "POST"])
def position_new(request: PortalRequest) -> HttpResponse:
    """Say that one works at one more place."""
    person, form = person_or_403(request), PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            position = positions.add_position(person, **form.cleaned_data, on=local_day(timezone.now()))
        except PositionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved: %(position)s.") % {"position": position})
            return redirect("profile")
    status = 422 if form.errors else 200
    return render(request, "partners/people/position_new.html", {"form": form}, status=status)


@require_POST
def position_leave(request: PortalRequest) -> HttpResponse:
    """Say that one left a place."""
    person, key = person_or_403(request), _key(request)
    try:
        position = positions.leave_position(person, key, on=local_day(timezone.now()))
    except PositionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You left: %(position)s.") % {"position": position})
    return redirect("profile")


@require_POST
def position_unname(request: PortalRequest) -> HttpResponse:
    """Take one's name off the page of a place."""
    person, key = person_or_403(request), _key(request)
    try:
        position = positions.unname(person, key)
    except PositionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"name": position.organization_name}
        messages.success(request, _("Your name is no longer shown on the page for %(name)s.") % said)
    return redirect("profile")


def _key(request: PortalRequest) -> int:
    """Return which of one's positions is meant. Raises Http404."""
    key = request.POST.get("position", "")
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    return int(key)
