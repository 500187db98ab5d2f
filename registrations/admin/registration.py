"""Registrations on the repair desk: statuses change by acts of the domain, each with its reason."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.people.requests import person_or_403, portal_request
from registrations.admin.base import LookingDesk
from registrations.credit.domain import demonstrating
from registrations.models import (
    Acceptance,
    Attendance,
    GroupMembership,
    PlannedAbsence,
    Registration,
    RegistrationChange,
)
from registrations.seats.domain import seats, withdrawing
from registrations.seats.exceptions import RegistrationsRefused

MENDED_HERE = {"leader_name", "leader_job", "leader_email", "demonstrated_at"}


class ReasonForm(ActionForm):
    """Asks for the reason that an act wants."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


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


@admin.register(Registration)
class RegistrationAdmin(HistoryDesk):
    """Every registration; nobody gets or loses a seat here but by the same acts as everywhere."""

    task, place = "people", 20
    list_display = ["person", "network", "status", "line", "origin", "requested_at", "seated_at"]
    list_select_related = ["person", "network"]
    list_filter = ["status", "origin", "network__school_year", ("leader_name", admin.EmptyFieldListFilter)]
    search_fields = [
        "person__plain_first_name",
        "person__plain_last_name",
        "person__emails__address",
        "network__title",
    ]
    search_help_text = gettext_lazy("Person, e-mail address or network")
    date_hierarchy = "requested_at"
    ordering = ["-id"]
    action_form = ReasonForm
    actions = ["give_seats", "remove"]
    inlines = [ChangeInline, AcceptanceInline, MembershipInline, AbsenceInline, AttendanceInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Lock all but what was typed about a leader, and the accepted demonstration."""
        fields = Registration._meta.concrete_fields
        return [field.name for field in fields if field.name not in MENDED_HERE and field.name != "id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: people are added on the staff pages, where seats are counted."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a registration ends by a status, never by vanishing."""
        return False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Registration, form: Any, change: bool) -> None:
        """Let documents follow a demonstration that was accepted or taken back here."""
        super().save_model(request, obj, form, change)
        if "demonstrated_at" in form.changed_data:
            network = seats.lock_network(obj.network)
            demonstrating.follow_demonstration(network, obj, at=timezone.now())

    @admin.action(description=gettext_lazy("Give a seat to the people waiting"))
    def give_seats(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """Seat people from the waitlist; passing others or going over the seats wants a reason."""
        self.act_on(request, queryset.order_by("network", "line"), seats.give_seat)

    @admin.action(description=gettext_lazy("Remove from the network (with a reason)"))
    def remove(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """End registrations; each person is told the reason."""
        self.act_on(request, queryset, withdrawing.remove_from_network)

    def act_on(self, request: HttpRequest, queryset: QuerySet[Registration], act: Callable[..., Any]) -> None:
        """Do ``act`` to each, and say of each that is refused why."""
        reason, done = request.POST.get("reason", "").strip()[:300], 0
        for registration in queryset.select_related("person", "network"):
            try:
                act(registration, by=person_or_403(portal_request(request)), at=timezone.now(), reason=reason)
            except RegistrationsRefused as refusal:
                self.message_user(request, f"{registration.person}: {refusal}", messages.ERROR)
            else:
                done += 1
        text = ngettext("Done for %(number)s person.", "Done for %(number)s people.", done)
        self.message_user(request, text % {"number": done}, messages.SUCCESS if done else messages.INFO)


@admin.register(Acceptance)
class AcceptanceAdmin(LookingDesk):
    """Who accepted which wording, and when."""

    task, place, list_name = "records", 70, gettext_lazy("Accepted commitments")
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

    @admin.display(description=gettext_lazy("person"), ordering="registration__person__plain_last_name")
    def person(self, acceptance: Acceptance) -> str:
        """Who."""
        return str(acceptance.registration.person)

    @admin.display(description=gettext_lazy("network"))
    def network(self, acceptance: Acceptance) -> str:
        """Return the network that it belongs to."""
        return str(acceptance.registration.network)
