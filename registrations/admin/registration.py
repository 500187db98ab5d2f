"""Registrations on the repair desk: statuses change by acts of the domain, each with its reason."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings.models import Meeting
from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.admin.partner_list import short_day
from partners.models import local_day
from partners.people.requests import person_or_403, portal_request
from registrations.admin.acts.seating import GiveSeats, RemovePeople, status_tag
from registrations.admin.base import LookingDesk
from registrations.admin.registration_form import LEADER, RegistrationForm
from registrations.credit.domain import demonstrating
from registrations.models import (
    Acceptance,
    Attendance,
    GroupMembership,
    PlannedAbsence,
    Registration,
    RegistrationChange,
    Seen,
)
from registrations.seats.domain import correcting, seats
from registrations.seats.exports import group_name, registrations_sheet
from stemnet import wording
from stemnet.admin.cells import quiet, tag
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick
from stemnet.views.tables import attached

Status = Registration.Status


class ChangeInline(ReadOnlyInline):
    """Its statuses so far."""

    model = RegistrationChange
    fields = ["at", "from_status", "to_status", "by_name", "reason"]


class AcceptanceInline(ReadOnlyInline):
    """What was promised, in which wording."""

    model = Acceptance
    fields = ["version", "accepted_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the wordings at once."""
        return super().get_queryset(request).select_related("version")


class MembershipInline(ReadOnlyInline):
    """Working groups, left ones included."""

    model = GroupMembership
    fields = ["working_group", "joined_at", "left_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups at once."""
        return super().get_queryset(request).select_related("working_group", "registration__person")


class AbsenceInline(ReadOnlyInline):
    """Meetings that the person said beforehand to miss."""

    model = PlannedAbsence
    fields = ["meeting", "said_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the meetings at once."""
        together = ("meeting", "registration__person", "registration__network")
        return super().get_queryset(request).select_related(*together)


class AttendanceInline(ReadOnlyInline):
    """What counts, meeting by meeting."""

    model = Attendance
    fields = ["meeting", "status", "minutes_scheduled", "minutes_attended", "minutes_counted", "source"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the meetings at once."""
        return super().get_queryset(request).select_related("meeting")


QUICK = (
    Quick("seated", _("With a seat"), lambda at: Q(status=Status.SEATED)),
    Quick(
        "waiting",
        _("On the waitlist"),
        lambda at: Q(status__in=(Status.WAITING, Status.OFFERED)),
        tag=ngettext_lazy("%(n)s waiting", "%(n)s waiting", "n"),
        link=True,
    ),
    Quick(
        "unlisted",
        _("Organization not listed"),
        lambda at: (
            Q(status__in=Registration.LIVE, position__organization=None)
            & ~Q(position__organization_words="")
            & Q(position__isnull=False)
        ),
    ),
    Quick("gone", _("Left or removed"), lambda at: ~Q(status__in=Registration.LIVE)),
)


class CameTo(admin.SimpleListFilter):
    """Narrow to who came to one meeting; offered once a network is chosen, in one more query."""

    title = _("came to")
    parameter_name = "came"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the meetings of the chosen network."""
        network = request.GET.get("network", "")
        if not network.isdecimal():
            return []
        meetings = Meeting.objects.standing().filter(network=int(network[:18])).order_by("starts_at", "pk")
        return [(str(one.pk), f"{one.title}, {wording.day(one.on)}") for one in meetings]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those who were seen there."""
        chosen = self.value() or ""
        return queryset.filter(came_to(int(chosen[:18]))) if chosen.isdecimal() else queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: QuerySet[Any]) -> dict[str, Count]:
        """Count all meetings by one query."""
        return {
            f"{number}__c": Count(pk_attname, filter=Q(came_to(int(key))))
            for number, (key, _words) in enumerate(self.lookup_choices)
        }


def came_to(meeting: int) -> Exists:
    """Return the condition that somebody was seen at a meeting."""
    seen = Attendance.objects.filter(registration=OuterRef("pk"), meeting=meeting, status=Seen.PRESENT)
    return Exists(seen)


@admin.register(Registration)
class RegistrationAdmin(HistoryDesk):
    """Every registration; nobody gets or loses a seat here but by the same acts as everywhere."""

    task, place = "people", 20
    form = RegistrationForm
    quick = QUICK
    acts = (GiveSeats, RemovePeople)
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
        "person__plain_first_name",
        "person__plain_last_name",
        "person__emails__address",
        "position__organization__plain_name",
        "position__plain_organization_words",
        "network__title",
    ]
    search_help_text = _("Person, e-mail address, organization or network")
    ordering = ["-id"]
    actions = ["export_xlsx", "export_csv"]
    inlines = [ChangeInline, AcceptanceInline, MembershipInline, AbsenceInline, AttendanceInline]
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
        return rows.with_place().select_related(*together).prefetch_related("person__emails", groups)

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
            return quiet(registration.get_status_display())
        place = registration.place
        words = _("no. %(place)s") % {"place": place} if place else ""
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

    @admin.action(description=_("Export (Excel)"), permissions=["view"])
    def export_xlsx(self, request: HttpRequest, queryset: Any) -> FileResponse | StreamingHttpResponse:
        """Hand out the chosen ones as a workbook."""
        return self._exported(queryset, "xlsx")

    @admin.action(description=_("Export (CSV)"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: Any) -> FileResponse | StreamingHttpResponse:
        """Hand out the chosen ones as a table."""
        return self._exported(queryset, "csv")

    def _exported(self, queryset: Any, kind: str) -> FileResponse | StreamingHttpResponse:
        name = f"registrations-{local_day(timezone.now()):%Y-%m-%d}.{kind}"
        return attached(name, [registrations_sheet(queryset.by_name().iterator(500))])


@admin.register(Acceptance)
class AcceptanceAdmin(LookingDesk):
    """Who accepted which wording, and when."""

    task, place, list_name = "records", 70, _("Accepted commitments")
    list_display = ["person", "network", "version", "accepted_at"]
    list_select_related = ["registration__person", "registration__network", "version"]
    list_filter = ["registration__network__school_year"]
    search_fields = [
        "registration__person__plain_first_name",
        "registration__person__plain_last_name",
        "version__text",
        "registration__network__title",
    ]
    date_hierarchy = "accepted_at"
    ordering = ["-id"]

    @admin.display(description=_("person"), ordering="registration__person__plain_last_name")
    def person(self, acceptance: Acceptance) -> str:
        """Who."""
        return str(acceptance.registration.person)

    @admin.display(description=_("network"))
    def network(self, acceptance: Acceptance) -> str:
        """Return the network that it belongs to."""
        return str(acceptance.registration.network)
