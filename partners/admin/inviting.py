"""Suggestions, letters of invitation with their answers, and the log of visits, calls and letters."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from partners.admin.base import Desk, ReadOnlyDesk
from partners.admin.partner_list import short_day
from partners.models import Contact, Invitation, Suggestion, local_day
from partners.people.domain import contact_log
from partners.people.requests import person_or_403, portal_request
from partners.prospects.domain import inviting
from stemnet.admin import portal
from stemnet.admin.cells import quiet, tag
from stemnet.admin.quick import Quick

Answer = Invitation.Answer
LOOKS = {Answer.INTERESTED: "ok", Answer.COMING: "ok", Answer.DECLINED: "bad"}


def _to_write(at: Any) -> Q:
    return Q(pk__in=inviting.to_invite().values("pk"))


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyDesk):
    """Which organizations were suggested, why, and whom somebody knows there."""

    task, place = "partners", 50
    adds_at = "suggest_organization"
    quick = (
        Quick(
            "to_write",
            gettext_lazy("Letter to write"),
            _to_write,
            tag=ngettext_lazy("%(n)s letter to write", "%(n)s letters to write", "n"),
            link=True,
        ),
        Quick("no_address", gettext_lazy("Without an address"), lambda at: Q(contact_email="")),
    )
    portal_column = False
    list_display = ["partner", "reason", "to", "by", "when", "portal"]
    list_filter = ["organization__stage", "organization__sector"]
    list_select_related = ["organization", "by"]
    search_fields = ["organization__plain_name", "contact_name", "contact_email", "why"]
    search_help_text = gettext_lazy("Organization, contact or reason")
    ordering = ["-at", "-pk"]

    @admin.display(description=gettext_lazy("organization"), ordering="organization__plain_name")
    def partner(self, row: Suggestion) -> str:
        """Return which one."""
        return str(row.organization)

    @admin.display(description=gettext_lazy("why"))
    def reason(self, row: Suggestion) -> str:
        """Return why, shortened."""
        return Truncator(row.why).chars(90)

    @admin.display(description=gettext_lazy("contact"))
    def to(self, row: Suggestion) -> str:
        """Return whom the letter goes to."""
        return ", ".join(filter(None, [row.contact_name, row.contact_email])) or quiet(_("nobody yet"))

    @admin.display(description=gettext_lazy("suggested"), ordering="at")
    def when(self, row: Suggestion) -> str:
        """Return the day."""
        return short_day(local_day(row.at))

    def portal_page(self, obj: Any) -> str:
        """Return the page of the organization's way to partner."""
        return portal.page("prospect", obj.organization.slug)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyDesk):
    """Letters of invitation, and what the invited said."""

    task, place = "partners", 60
    adds_at = "letters"
    quick = (
        Quick("silent", gettext_lazy("No answer yet"), lambda at: Q(answer=Answer.NONE)),
        Quick(
            "yes",
            gettext_lazy("Interested or coming"),
            lambda at: Q(answer__in=[Answer.INTERESTED, Answer.COMING]),
        ),
        Quick("no", Answer.DECLINED.label, lambda at: Q(answer=Answer.DECLINED)),
    )
    portal_column = False
    list_display = ["partner", "to", "said", "sent", "reminded", "sender", "portal"]
    list_filter = ["answer", "organization__stage", "organization__sector"]
    list_select_related = ["organization", "sender"]
    search_fields = ["organization__plain_name", "name", "address"]
    search_help_text = gettext_lazy("Organization, name or e-mail address")
    ordering = ["-sent_at", "-pk"]

    @admin.display(description=gettext_lazy("organization"), ordering="organization__plain_name")
    def partner(self, row: Invitation) -> str:
        """Return which one."""
        return str(row.organization)

    @admin.display(description=gettext_lazy("to"))
    def to(self, row: Invitation) -> str:
        """Return whom it went to."""
        return ", ".join(filter(None, [row.name, row.address]))

    @admin.display(description=gettext_lazy("answer"), ordering="answer")
    def said(self, row: Invitation) -> str:
        """Return the answer."""
        words = row.get_answer_display()
        return quiet(words) if row.answer == Answer.NONE else tag(words, LOOKS[Answer(row.answer)])

    @admin.display(description=gettext_lazy("sent"), ordering="sent_at")
    def sent(self, row: Invitation) -> str:
        """Return the day of the letter."""
        return short_day(local_day(row.sent_at)) if row.sent_at else quiet(_("not yet"))

    @admin.display(description=gettext_lazy("reminded"), ordering="reminded_at")
    def reminded(self, row: Invitation) -> str:
        """Return the day of the reminder."""
        return short_day(local_day(row.reminded_at)) if row.reminded_at else quiet(_("never"))

    def portal_page(self, obj: Any) -> str:
        """Return the page of the organization's way to partner."""
        return portal.page("prospect", obj.organization.slug)


class ContactForm(forms.ModelForm[Contact]):
    """How, when, with whom, and what was said."""

    class Meta:
        model = Contact
        fields = ["organization", "kind", "on", "whom", "note"]
        widgets = {"on": forms.DateInput({"type": "date"}, "%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", local_day(timezone.now()))

    def clean_on(self) -> Any:
        """Refuse a day that is still to come."""
        if self.cleaned_data["on"] > local_day(timezone.now()):
            raise forms.ValidationError(_("That date is in the future. Record it after it happens."))
        return self.cleaned_data["on"]


@admin.register(Contact)
class ContactAdmin(Desk):
    """The log of visits, calls and letters: added to, and never rewritten."""

    task, place, list_name = "partners", 70, gettext_lazy("Contact log")
    form = ContactForm
    portal_column = False
    list_display = ["partner", "when", "kind", "whom", "said", "by", "portal"]
    list_filter = ["kind", "organization__stage", "organization__sector"]
    list_select_related = ["organization", "by"]
    search_fields = ["organization__plain_name", "whom", "note"]
    search_help_text = gettext_lazy("Organization, person or what was said")
    ordering = ["-on", "-pk"]
    autocomplete_fields = ["organization"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what was written stays."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what was written stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        """Let the domain write it down."""
        by = person_or_403(portal_request(request))
        made = contact_log.log_contact(**form.cleaned_data, by=by, at=timezone.now())
        obj.pk, obj._state.adding = made.pk, False

    @admin.display(description=gettext_lazy("organization"), ordering="organization__plain_name")
    def partner(self, row: Contact) -> str:
        """Return with whom."""
        return str(row.organization)

    @admin.display(description=gettext_lazy("day"), ordering="on")
    def when(self, row: Contact) -> str:
        """Return the day."""
        return short_day(row.on)

    @admin.display(description=gettext_lazy("what was said"))
    def said(self, row: Contact) -> str:
        """Return what was said, shortened."""
        return Truncator(row.note).chars(120)

    def portal_page(self, obj: Any) -> str:
        """Return the log of the organization."""
        return portal.page("partner_contacts", obj.organization.slug)
