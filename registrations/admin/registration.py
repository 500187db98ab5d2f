"""Registrations on the repair desk: statuses change by acts of the domain, each with its reason."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partners.admin.base import HistoryDesk
from partners.admin.partner_list import short_day
from partners.models import local_day
from partners.people.requests import person_or_403, portal_request
from registrations.admin.acts.seating import GiveSeats, RemovePeople, status_tag
from registrations.admin.registration_form import LEADER, RegistrationForm
from registrations.admin.registration_questions import QUICK, CameTo
from registrations.admin.registration_rows import INLINES
from registrations.credit.domain import demonstrating
from registrations.models import (
    GroupMembership,
    Registration,
)
from registrations.seats.domain import correcting, line, seats
from registrations.seats.exports import group_name, registrations_sheet
from stemnet import wording
from stemnet.admin.acts import Asking
from stemnet.admin.cells import quiet, tag
from stemnet.admin.exporting import Export
from stemnet.admin.facets import WorkList
from stemnet.admin.filters import RowsFilter
from stemnet.tables.writing import Sheet

Status = Registration.Status


class ExportRegistrations(Export):
    """A table of registrations."""

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return rows with whom they name."""
        return queryset.select_related("person", "network")

    def table(self, rows: Any, *, asking: Asking) -> tuple[str, list[Sheet]]:
        """Return the table."""
        name = f"registrations-{local_day(asking.at):%Y-%m-%d}.{asking.said['kind']}"
        return name, [registrations_sheet(rows.by_name().iterator(500))]


class PlacedList(WorkList):
    """A page of registrations, with the place in line of who waits and the open offer of who has one."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page, then the lines that its rows stand in."""
        super().get_results(request)
        rows: Any = list(self.result_list)
        self.result_list = rows
        line.tell_apart(rows, {one.network_id: one.network for one in rows}.values())


@admin.register(Registration)
class RegistrationAdmin(HistoryDesk):
    """Every registration; nobody gets or loses a seat here but by the same acts as everywhere."""

    task, place = "people", 20
    form = RegistrationForm
    quick = QUICK
    acts = (GiveSeats, RemovePeople, ExportRegistrations)
    portal_column = False
    list_display = ["who", "where", "status_words", "shown_network", "group", "asked", "portal"]
    list_filter = [
        ("network", RowsFilter),
        CameTo,
        ("position__organization", RowsFilter),
        "status",
        "network__school_year",
        "position__job",
    ]
    search_fields = [
        "person__plain_last_name",
        "person__plain_first_name",
        "person__plain_certificate_name",
        "person__emails__address",
        "position__organization__plain_name",
        "position__plain_organization_words",
    ]
    search_help_text = _("Person, e-mail address or organization")
    ordering = ["-id"]
    inlines = INLINES
    fieldsets = [
        (_("Who"), {"fields": [("first_name", "last_name"), "certificate_name"]}),
        (_("Where they work"), {"fields": ["organization", "job"]}),
        (_("In this network"), {"fields": ["network", "shown_status", "group", "seen"]}),
        (_("Comes for"), {"fields": ["leader_name", "leader_job", "leader_email"]}),
        (_("Learning"), {"fields": ["demonstrated_at", "grades", "party_size", "origin"]}),
    ]

    class Media:
        js = ["vendor/htmx/htmx.min.js"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the columns say, and the place in line of who waits."""
        rows: Any = super().get_queryset(request)
        together = ("person", "network", "position__organization")
        memberships = GroupMembership.objects.current().select_related("working_group")
        groups = Prefetch("group_memberships", queryset=memberships)
        return rows.select_related(*together).prefetch_related(groups)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[WorkList]:
        """Return the list that knows places in line."""
        return PlacedList

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Lock what people did and what acts change."""
        return ["network", "shown_status", "grades", "party_size", "origin"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for a group only where there is one to choose."""
        has_groups = obj is not None and obj.is_live and obj.network.working_groups.exists()
        shown = []
        for title, options in self.fieldsets:
            fields = [name for name in options["fields"] if name != "group" or has_groups]
            shown.append((title, {**options, "fields": fields}))
        return shown

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: people register themselves, or walk in at the attendance desk."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a registration ends by a status, never by vanishing."""
        return False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Registration, form: Any, change: bool) -> None:
        """Let the domain correct what was typed; documents follow a demonstration that was accepted here."""
        at, by = timezone.now(), person_or_403(portal_request(request))
        correcting.correct(obj, form.corrections(), by=by, at=at)
        changed = [name for name in LEADER if name in form.changed_data]
        if changed:
            obj.save(update_fields=changed)
        if "demonstrated_at" in changed:
            demonstrating.follow_demonstration(seats.lock_network(obj.network), obj, at=at)

    def portal_page(self, obj: Any) -> str:
        """Return the staff page of the person in the network."""
        return reverse("staff_person", args=[obj.network.slug, obj.uid])

    @admin.display(description=_("name"), ordering="person__plain_last_name")
    def who(self, registration: Registration) -> str:
        """Return who, last name first."""
        return registration.person.sorted_name

    @admin.display(description=_("organization"), ordering="position__organization__plain_name")
    def where(self, registration: Registration) -> str:
        """Return where they work; a tag says that it is not listed."""
        position = registration.position
        if position is None:
            return quiet(_("none"))
        if position.organization is None and position.organization_words:
            return format_html("{} {}", position.organization_words, tag(_("not listed"), "warn"))
        return position.organization_name

    @admin.display(description=_("status"), ordering="status")
    def status_words(self, registration: Any) -> str:
        """Return the status; only what is unusual is a tag."""
        if registration.status == Status.SEATED:
            return quiet(Status.SEATED.label)
        words = _("no. %(place)s") % {"place": registration.place} if registration.place else ""
        if registration.offer:
            until = wording.moment(registration.offer.until, registration.network.zone)
            words = _("until %(until)s") % {"until": until}
        return format_html('<span class="nowrap">{} {}</span>', status_tag(registration), words)

    @admin.display(description=_("status"))
    def shown_status(self, registration: Any) -> str:
        """Return the status on the form."""
        return status_tag(registration)

    @admin.display(description=_("network"), ordering="network__title")
    def shown_network(self, registration: Registration) -> str:
        """Return the network with its year."""
        return str(registration.network)

    @admin.display(description=_("group"))
    def group(self, registration: Registration) -> str:
        """Return the working group."""
        return group_name(registration) or quiet("–")

    @admin.display(description=_("registered"), ordering="requested_at")
    def asked(self, registration: Registration) -> str:
        """Return the day of registering."""
        return short_day(local_day(registration.requested_at, registration.network.zone))

    @admin.display(description=_("grades"))
    def grades(self, registration: Registration) -> str:
        """Return the grades in words."""
        return registration.grade_words or "–"
