"""Parts of the memorandum: asking for them, whom to ask and until when, reminding, returning, accepting."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from partners.admin.acts.judging import AcceptParts, ReturnParts, SetDueDay
from partners.admin.acts.reminding import RemindParts, status_tag
from partners.admin.base import Desk
from partners.admin.mou import CommentInline, RoleChangeInline
from partners.admin.partner_list import short_day
from partners.memorandum.domain import part_contacts
from partners.memorandum.exceptions import MouRefused
from partners.models import Mou, MouRole, Person, local_day, zone_of_partnership
from partners.people.requests import person_or_403, portal_request
from stemnet.admin.cells import quiet, tag
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick

Status = MouRole.Status
CONTACTS = ("drafter", "lead_contact", "due_on", "model_title")


def _now(**fields: Any) -> Q:
    """Return the condition of parts of memoranda that have not ended."""
    return Q(**fields) & ~Q(mou__status=Mou.Status.ENDED)


def _missing(at: datetime) -> Q:
    return _now(status__in=MouRole.EDITABLE)


def _overdue(at: datetime) -> Q:
    zone = zone_of_partnership()
    late = MouRole.objects.filter(status__in=MouRole.EDITABLE).overdue(local_day(at, zone), zone=zone)
    return _now(pk__in=late.values("pk"))


def _to_read(at: datetime) -> Q:
    return _now(status=Status.SUBMITTED)


QUICK = (
    Quick("missing", gettext_lazy("Part missing"), _missing, link=True),
    Quick("overdue", gettext_lazy("Overdue"), _overdue),
    Quick(
        "to_read",
        gettext_lazy("To read"),
        _to_read,
        tag=ngettext_lazy("%(n)s to read", "%(n)s to read", "n"),
        figure=ngettext_lazy("part to read", "parts to read", "n"),
    ),
    Quick("accepted", gettext_lazy("Accepted"), lambda at: _now(status=Status.ACCEPTED)),
)


class PartForm(forms.ModelForm[MouRole]):
    """Whom a partner is asked through, and until when; its words are written on its own page."""

    class Meta:
        model = MouRole
        fields = ["mou", "organization", *CONTACTS]

    def clean_drafter(self) -> Person | None:
        """Want somebody who writes it."""
        drafter: Person | None = self.cleaned_data.get("drafter")
        if drafter is None:
            raise forms.ValidationError(_("Choose who writes it."))
        return drafter

    def clean(self) -> dict[str, Any]:
        """Refuse a second part; without a lead contact it is whoever writes."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["lead_contact"] = cleaned.get("lead_contact") or cleaned.get("drafter")
        mou, organization = cleaned.get("mou"), cleaned.get("organization")
        if self.instance.pk is None and mou and organization:
            try:
                part_contacts.check_free(mou, organization)
            except MouRefused as refusal:
                self.add_error("organization", str(refusal))
        return cleaned


@admin.register(MouRole)
class MouRoleAdmin(Desk):
    """Parts of partners, with how their status went."""

    task, place, list_name = "memorandum", 20, gettext_lazy("Parts of partners")
    form = PartForm
    quick = QUICK
    acts = (RemindParts, AcceptParts, ReturnParts, SetDueDay)
    list_display = ["partner", "shown_mou", "state", "lead", "writer", "reminded"]
    list_display_links = ["partner"]
    list_filter = ["status", ("mou", RowsFilter), "organization__sector"]
    list_select_related = ["organization", "mou", "drafter", "lead_contact"]
    search_fields = ["organization__plain_name", "mou__title", "signatory_name"]
    search_help_text = gettext_lazy("Organization, MOU or signatory")
    autocomplete_fields = ["mou", "organization", "drafter", "lead_contact"]
    inlines = [RoleChangeInline, CommentInline]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Ask for the contacts; of a part that is there show how far it is."""
        asked = ["mou", "organization", *CONTACTS]
        if obj is None:
            return asked[:-1]
        return ["mou", "organization", "shown_state", *CONTACTS, "signs", "reminded_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep a part where it is, and its status to the acts."""
        return ["mou", "organization", "shown_state", "signs", "reminded_on"] if obj else []

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Show no history of what is only being asked for."""
        return super().get_inlines(request, obj) if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a part ends by notice, on its page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether contacts may be changed: not of a part that was withdrawn."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status != Status.WITHDRAWN)

    def save_model(self, request: HttpRequest, obj: MouRole, form: Any, change: bool) -> None:
        """Let the domain ask for the part, or name others and write to them."""
        names = ("drafter", "lead_contact", "due_on")
        typed: dict[str, Any] = {name: form.cleaned_data.get(name) for name in names}
        typed |= {"by": person_or_403(portal_request(request)), "at": timezone.now()}
        if change:
            title = form.cleaned_data.get("model_title", "")
            part_contacts.change_part_contacts(obj, model_title=title, **typed)
            return
        cleaned = form.cleaned_data
        made = part_contacts.ask_for_part(cleaned["mou"], organization=cleaned["organization"], **typed)
        obj.pk = made.pk
        obj._state.adding = False

    @admin.display(description=gettext_lazy("organization"), ordering="organization__plain_name")
    def partner(self, part: MouRole) -> str:
        """Return whose part it is."""
        return str(part.organization)

    @admin.display(description=gettext_lazy("MOU"), ordering="mou__title")
    def shown_mou(self, part: MouRole) -> str:
        """Return the memorandum."""
        return str(part.mou)

    @admin.display(description=gettext_lazy("part"), ordering="status")
    def state(self, part: MouRole) -> str:
        """Return how far it is, and when it is due or how late."""
        return format_html('<span class="nowrap">{} {}</span>', status_tag(part), when(part))

    @admin.display(description=gettext_lazy("status"))
    def shown_state(self, part: MouRole) -> str:
        """Return the same on the form."""
        return self.state(part)

    @admin.display(description=gettext_lazy("lead contact"))
    def lead(self, part: MouRole) -> str:
        """Return who speaks for it."""
        return str(part.lead_contact) if part.lead_contact else tag(_("nobody"), "bad")

    @admin.display(description=gettext_lazy("writes it"))
    def writer(self, part: MouRole) -> str:
        """Return who writes it, where that is somebody else."""
        if part.drafter is None:
            return tag(_("nobody"), "bad")
        return quiet(_("the same")) if part.drafter_id == part.lead_contact_id else str(part.drafter)

    @admin.display(description=gettext_lazy("reminded"), ordering="reminded_on")
    def reminded(self, part: MouRole) -> str:
        """Return when it was reminded of last."""
        return short_day(part.reminded_on) if part.reminded_on else quiet(_("never"))

    @admin.display(description=gettext_lazy("who signs"))
    def signs(self, part: MouRole) -> str:
        """Return who signs."""
        said = (part.signatory_name, part.signatory_title, part.signatory_email)
        return ", ".join(filter(None, said)) or _("nobody named yet")


def when(part: MouRole) -> str:
    """Say how many days late a part is, or when it is due; nothing once it is submitted."""
    today = local_day(timezone.now())
    if part.status not in MouRole.EDITABLE or part.due is None:
        return ""
    days = (today - part.due).days
    if days > 0:
        words = ngettext_lazy("%(n)s day late", "%(n)s days late", "n") % {"n": days}
        return format_html('<span class="late">{}</span>', words)
    return format_html('<span class="due">{}</span>', _("due %(day)s") % {"day": short_day(part.due)})
