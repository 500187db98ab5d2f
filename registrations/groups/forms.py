"""What is typed on the pages of a group."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Deliverable, Meeting, Modality, WorkingGroup
from meetings.planning.domain import planning
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.fields import zone_choices
from meetings.planning.forms.leads import LeadsField, holder_of, lead_addresses
from meetings.planning.forms.typed_times import EndField
from partners.models import Person
from registrations.groups.domain import members
from stemnet.forms.fields import AddressField, LineField

DAY = {"type": "date"}
CLOCK = {"type": "time"}


class AskForm(forms.Form):
    """Why somebody wants to join."""

    words = forms.CharField(
        label=gettext_lazy("Why you'd like to join"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The leads of the group read this."),
    )


class AddForm(forms.Form):
    """Whom a lead adds, and until when."""

    address = AddressField(label=gettext_lazy("Their e-mail address"))
    term_ends = forms.DateField(
        label=gettext_lazy("Last day of the term"),
        required=False,
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
        help_text=gettext_lazy("Leave empty for no end."),
    )

    def clean_address(self) -> Person:
        """Return the person who holds it."""
        return holder_of(self.cleaned_data["address"])


class TermForm(forms.Form):
    """Until when somebody is in a group."""

    term_ends = forms.DateField(
        label=gettext_lazy("Last day of the term"),
        required=False,
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
        help_text=gettext_lazy("Leave empty for no end."),
    )


class NoteForm(forms.Form):
    """What somebody showed, or why it doesn't count after all."""

    note = LineField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        error_messages={"max_length": gettext_lazy("Shorten the note to 300 characters or fewer.")},
    )


class SettingsForm(forms.ModelForm[WorkingGroup]):
    """What a lead says about the group; the topic of its hours is for staff."""

    leads = LeadsField()

    class Meta:
        model = WorkingGroup
        fields = ["kind", "description", "meets", "joining", "places", "is_public", "same_topic", "topic"]
        labels = {"meets": gettext_lazy("Where it meets"), "joining": gettext_lazy("How people join")}
        widgets = {"description": forms.Textarea(attrs={"rows": 3}), "joining": forms.RadioSelect}
        field_classes = {"topic": LineField}

    def __init__(self, *args: Any, by_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads"].initial = lead_addresses(self.instance)
        if not by_staff or self.instance.is_team:
            for name in ("same_topic", "topic"):
                del self.fields[name]
        if not by_staff:
            del self.fields["kind"]
        if self.instance.is_team:
            choices = [one for one in WorkingGroup.Joining.choices if one[0] != WorkingGroup.Joining.OPEN]
            cast("forms.ChoiceField", self.fields["joining"]).choices = choices

    def clean_leads(self) -> list[Person]:
        """Refuse a group without any lead: somebody answers for it."""
        leads: list[Person] = self.cleaned_data["leads"]
        if not leads and self.instance.leads.current().exists():
            raise forms.ValidationError(_("A group needs at least one lead. Name the next one first."))
        return leads


class DeliverableForm(forms.ModelForm[Deliverable]):
    """One thing that a group makes."""

    class Meta:
        model = Deliverable
        fields = ["title", "state", "due_on", "parts", "done_parts", "owner", "note"]
        labels = {
            "parts": gettext_lazy("Of how many parts"),
            "note": gettext_lazy("Where it stands"),
            "due_on": gettext_lazy("Due"),
        }
        widgets = {"due_on": forms.DateInput(DAY, "%Y-%m-%d")}

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = cast("forms.ModelChoiceField[Person]", self.fields["owner"])
        people.queryset = members.people_in(group)
        people.empty_label = _("The whole group")
        self.fields["done_parts"].required = False

    def clean_done_parts(self) -> int:
        """Return a number, 0 where nothing was typed."""
        return self.cleaned_data["done_parts"] or 0


class GroupMeetingForm(forms.Form):
    """When and where a group meets."""

    title = LineField(label=gettext_lazy("Title"), max_length=200)
    on = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(DAY, "%Y-%m-%d"))
    start_time = forms.TimeField(label=gettext_lazy("Begins"), widget=forms.TimeInput(CLOCK, "%H:%M"))
    end_time = EndField(label=gettext_lazy("Ends"), widget=forms.TimeInput(CLOCK, "%H:%M"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zone_choices)
    modality = forms.ChoiceField(label=gettext_lazy("How"), choices=Modality.choices)
    venue = LineField(label=gettext_lazy("Place"), max_length=150, required=False)
    address = LineField(label=gettext_lazy("Address"), max_length=300, required=False)
    room = LineField(label=gettext_lazy("Room"), max_length=100, required=False)
    join_url = forms.URLField(
        label=gettext_lazy("Link to join"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only people in the group see it. You can add it later."),
    )
    reason = LineField(
        label=gettext_lazy("Why it changes"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("People read this in the e-mail about the change."),
    )

    def __init__(self, *args: Any, meeting: Meeting | None = None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.at = meeting, at
        if meeting is None:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Check that the clock shows these times on that day, and that they are still to come."""
        values = super().clean() or {}
        if {"on", "start_time", "end_time", "zone"} <= values.keys():
            try:
                starts_at, _ends_at = planning.window(
                    values["on"], values["start_time"], values["end_time"], values["zone"]
                )
            except WallTimeRefused as refusal:
                self.add_error("start_time", str(refusal))
            else:
                moved = self.meeting is None or starts_at != self.meeting.starts_at
                if moved and starts_at <= self.at:
                    self.add_error("on", _("That time has passed. Choose one that's still to come."))
        return values


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = LineField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("People read this in the e-mail about it."),
    )
