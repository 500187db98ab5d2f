"""Networks on the repair desk; setting one up is done on its own page."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings.admin.acts import CloseRegistration, OpenRegistration, PublishDrafts
from meetings.admin.network_form import ADDED, CHANGED, NetworkAddForm, NetworkChangeForm
from meetings.admin.network_rows import INLINES
from meetings.models import (
    Appointment,
    Meeting,
    Network,
    counted,
    with_dates,
)
from meetings.planning.domain import counting
from meetings.planning.domain.setting_up import check_title, create_network, touch
from partners.admin.base import HistoryDesk
from partners.admin.partner_list import short_day
from partners.models import local_day
from partners.people.requests import person_or_403, portal_request
from stemnet.admin import portal
from stemnet.admin.cells import count, quiet, tag
from stemnet.admin.quick import Quick

WRITTEN_ELSEWHERE = ["slug", "status", "published_at", "zone", "cloned_from", "edition", "edited_by_name"]
WRITTEN_ELSEWHERE += ["credit_code"]  # changed where one sees who gains or loses by it


def _now(at: datetime) -> Q:
    """Ask which networks go on or are to come: their last own meeting is not over."""
    ahead = Meeting.objects.own().standing().filter(ends_at__gt=at)
    return Q(status=Network.Status.PUBLISHED, pk__in=ahead.values("network"))


def _not_open(at: datetime) -> Q:
    return Q(status=Network.Status.PUBLISHED, opens_at__gt=at)


QUICK = (
    Quick(
        "drafts",
        _("Drafts"),
        lambda at: Q(status=Network.Status.DRAFT),
        tag=ngettext_lazy("%(n)s draft", "%(n)s drafts", "n"),
        link=True,
    ),
    Quick("now", _("Networks now"), _now, link=True),
    Quick("later", _("Registration opens later"), _not_open),
    Quick("sessions", _("Information sessions"), lambda at: Q(kind=Network.Kind.INFORMATION_SESSION)),
)
STATUS_LOOKS = {Network.Status.DRAFT: "info", Network.Status.CANCELLED: "bad"}


@admin.register(Network)
class NetworkAdmin(HistoryDesk):
    """Every network; status and dates change through the domain only."""

    task, place = "networks", 10
    form = NetworkChangeForm
    quick = QUICK
    acts = (PublishDrafts, CloseRegistration, OpenRegistration)
    list_display = ["shown_title", "school_year", "state", "begins", "how_many", "shown_seats"]
    list_filter = [
        "school_year",
        "status",
        "kind",
        "subjects",
        "audiences",
        ("credit_code", admin.EmptyFieldListFilter),
    ]
    search_fields = ["title", "slug", "school_year", "pdp_topic"]
    search_help_text = _("Title, address, school year or topic")
    ordering = ["-school_year", "title", "pk"]
    autocomplete_fields = ["provider"]
    inlines = INLINES

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read when each begins, and how many meetings it has."""
        rows = with_dates(super().get_queryset(request).select_related("provider"))
        return rows.annotate(meetings_standing=counted(Meeting.objects.own().standing()))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for the dates of a new one."""
        if obj is None:
            kwargs["form"] = NetworkAddForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Lock what is written on pages of its own."""
        return [*WRITTEN_ELSEWHERE, "page"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what a new one needs, or what may be changed of one that is there."""
        return CHANGED if obj else ADDED

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Show no rows below what is only being added."""
        return super().get_inlines(request, obj) if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it for a draft that was never published."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.published_at is None)

    def portal_page(self, obj: Any) -> str:
        """Return the staff page of a network; of a draft the page where it is set up."""
        name = "network_edit" if obj.status == Network.Status.DRAFT else "staff_network"
        return portal.page(name, obj.slug)

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, network: Network) -> str:
        """Return the title."""
        return network.title

    @admin.display(description=_("status"), ordering="status")
    def state(self, network: Any) -> str:
        """Return how far it is; only what is unusual is a tag."""
        at = timezone.now()
        if network.status != Network.Status.PUBLISHED:
            return tag(network.get_status_display(), STATUS_LOOKS[Network.Status(network.status)])
        if network.first_starts_at is None or network.first_starts_at > at:
            return quiet(_("Upcoming"))
        over = network.last_ends_at is not None and network.last_ends_at <= at
        return quiet(_("Over") if over else _("Going on"))

    @admin.display(description=_("begins"), ordering="first_starts_at")
    def begins(self, network: Any) -> str:
        """Return the day of its first meeting."""
        if network.first_starts_at is None:
            return tag(_("no date"), "bad")
        return short_day(local_day(network.first_starts_at, network.zone))

    @admin.display(description=_("meetings"), ordering="meetings_standing")
    def how_many(self, network: Any) -> str:
        """Return how many meetings it has; they open their list."""
        url = f"{reverse('admin:meetings_meeting_changelist')}?network={network.pk}"
        return count(network.meetings_standing, url)

    @admin.display(description=_("seats"), ordering="seats")
    def shown_seats(self, network: Network) -> int:
        """Return how many seats it has."""
        return network.seats

    @admin.display(description=_("page"))
    def page(self, network: Network) -> str:
        """Return where it is set up."""
        return format_html(
            '<a href="{}">{}</a>', portal.page("network_edit", network.slug), _("Set up on its own page")
        )

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Network, form: Any, change: bool) -> None:
        """Begin a draft with its dates, or let an open page of the network notice the change."""
        by, at = person_or_403(portal_request(request)), timezone.now()
        if not change:
            made = create_network(form.plan(), by=by, at=at)
            obj.pk, obj.slug, obj._state.adding = made.pk, made.slug, False
            return
        check_title(obj)
        touch(obj, by=by, at=at)
        with counting.watched(obj, at=at):
            super().save_model(request, obj, form, change)


@admin.register(Appointment)
class AppointmentAdmin(HistoryDesk):
    """Who works for one network only; who works for all is in a group of their login."""

    task, place, delegable = "networks", 50, False
    list_display = ["person", "network", "role"]
    list_select_related = ["person", "network"]
    list_filter = ["role", "network__school_year"]
    search_fields = [
        "person__plain_first_name",
        "person__plain_last_name",
        "person__emails__address",
        "network__title",
    ]
    search_help_text = _("Person, e-mail address or network")
    autocomplete_fields = ["person", "network"]
