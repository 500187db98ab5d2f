"""What colleagues add to a resource: a trial, a report, the need that it answers."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.library.domain import resources, trials
from meetings.library.exceptions import LibraryRefused
from meetings.library.forms.resource import ReportForm, TrialForm
from meetings.library.permissions import may_review
from meetings.models import AnsweredNeed, Resource, Trial
from partners.models import Need, local_day
from partners.people.requests import PortalRequest, acting, person_or_404

MOST_NEEDS = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def trial_new(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say where one tried a resource and what happened."""
    person, given = person_or_404(request), acting(request)
    one = get_object_or_404(Resource.objects.public(), uid=uid)
    initial = {
        "workplace": resources.organization_of(person, at=given["at"]),
        "on": local_day(given["at"]),
    }
    form = TrialForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        told = {name: typed[name] for name in ("on", "band", "text")}
        try:
            trials.add_trial(one, organization=typed["workplace"], **told, **given)
        except LibraryRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Thank you. Others can read it now."))
            return redirect(one)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "meetings/library/trial.html", {"form": form, "resource": one}, status=status)


@require_POST
def trial_remove(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take back one's own trial; staff may take back any."""
    person = person_or_404(request)
    mine = Q() if may_review(person) else Q(person=person)
    trial = get_object_or_404(Trial.objects.filter(mine).select_related("resource"), uid=uid)
    trials.remove_trial(trial)
    messages.success(request, _("It's gone."))
    return redirect(trial.resource)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resource_report(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Tell staff that something is wrong with a resource."""
    person_or_404(request)
    one = get_object_or_404(Resource.objects.public(), uid=uid)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trials.report(one, **form.cleaned_data, **acting(request))
        messages.success(request, _("Thank you. Network staff will look at it."))
        return redirect(one)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "meetings/library/report.html", {"form": form, "resource": one}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resource_needs(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say which needs of partners a resource answers; those on its subjects come first."""
    person = person_or_404(request)
    one = get_object_or_404(Resource.objects.public(), uid=uid)
    needs = Need.objects.visible_to(person).open().select_related("organization", "category")
    if request.method == "POST":
        need = get_object_or_404(needs, uid=_uid(request))
        try:
            if "remove" in request.POST:
                trials.take_answer_back(one, need, by=person)
            else:
                trials.answer(one, need, **acting(request))
        except LibraryRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
        return redirect("resource_needs", one.uid)
    undone = AnsweredNeed.objects.undone_by(person).filter(resource=one, need=OuterRef("pk"))
    answered = needs.filter(resources=one).annotate(can_undo=Exists(undone))
    alike = needs.filter(subjects__in=one.subjects.all()).values("pk")
    others = needs.exclude(pk__in=answered.values("pk"))
    rows = [*others.filter(pk__in=alike)[:MOST_NEEDS], *others.exclude(pk__in=alike)[:MOST_NEEDS]]
    context = {"resource": one, "answered": answered, "needs": rows[:MOST_NEEDS]}
    return render(request, "meetings/library/needs.html", context)


def _uid(request: PortalRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("need", ""))
    except ValueError:
        return None
