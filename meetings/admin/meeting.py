"""Meetings on the repair desk; what people are told of changes on pages that tell them."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from meetings.admin.meeting_form import PLANNED, TOLD, MeetingForm, is_draft
from meetings.models import AgendaItem, Break, Material, Meeting, MeetingChange, Modality
from meetings.planning.domain import breaks, counting, setting_up
from meetings.planning.exceptions import MeetingsRefused
from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.people.requests import person_or_403, portal_request
from stemnet import wording
from stemnet.admin import portal
from stemnet.admin.cells import tag
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick

MOST_CHANGED = 100  # meetings that one address can name


class BreakFormSet(forms.BaseInlineFormSet[Break, Meeting, Any]):
    """The breaks of one meeting, checked together."""

    def clean(self) -> None:
        """Refuse a break outside the meeting, and two at once."""
        super().clean()
        if any(self.errors):
            return
        kept = [form.instance for form in self.forms if form.has_changed() or form.instance.pk]
        try:
            breaks.check(one for one in kept if one not in self.deleted())
        except MeetingsRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def deleted(self) -> list[Break]:
        """Return the breaks that are to go."""
        return [form.instance for form in self.deleted_forms]


class BreakInline(admin.TabularInline[Break, Meeting]):
    """When it pauses; of a meeting that was held, people's hours follow."""

    model = Break
    formset = BreakFormSet
    fields = ["start_time", "minutes"]
    extra = 0


class MaterialInline(ReadOnlyInline):
    """What it shares, also what was removed."""

    model = Material
    fields = ["title", "kind", "seen_by", "seen_from", "added_at", "removed_at"]
    readonly_fields = ["removed_at"]


class ChangeInline(ReadOnlyInline):
    """What people were told."""

    model = MeetingChange
    fields = ["at", "what", "by_name", "reason", "before", "after"]


class AgendaInline(ReadOnlyInline):
    """What it goes through; written on its page, where breaks follow."""

    model = AgendaItem
    fields = ["place", "title", "minutes", "kind", "presenter", "presenter_name"]


def _upcoming(at: datetime) -> Q:
    return Q(status=Meeting.Status.SCHEDULED, ends_at__gt=at)


QUICK = (
    Quick("upcoming", _("Upcoming"), _upcoming),
    Quick("past", _("Past"), lambda at: Q(status=Meeting.Status.SCHEDULED, ends_at__lte=at)),
    Quick(
        "no_link",
        _("No link to join"),
        lambda at: _upcoming(at) & Q(join_url="") & ~Q(modality=Modality.IN_PERSON),
        tag=ngettext_lazy("%(n)s without a link", "%(n)s without a link", "n"),
    ),
    Quick(
        "no_place",
        _("No place"),
        lambda at: _upcoming(at) & Q(venue="", address="") & ~Q(modality=Modality.ONLINE),
        tag=ngettext_lazy("%(n)s without a place", "%(n)s without a place", "n"),
    ),
)


