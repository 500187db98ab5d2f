"""The rows of a network's page: its meetings, working groups and commitments."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Modality
from meetings.planning.domain import planning
from meetings.planning.forms.fields import ClockInput, DayInput, QuietForm
from meetings.planning.forms.leads import LeadsField
from meetings.planning.forms.rule_choices import RuleChoice, category_field
from meetings.planning.forms.typed_breaks import BreaksField, place_breaks
from meetings.planning.forms.typed_shares import SharesField, place_shares
from meetings.planning.forms.typed_times import EndField
from stemnet.forms.fields import LineField, field_of

MOST_ROWS = 100
LEFT_OPEN = ("id", "title", "breaks", "category", "category_minutes")


class Row(QuietForm, forms.Form):
    """One row; ``id`` says which one it was, empty for a new one."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    row: Any = None  # the model's row, put here by the page

    def fit_rule(self, rule: RuleChoice) -> None:
        """Ask for a category among those of ``rule``, or for none where it does not count hours by them."""
        if not rule.by_category:
            for name in {"category", "category_minutes"} & set(self.fields):
                self.fields[name].widget = forms.HiddenInput()
        elif "category" in self.fields:
            self.fields["category"] = category_field(rule.categories, empty=_("Same as the network"))
            if "category_minutes" in self.fields:
                field_of(self, "category_minutes", SharesField).choices = rule.categories


class MeetingRow(Row):
    """One meeting of the network."""

    title = LineField(label=gettext_lazy("Title"), max_length=200)
    on = forms.DateField(label=gettext_lazy("Date"), widget=DayInput)
    start_time = forms.TimeField(label=gettext_lazy("Begins"), widget=ClockInput)
    end_time = EndField(label=gettext_lazy("Ends"), widget=ClockInput)
    modality = forms.ChoiceField(
        label=gettext_lazy("How"), choices=Modality.choices, initial=Modality.IN_PERSON
    )
    venue = LineField(label=gettext_lazy("Place"), max_length=150, required=False)
    address = LineField(label=gettext_lazy("Address"), max_length=300, required=False)
    room = LineField(label=gettext_lazy("Room"), max_length=100, required=False)
    join_url = forms.URLField(
        label=gettext_lazy("Link to join"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only people with a seat see it."),
    )
    groups_after = forms.BooleanField(
        label=gettext_lazy("Groups meet afterward"), required=False, initial=True
    )

    breaks = BreaksField()
    category = forms.CharField(required=False)
    category_minutes = SharesField()

    def lock(self) -> None:
        """Leave only what nobody need be told of: people are registered."""
        for name, field in self.fields.items():
            field.disabled = name not in LEFT_OPEN

    def clean(self) -> dict[str, Any]:
        """Refuse a meeting that ends before it begins, at its field."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if start and end and not planning.ends_after(start, end):
            self.add_error("end_time", _("A meeting can't end before it starts."))
        elif start and end:
            place_breaks(self, start, end)
            place_shares(self, start, end)
        return cleaned


class GroupRow(Row):
    """One working group of the network."""

    title = LineField(label=gettext_lazy("Topic"), max_length=150)
    leads = LeadsField()
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=10_000, required=False)
    meets = LineField(
        label=gettext_lazy("Where it meets"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For example, Virtual, or SouthCoast."),
    )
    modality = forms.ChoiceField(label=gettext_lazy("How"), choices=Modality.choices, initial=Modality.ONLINE)
    description = forms.CharField(
        label=gettext_lazy("About the group"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    same_topic = forms.BooleanField(
        label=gettext_lazy("Its hours are on the network's topic, so they count toward the total"),
        required=False,
        initial=True,
    )
    topic = LineField(
        label=gettext_lazy("Topic of its hours, if it's another"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Confirmations of attendance list these hours under it. Leave empty to use the group's title."
        ),
    )
    category = forms.CharField(required=False)


class CommitmentRow(Row):
    """One promise that people make on registering."""

    text = forms.CharField(
        label=gettext_lazy("I commit to"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    required = forms.BooleanField(label=gettext_lazy("Required to register"), required=False, initial=True)


class Rows(forms.BaseFormSet[Row]):
    """Rows of one kind; a marked one is taken away."""

    deletion_widget = forms.CheckboxInput

    def add_fields(self, form: Row, index: int | None) -> None:
        """Say "Remove" beside the mark."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")

    def is_removed(self, form: Row) -> bool:
        """Return whether the row was marked to be taken away."""
        return bool(getattr(form, "cleaned_data", {}).get("DELETE"))

    def kept(self) -> list[Row]:
        """Return the rows that were filled in, those to be taken away included."""
        return [
            form
            for index, form in enumerate(self.forms)
            if index < self.initial_form_count() or form.has_changed()
        ]


def rows_of(row: type[Row]) -> type[Rows]:
    """Return the formset of ``row``."""
    made = forms.formset_factory(
        row,
        formset=Rows,
        extra=0,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )
    return cast(type[Rows], made)


MeetingRows, GroupRows, CommitmentRows = rows_of(MeetingRow), rows_of(GroupRow), rows_of(CommitmentRow)
