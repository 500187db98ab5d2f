"""Make-up work of one person for one meeting: added, corrected and taken back by staff of the network."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.models import Meeting, Network
from partners.models import local_day
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import making_up
from registrations.attendance.exceptions import AttendanceRefused, MakeUpRefused, ReasonWanted
from registrations.attendance.forms.make_up import CorrectMakeUpForm, MakeUpForm
from registrations.attendance.pages.desk import where
from registrations.models import Evidence, Registration, Source


def of_staff(request: PortalRequest, uid: UUID, registration: UUID) -> tuple[Meeting, Registration]:
    """Return a meeting and a person of a network that the asker staffs, else 404; leads only mark."""
    networks = Network.objects.staffed_by(person_or_404(request))
    meetings = Meeting.objects.filter(network__in=networks).select_related("network", "working_group")
    meeting = get_object_or_404(meetings, uid=uid)
    people = Registration.objects.filter(network=meeting.network_id, seated_at__isnull=False)
    return meeting, get_object_or_404(people.select_related("person", "network"), uid=registration)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_make_up(request: PortalRequest, uid: UUID, registration: UUID) -> HttpResponse:
    """Show what one person made up for, and add to it."""
    meeting, one = of_staff(request, uid, registration)
    if request.method != "POST":
        return page(request, meeting, one)
    form = MakeUpForm(request.POST, most=making_up.minutes_open(one, meeting))
    if form.is_valid() and approved(request, meeting, one, form):
        messages.success(request, _("The make-up work was added."))
        return redirect("staff_make_up", uid=uid, registration=registration)
    return page(request, meeting, one, form=form, status=422)


@never_cache
@require_POST
def staff_make_up_mark(request: PortalRequest, uid: UUID, registration: UUID, mark: int) -> HttpResponse:
    """Correct make-up work, or take it back where that button was pressed."""
    meeting, one = of_staff(request, uid, registration)
    theirs = Evidence.objects.filter(
        meeting=meeting, registration__person=one.person_id, source=Source.MAKE_UP
    )
    old = get_object_or_404(theirs, pk=mark)
    if old.replaced_at:
        messages.error(request, making_up.CHANGED)
        return redirect("staff_make_up", uid=uid, registration=registration)
    form = correction(meeting, one, old, request.POST)
    act = taken_back if form.takes_back else approved
    if form.is_valid() and act(request, meeting, one, form):
        words = (
            _("The make-up work was removed.") if form.takes_back else _("The make-up work was corrected.")
        )
        messages.success(request, words)
        return redirect("staff_make_up", uid=uid, registration=registration)
    return page(request, meeting, one, corrected=form, status=422)


def correction(meeting: Meeting, one: Registration, mark: Evidence, typed: Any = None) -> CorrectMakeUpForm:
    """Return the form of make-up work that stands."""
    return CorrectMakeUpForm(typed, mark=mark, most=making_up.minutes_open(one, meeting, without=mark))


def approved(
    request: PortalRequest,
    meeting: Meeting,
    one: Registration,
    form: MakeUpForm,
) -> bool:
    """Let the domain write the make-up work; what it refuses is said at the form."""
    try:
        making_up.approve_make_up(
            registration=one,
            meeting=meeting,
            by=person_or_404(request),
            at=timezone.now(),
            instead_of=form.mark.pk if isinstance(form, CorrectMakeUpForm) else None,
            **form.cleaned_data,
        )
    except AttendanceRefused as refusal:
        say_at(form, refusal)
    return form.is_valid()


def taken_back(request: PortalRequest, meeting: Meeting, one: Registration, form: CorrectMakeUpForm) -> bool:
    """Let the domain take make-up work back; what it refuses is said at the form."""
    reason, by = form.cleaned_data["reason"], person_or_404(request)
    try:
        making_up.take_back_make_up(
            registration=one, meeting=meeting, mark=form.mark.pk, by=by, at=timezone.now(), reason=reason
        )
    except AttendanceRefused as refusal:
        say_at(form, refusal)
    return form.is_valid()


def say_at(form: MakeUpForm, refusal: AttendanceRefused) -> None:
    """Say a "no" of the domain where it happened."""
    if isinstance(refusal, MakeUpRefused):
        form.add_error(refusal.field, str(refusal))
    else:
        form.add_error("reason" if isinstance(refusal, ReasonWanted) else None, str(refusal))


def page(
    request: PortalRequest,
    meeting: Meeting,
    one: Registration,
    *,
    form: MakeUpForm | None = None,
    corrected: CorrectMakeUpForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page; ``form`` or ``corrected`` is what was typed and can't be taken."""
    viewer, most = person_or_404(request), making_up.minutes_open(one, meeting)
    today = local_day(timezone.now(), meeting.zone)
    standing = making_up.approved(one, meeting).order_by("at", "pk")
    fresh = MakeUpForm(most=most, initial={"minutes": most, "done_on": today})
    context = {
        **where(meeting, viewer),
        "registration": one,
        "most": most,
        "is_over": meeting.ends_at <= timezone.now(),
        "is_me": one.person_id == viewer.pk,
        "corrections": [
            corrected if corrected and corrected.mark == mark else correction(meeting, one, mark)
            for mark in standing
        ],
        "opened": corrected.mark.pk if corrected else None,
        "form": form or fresh,
    }
    return render(request, "registrations/attendance/make_up.html", context, status=status)