@admin.register(Meeting)
class MeetingAdmin(HistoryDesk):
    """Every meeting; of a draft all may be changed here, of others what nobody needs to be told of."""

    task, place = "networks", 20
    form = MeetingForm
    quick = QUICK
    portal_column = False
    list_display = ["title", "of", "when", "held"]
    actions = ["change_or_cancel"]
    list_filter = [("network", RowsFilter), "network__school_year", "modality", "status", "counts"]
    list_select_related = ["network", "working_group"]
    search_fields = ["title", "network__title", "working_group__title", "venue"]
    search_help_text = _("Title, network, working group or place")
    ordering = ["-starts_at", "-id"]
    autocomplete_fields = ["network", "host"]
    inlines = [BreakInline, AgendaInline, MaterialInline, ChangeInline]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Lead to the portal last."""
        return [*super().get_list_display(request), "portal"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return what a new one needs, or all of one that is there."""
        if obj is None:
            return ["network", "title", *PLANNED, "tell"]
        where = ["working_group"] if obj.working_group_id else []
        about = ["subjects", "standards", "host", "counts", "category"]
        return ["network", *where, "title", "status", "told", *PLANNED, "zone", *about]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Lock what people are told of, once the network is published; whether hours count from its start."""
        if obj is None:
            return []
        begun = obj.starts_at <= timezone.now()
        locked = [] if is_draft(obj) else TOLD
        return ["network", "working_group", "status", "zone", *locked, *(["counts"] if begun else []), "told"]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Show no rows below what is only being added."""
        return super().get_inlines(request, obj) if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse but for a draft's: meetings are cancelled, so that people are told."""
        return super().has_delete_permission(request, obj) and (obj is None or is_draft(obj))

    def portal_page(self, obj: Any) -> str:
        """Return the page of a meeting; of a draft the page where its network is set up."""
        if is_draft(obj):
            return portal.page("network_edit", obj.network.slug)
        return portal.page("meeting", obj.uid)

    @admin.display(description=_("network"), ordering="network__title")
    def of(self, meeting: Meeting) -> str:
        """Return the network, or the working group."""
        group = meeting.working_group
        return ", ".join(str(one) for one in (meeting.network, group) if one is not None)

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, meeting: Meeting) -> str:
        """Return the day, and from when to when."""
        hours = wording.time_span(meeting.starts_at, meeting.ends_at, meeting.zone)
        day = wording.day(meeting.on)
        return format_html('<span class="nowrap">{}</span><br><small class="nowrap">{}</small>', day, hours)

    @admin.display(description=_("how and where"), ordering="venue")
    def held(self, meeting: Meeting) -> str:
        """Return how and where it is held, and what is missing for it."""
        if meeting.is_cancelled:
            return tag(meeting.get_status_display(), "bad")
        online, place = meeting.modality != Modality.IN_PERSON, meeting.modality != Modality.ONLINE
        words = ", ".join(filter(None, [meeting.venue, meeting.room])) if place else ""
        missing = []
        if place and not (meeting.venue or meeting.address):
            missing.append(_("no place"))
        if online and not meeting.join_url:
            missing.append(_("no link"))
        said = words or meeting.get_modality_display()
        tags = format_html_join("", " {}", ((tag(one, "warn"),) for one in missing))
        return format_html("{}{}", said, tags)

    @admin.display(description=_("date, place or link"))
    def told(self, meeting: Meeting) -> str:
        """Say how what people are told of is changed."""
        if is_draft(meeting):
            return gettext("Change them above. Nobody has been told yet.")
        url = portal.page("staff_change_meetings", meeting.network.slug) if meeting.network else ""
        if not url:
            return gettext("Set when the working group meets on its own page.")
        return format_html(
            '{} <a href="{}?meeting={}">{}</a>',
            _("People are told of changes."),
            url,
            meeting.uid,
            _("Change date, place or link, and see who is told"),
        )

    @admin.action(description=_("Change or cancel"), permissions=["change"])
    def change_or_cancel(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> HttpResponse | None:
        """Lead to the page that says who is told of the chosen meetings, which tells each person once."""
        chosen = list(queryset.select_related("network").order_by("starts_at")[:MOST_CHANGED])
        networks = {one.network for one in chosen}
        network = networks.pop() if len(networks) == 1 else None
        url = portal.page("staff_change_meetings", network.slug) if network else ""
        if not url:
            self.message_user(request, gettext("Choose meetings of one network."), messages.ERROR)
            return None
        return redirect(f"{url}?{urlencode([('meeting', one.uid) for one in chosen])}")

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        """Plan a meeting by the domain, and let an open page of the network notice the change."""
        by, at = person_or_403(portal_request(request)), timezone.now()
        if not change:
            made = setting_up.add_meeting(form.cleaned_data["network"], form.plan(), by=by, at=at)
            obj.pk, obj._state.adding = made.pk, False
            return
        if is_draft(obj):
            planned = setting_up.change_planned(Meeting.objects.get(pk=obj.pk), form.plan(), by=by, at=at)
            obj.starts_at, obj.ends_at, obj.zone = planned.starts_at, planned.ends_at, planned.zone
        with counting.watched(obj.network, at=at):
            super().save_model(request, obj, form, change)
        if obj.network:
            setting_up.touch(obj.network, by=by, at=at, save=True)

    @transaction.atomic
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let people's hours follow other breaks."""
        with counting.watched(form.instance.network, at=timezone.now()):
            super().save_related(request, form, formsets, change)
