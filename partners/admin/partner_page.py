"""The page of an organization in the admin: its parts, needs, people and log, and what can be done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.admin.acts.reminding import how_late, status_tag
from partners.admin.base import ReadOnlyInline
from partners.admin.partner_list import lead_of
from partners.models import (
    Alias,
    Contact,
    MouRole,
    Organization,
    Person,
    Position,
    local_day,
)
from partners.people.domain import contact_log
from stemnet import panels
from stemnet.admin.cells import tag

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_ROWS = 30  # of needs, and of contributions
MOST_PEOPLE = 50  # more would be more fields than a form may have
LATEST = 5


@dataclass(frozen=True)
class PartCard:
    """A part that stands: its status, and what can be done with it now."""

    role: MouRole
    status: Any
    late: str
    waits: str
    can_remind: bool
    can_judge: bool


def part_card(role: MouRole, *, today: date) -> PartCard:
    """Return the card of a part."""
    days = (today - local_day(role.submitted_at)).days if role.submitted_at else 0
    waits = ngettext(
        "It has been waiting for you for %(n)s day.", "It has been waiting for you for %(n)s days.", days
    )
    judged = role.status == MouRole.Status.SUBMITTED
    return PartCard(
        role=role,
        status=status_tag(role),
        late=how_late(role, today=today) if role.status in MouRole.EDITABLE else "",
        waits=waits % {"n": days} if judged else "",
        can_remind=role.status in MouRole.EDITABLE,
        can_judge=judged,
    )


def context_of(organization: Any, *, person: Person, at: datetime) -> dict[str, Any]:
    """Return what the page shows besides its form; as many queries for any number of rows."""
    today = local_day(at)
    parts = [part_card(role, today=today) for role in organization.parts_now]
    now = {role.pk for role in organization.parts_now}
    earlier = organization.mou_roles.exclude(pk__in=now).select_related("mou").order_by("-pk")
    return {
        "parts": parts,
        "earlier": list(earlier),
        "needs": organization.needs.open().count(),
        "contributions": organization.contributions.open().count(),
        "lead": lead_of(organization),
        "log": list(organization.contacts.select_related("by")[:LATEST]),
        "people": organization.positions.count(),
        "shown_people": MOST_PEOPLE,
        "shown_rows": MOST_ROWS,
        "steps": list(organization.stage_changes.order_by("-at", "-pk")[:LATEST]),
        "panels": panels.of("admin_partner", organization, person=person, at=at),
    }


def key_of_page(request: HttpRequest) -> int:
    """Return the key of the organization whose page is asked for, 0 for none."""
    key = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
    return int(key) if key.isdecimal() else 0


class AliasInline(admin.TabularInline[Alias, Organization]):
    """Other names and former names."""

    model = Alias
    extra = 0


class PeopleInline(admin.TabularInline[Position, Organization]):
    """Who works there: job, title and days can be mended in the row."""

    model = Position
    extra = 0
    can_delete = False
    fields = ["who", "job", "title", "started_on", "ended_on", "note"]
    readonly_fields = ["who", "note"]
    formfield_overrides = {models.DateField: {"widget": DAY}}
    verbose_name_plural = gettext_lazy("people")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Position]:
        """Fetch those of now first, with what they do for the part, at most as many as a form can hold."""
        mine = Position.objects.filter(organization=key_of_page(request))
        by_day = mine.order_by("ended_on", "-is_contact", "pk").values_list("pk", flat=True)
        running = list(by_day.filter(ended_on=None)[:MOST_PEOPLE])
        ended = list(by_day.exclude(ended_on=None)[: MOST_PEOPLE - len(running)])
        parts = MouRole.objects.standing().filter(organization=OuterRef("organization"))
        rows = super().get_queryset(request).filter(pk__in=[*running, *ended])
        return rows.select_related("person", "organization").annotate(
            leads=Exists(parts.filter(lead_contact=OuterRef("person"))),
            drafts=Exists(parts.filter(drafter=OuterRef("person"))),
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a position is added on its own page, where a person is looked up."""
        return False

    @admin.display(description=gettext_lazy("person"))
    def who(self, position: Position) -> str:
        """Lead to the person."""
        url = reverse("admin:partners_person_change", args=[position.person_id])
        return format_html('<a href="{}">{}</a>', url, position.person)

    @admin.display(description=gettext_lazy("note"))
    def note(self, position: Any) -> str:
        """Say what they do for the partner, and who is to be confirmed."""
        words = []
        if position.leads:
            words.append(tag(_("lead contact"), "ok"))
        if position.drafts:
            words.append(tag(_("drafter"), "info"))
        if position.is_contact:
            words.append(tag(_("contact"), "ok"))
        if position.asked_at and not position.confirmed_at:
            words.append(tag(_("to confirm"), "warn"))
        return format_html_join(" ", "{}", ((one,) for one in words))


class LogForm(forms.ModelForm[Contact]):
    """What was said, on a day that has come."""

    class Meta:
        model = Contact
        fields = ["on", "kind", "whom", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2, "cols": 40})}

    def clean_on(self) -> date:
        """Refuse a day that is still to come."""
        on: date = self.cleaned_data["on"]
        if on > local_day(timezone.now()):
            raise forms.ValidationError(_("That date is in the future. Record it after it happens."))
        return on


class ContactInline(ReadOnlyInline):
    """The log of visits, calls and letters: the latest are read, and new ones added."""

    model = Contact
    form = LogForm
    fields = ["on", "kind", "whom", "note", "by"]
    readonly_fields = ["by"]
    show_change_link = False
    verbose_name = gettext_lazy("visit, call or letter")
    verbose_name_plural = gettext_lazy("contact log")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        """Fetch the latest."""
        mine = Contact.objects.filter(organization=key_of_page(request))
        rows = super().get_queryset(request).filter(pk__in=list(mine.values_list("pk", flat=True)[:LATEST]))
        return rows.select_related("by")

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """Let what was said be added."""
        return True

    @classmethod
    def write_rows(cls, organization: Organization, formset: Any, *, by: Person, at: datetime) -> None:
        """Let the domain write what was said."""
        for row in formset.new_objects:
            contact_log.log_contact(
                organization, kind=row.kind, on=row.on, whom=row.whom, note=row.note, by=by, at=at
            )
