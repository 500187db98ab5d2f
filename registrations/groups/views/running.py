"""Running a group: its settings and its own meetings; and what members write down of what they make."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.groups.domain import deliverables, own_meetings
from meetings.models import Meeting, Modality, Network, WorkingGroup
from meetings.planning.domain import counting
from meetings.planning.domain.leads import set_leads
from meetings.planning.exceptions import MeetingsRefused
from partners.models import known_partnership, local_day
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.groups.forms import CancelForm, DeliverableForm, GroupMeetingForm, SettingsForm
from registrations.groups.views.asking import open_group_or_404, run_group_or_403

FORM = require_http_methods(["GET", "HEAD", "POST"])
COPIED = ("title", "start_time", "end_time", "zone", "modality", "venue", "address", "room", "join_url")


def page(request: PortalRequest, name: str, group: WorkingGroup, form: Any, **more: Any) -> HttpResponse:
    """Draw the page of one form about a group; one that was typed wrongly comes back as it was."""
    status = 422 if request.method == "POST" else 200
    context = {"group": group, "form": form, **more}
    return render(request, f"registrations/groups/{name}.html", context, status=status)


@never_cache
@FORM
def group_settings(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say what the group is about, how people join, and who leads it."""
    group, now = run_group_or_403(request, uid), timezone.now()
    form = SettingsForm(request.POST or None, instance=group, by_staff=_works_for(request, group))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic(), counting.watched(group.network, at=now):
            group = form.save()
            set_leads(group, form.cleaned_data["leads"], on=local_day(now))
        messages.success(request, _("The group is saved."))
        return redirect(group)
    return page(request, "settings", group, form)


def _works_for(request: PortalRequest, group: WorkingGroup) -> bool:
    """Return whether the asker is staff of the group's network, or a coordinator."""
    person = person_or_404(request)
    if group.network is None:
        return person.is_coordinator
    return Network.objects.staffed_by(person).filter(pk=group.network.pk).exists()


@never_cache
@FORM
def group_meeting_new(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Plan a meeting of the group."""
    group, now = run_group_or_403(request, uid), timezone.now()
    form = GroupMeetingForm(request.POST or None, at=now, initial=_like_the_last(group))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            own_meetings.plan_meeting(group, title=values["title"], values=values, **acting(request))
        except MeetingsRefused as refusal:
            form.add_error("start_time", str(refusal))
        else:
            messages.success(request, _("The meeting is planned. We've e-mailed the group."))
            return redirect(group)
    return page(request, "meeting", group, form)


@never_cache
@FORM
def group_meeting_edit(request: PortalRequest, uid: UUID, meeting: UUID) -> HttpResponse:
    """Move a meeting of the group, or change its title or place."""
    group, row = _meeting(request, uid, meeting)
    form = _form_of(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        words = {"title": values["title"], "values": values, "reason": values["reason"]}
        try:
            own_meetings.change_meeting(row, **words, **acting(request))
        except MeetingsRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is saved. We e-mail the group what changed."))
            return redirect(group)
    return page(request, "meeting", group, form, meeting=row, cancel=CancelForm(auto_id="cancel-%s"))


def _form_of(meeting: Meeting, data: QueryDict | None) -> GroupMeetingForm:
    initial = {"on": meeting.on, **{name: getattr(meeting, name) for name in COPIED}}
    return GroupMeetingForm(data, meeting=meeting, at=timezone.now(), initial=initial)


@require_POST
def group_meeting_cancel(request: PortalRequest, uid: UUID, meeting: UUID) -> HttpResponse:
    """Call a meeting of the group off."""
    group, row = _meeting(request, uid, meeting)
    form = CancelForm(request.POST, auto_id="cancel-%s")
    if not form.is_valid():
        return page(request, "meeting", group, _form_of(row, None), meeting=row, cancel=form)
    try:
        own_meetings.cancel_meeting(row, reason=form.cleaned_data["reason"], **acting(request))
    except MeetingsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The meeting is cancelled. We've e-mailed the group."))
    return redirect(group)


@never_cache
@FORM
def deliverable_new(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Write down something that the group makes."""
    group = open_group_or_404(request, uid)
    return _deliverable(request, group, DeliverableForm(request.POST or None, group=group))


@never_cache
@FORM
def deliverable_edit(request: PortalRequest, uid: UUID, deliverable: UUID) -> HttpResponse:
    """Say how far it is; with ``remove`` take it away."""
    group = open_group_or_404(request, uid)
    row = get_object_or_404(group.deliverables, uid=deliverable)
    if request.method == "POST" and "remove" in request.POST:
        row.delete()
        messages.success(request, _("“%(title)s” is removed.") % {"title": row.title})
        return redirect(group)
    return _deliverable(request, group, DeliverableForm(request.POST or None, instance=row, group=group))


def _deliverable(request: PortalRequest, group: WorkingGroup, form: DeliverableForm) -> HttpResponse:
    row = form.instance if form.instance.pk else None
    if request.method == "POST" and form.is_valid():
        deliverables.write(group, form.cleaned_data, row=row)
        messages.success(request, _("It's saved."))
        return redirect(group)
    return page(request, "deliverable", group, form, deliverable=row)


def _meeting(request: PortalRequest, uid: UUID, meeting: UUID) -> tuple[WorkingGroup, Meeting]:
    group = run_group_or_403(request, uid)
    return group, get_object_or_404(group.meetings.select_related("network", "working_group"), uid=meeting)


def _like_the_last(group: WorkingGroup) -> dict[str, Any]:
    """Return what a new meeting begins with: as the last one was, else on the clock of the network."""
    last = group.meetings.order_by("starts_at").last()
    if last:
        return {name: getattr(last, name) for name in COPIED if name != "title"}
    one = known_partnership()
    zone = group.network.zone if group.network else (one.zone if one else "America/New_York")
    return {"zone": zone, "modality": Modality.ONLINE}
