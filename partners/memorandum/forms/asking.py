"""Asking many partners for their parts: who is shown, and what they are asked."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import MouRole, Stage
from partners.people.forms.directory_filter import OrganizationFilterForm
from stemnet.forms.fields import field_of
from stemnet.forms.filtering import any_or
from stemnet.forms.texts import DayInput


class AskFilterForm(OrganizationFilterForm):
    """Words, sector and stage."""

    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=any_or(Stage.choices))
    field_order = ["q", "sector", "stage"]
    columns = ["sector", "stage"]


class SeenRowsField(forms.MultipleChoiceField):
    """The rows that were checked, each with what it said when the page was opened."""

    def valid_value(self, value: str) -> bool:
        """Take what a row of the page can be; whether it still says the same is asked later."""
        return re.fullmatch(r"\d{1,18}:[0-9a-f]{16}", value) is not None


class AskManyForm(forms.Form):
    """Who is asked, by when, and from which model they begin."""

    organizations = SeenRowsField(
        error_messages={
            "required": _("Check at least one organization."),
            "invalid_choice": _("Look at the list again, and check the organizations you want to ask."),
        }
    )
    due_on = forms.DateField(
        label=_("Due on"), required=False, widget=DayInput, help_text=_("Leave empty to use the MOU's date.")
    )
    model = forms.TypedChoiceField(
        label=_("Start from a model part"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("The partner edits it to make it their own."),
    )

    def __init__(self, *args: Any, models: list[MouRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(model.pk, f"{model.model_title} ({model.organization})") for model in models]
        field_of(self, "model", forms.ChoiceField).choices = [
            ("", _("None. They start with an empty part.")),
            *names,
        ]
