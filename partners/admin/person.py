"""People on the repair desk: their names, addresses, positions and whether they sign in."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, Q
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partners.admin.acts.logins import MakeLogins
from partners.admin.base import HistoryDesk
from partners.admin.partner_list import short_day
from partners.models import EducatorNumber, Person, PersonEmail, Position, User, local_day
from partners.people.domain import addresses, second_factor
from partners.people.exceptions import AddressRefused
from partners.people.forms.person import PersonForm
from partners.people.permissions import may_change_login
from stemnet.admin.cells import quiet
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick


class EmailInline(admin.TabularInline[PersonEmail, Person]):
    """Addresses: added and removed here; only a code proves one."""

    model = PersonEmail
    extra = 0
    fields = ["address", "primary", "verified_at"]
    readonly_fields = ["primary", "verified_at"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return an address is never rewritten: it is removed and another is added."""
        return False


class PositionInline(admin.TabularInline[Position, Person]):
    """Where the person works, over time."""

    model = Position
    fk_name = "person"
    extra = 0
    fields = [
        "organization",
        "organization_words",
        "job",
        "title",
        "public",
        "started_on",
        "ended_on",
        "confirmed_at",
        "is_contact",
    ]
    readonly_fields = ["public", "confirmed_at", "is_contact"]  # named by their own choice alone
    autocomplete_fields = ["organization"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the organizations at once."""
        return super().get_queryset(request).select_related("organization")


class EducatorNumberInline(admin.TabularInline[EducatorNumber, Person]):
    """Numbers that the person typed; a coordinator may remove one that should not be there."""

    model = EducatorNumber
    extra = 0
    delegable = False
    fields = ["kind", "number", "on_documents", "typed_at"]
    readonly_fields = ["kind", "number", "on_documents", "typed_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return no: only the person types them."""
        return False


class SignsIn(admin.SimpleListFilter):
    """Narrow people to those with a login, or without."""

    title = _("login")
    parameter_name = "login"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Name the choices."""
        return [
            ("in", _("has signed in")),
            ("never", _("never signed in")),
            ("off", _("turned off")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        chosen = {
            "in": {"user__last_login__isnull": False},
            "never": {"user__last_login__isnull": True},
            "off": {"user__is_active": False},
        }
        return queryset.filter(**chosen.get(self.value() or "", {}))


def _unlisted(at: datetime) -> Q:
    """Ask whose organization was typed and is not listed."""
    return Q(pk__in=Position.objects.unlinked().values("person"))


def _without_address(at: datetime) -> Q:
    """Ask whom nobody can write to."""
    return ~Q(pk__in=PersonEmail.objects.values("person"))


@admin.register(Person)
class PersonAdmin(HistoryDesk):
    """People; who is made here may sign in at once with a code."""

    task, place = "people", 10
    form = PersonForm
    quick = (
        Quick("unlisted", _("Organization not listed"), _unlisted),
        Quick("never", _("Never signed in"), lambda at: Q(user=None) | Q(user__last_login=None)),
        Quick("no_address", _("No e-mail address"), _without_address),
    )
    list_display = ["sorted_name", "primary_address", "where", "login_state", "known"]
    list_select_related = ["user"]
    list_filter = [SignsIn, "user__groups", "positions__job", ("interests__subject", RowsFilter)]
    search_fields = ["plain_first_name", "plain_last_name", "plain_certificate_name", "emails__address"]
    search_help_text = _("Name or e-mail address")
    inlines = [EmailInline, PositionInline, EducatorNumberInline]
    readonly_fields = ["login_state", "created_at"]
    acts = (MakeLogins,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch addresses and organizations of a page at once."""
        positions = Prefetch("positions", queryset=Position.objects.select_related("organization"))
        return super().get_queryset(request).prefetch_related("emails", positions)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Lead to the portal last."""
        return [*super().get_list_display(request), "portal"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the person may be changed here: one with all rights only by their like."""
        allowed = super().has_change_permission(request, obj) and may_change_login(obj, by=request.user)
        return allowed and (_coordinates(request) or not _works_for_us(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the person may be deleted; the same."""
        allowed = super().has_delete_permission(request, obj) and may_change_login(obj, by=request.user)
        return allowed and (_coordinates(request) or not _works_for_us(obj))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the primary address where there are several to choose from."""
        names = ["first_name", "last_name", "certificate_name", "language"]
        return [*names, "primary", "login_state", "created_at"] if obj else names

    def portal_page(self, obj: Person) -> str:
        """Return the page with everything about them."""
        return reverse("staff_record", args=[obj.uid])

    @admin.display(description=_("name"), ordering="plain_last_name")
    def sorted_name(self, person: Person) -> str:
        """Return the name with the last name first."""
        return person.sorted_name

    @admin.display(description=_("e-mail"))
    def primary_address(self, person: Person) -> str:
        """Return the address that mail goes to."""
        return person.primary_address

    @admin.display(description=_("organization"))
    def where(self, person: Person) -> str:
        """Return where they work now or worked last."""
        return ", ".join(position.organization_name for position in person.positions.all()[:2])

    @admin.display(description=_("known since"), ordering="created_at")
    def known(self, person: Person) -> str:
        """Return the day from which we know of them."""
        return short_day(local_day(person.created_at))

    @admin.display(description=_("signs in"))
    def login_state(self, person: Person) -> str:
        """Return whether they sign in."""
        user = getattr(person, "user", None)
        if user is None or user.last_login is None:
            return quiet(_("never"))
        return str(_("yes") if user.is_active else _("turned off"))

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet[Any, Any, Any], change: bool
    ) -> None:
        """Let the domain write addresses, so that the copies of the login stay in step."""
        if formset.model is not PersonEmail:
            return super().save_formset(request, form, formset, change)
        formset.save(commit=False)
        for email in formset.new_objects:
            addresses.add_address(form.instance, address=email.address)
        for email in formset.deleted_objects:
            try:
                addresses.remove_address(email, at=timezone.now())
            except AddressRefused as refusal:
                self.message_user(request, f"{email}: {refusal}", messages.ERROR)
        return None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Choose the primary address once all are there."""
        super().save_related(request, form, formsets, change)
        chosen = form.instance.emails.filter(address=form.cleaned_data.get("primary") or "").first()
        if chosen is not None:
            addresses.make_primary(chosen, at=timezone.now(), proved_only=False)


def _coordinates(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_coordinator


def _works_for_us(person: Person | None) -> bool:
    """Return whether somebody works for a network or for all: whoever gets their address is they."""
    user = User.objects.filter(person=person).first() if person is not None else None
    return user is not None and second_factor.is_needed(user)


@admin.register(Position)
class PositionAdmin(HistoryDesk):
    """Positions of everyone, and those whose organization is not listed yet."""

    task, place = "people", 30
    quick = (
        Quick(
            "confirm",
            _("To confirm"),
            lambda at: Q(asked_at__isnull=False, confirmed_at=None, ended_on=None),
            tag=ngettext_lazy("%(n)s to confirm", "%(n)s to confirm", "n"),
            figure=ngettext_lazy("position to confirm", "positions to confirm", "n"),
        ),
        Quick("contacts", _("Contacts"), lambda at: Q(is_contact=True)),
        Quick("unlisted", _("Organization not listed"), lambda at: Q(organization=None)),
    )
    list_display = ["person", "organization_name", "job", "title", "started_on", "ended_on"]
    list_select_related = ["person", "organization"]
    list_filter = ["job", "public", ("organization", admin.EmptyFieldListFilter)]
    search_fields = [
        "person__plain_first_name",
        "person__plain_last_name",
        "organization__plain_name",
        "plain_organization_words",
    ]
    search_help_text = _("Person or organization")
    autocomplete_fields = ["person", "organization"]
    readonly_fields = ["public", "asked_at", "confirmed_at", "confirmed_by", "is_contact"]
