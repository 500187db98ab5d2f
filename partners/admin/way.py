"""The way to partner on the repair desk: letters, stopped addresses, and lists of who should be there."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partners.admin.base import Desk
from partners.models import (
    InvitationStop,
    LetterTemplate,
    RequiredItem,
    RequiredList,
    Sector,
    StakeholderGroup,
)
from partners.prospects.domain import letters
from partners.prospects.exceptions import InvitationRefused


class LetterForm(forms.ModelForm[LetterTemplate]):
    """A letter that may go out."""

    class Meta:
        model = LetterTemplate
        fields = ["title", "language", "subject", "body"]

    def clean(self) -> dict[str, Any]:
        """Refuse unknown placeholders and personal links."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            letters.check_letter(data.get("subject", ""), data.get("body", ""))
        except InvitationRefused as refusal:
            self.add_error("body", str(refusal))
        return data


@admin.register(LetterTemplate)
class LetterTemplateAdmin(Desk):
    """Letters of invitation with placeholders."""

    task, place = "mail", 20
    form = LetterForm
    list_display = ["title", "subject", "language"]
    search_fields = ["title", "subject"]
    search_help_text = _("Title or subject")


@admin.register(InvitationStop)
class InvitationStopAdmin(Desk):
    """Addresses that want no invitations; deleting a row allows them again."""

    task, place, list_name = "mail", 40, _("Addresses that get no invitations")
    list_display = ["address", "at"]
    search_fields = ["address"]
    search_help_text = _("E-mail address")
    date_hierarchy = "at"


class ItemForm(forms.ModelForm[RequiredItem]):
    """One line: who meets it, as boxes to tick."""

    sectors = forms.MultipleChoiceField(
        choices=Sector.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    stakeholder_groups = forms.MultipleChoiceField(
        choices=StakeholderGroup.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = RequiredItem
        fields = ["position", "label", "at_least", "sectors", "stakeholder_groups"]


class ItemInline(admin.TabularInline[RequiredItem, RequiredList]):
    """The lines of a list."""

    model = RequiredItem
    form = ItemForm
    extra = 0


@admin.register(RequiredList)
class RequiredListAdmin(Desk):
    """Lists of who should be at the table, such as a state's rule."""

    task, place, list_name = "partners", 80, _("Who should be represented")
    list_display = ["name", "source"]
    search_fields = ["name", "source"]
    search_help_text = _("Name or source")
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ItemInline]
