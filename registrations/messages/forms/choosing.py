"""To whom: one of the audiences, with what it needs to know."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Network, WorkingGroup
from partners.models import MouRole, Organization, Sector, Stage
from registrations.messages.domain.audiences import audience_named, audiences
from stemnet import wording
from stemnet.forms.fields import SentOnceField, field_of

PICKED = {"picked", "not_reached"}  # chosen on other pages
MOST_PICKED = 2_000


class MeetingField(forms.ModelChoiceField[Meeting]):
    """One of the meetings that were held."""

    def label_from_instance(self, obj: Meeting) -> str:
        """Say what and when."""
        return f"{obj.title}, {wording.day(obj.on)}"


class ChooseForm(forms.Form):
    """One of the audiences of a network."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Write to"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whom you write to.")},
    )
    meeting = MeetingField(
        label=gettext_lazy("Meeting"),
        queryset=Meeting.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=gettext_lazy("Choose a meeting"),
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("Working group"),
        queryset=WorkingGroup.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=gettext_lazy("Choose a group"),
    )
    uid = SentOnceField()

    def __init__(self, *args: Any, network: Network, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in audiences(of_partners=False) if one.name not in PICKED]
        field_of(self, "audience", forms.ChoiceField).choices = [(one.name, one.label) for one in offered]
        meetings = field_of(self, "meeting", forms.ModelChoiceField)
        meetings.queryset = network.meetings.held(at).order_by("-starts_at")
        groups = field_of(self, "group", forms.ModelChoiceField)
        groups.queryset = network.working_groups.order_by("title")
        self.fields["uid"].initial = uuid4()

    def clean(self) -> dict[str, Any]:
        """Ask for the meeting or group that the choice is about."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        wants = audience_named(data["audience"]).wants if "audience" in data else ()
        if "meeting" in wants and not data.get("meeting"):
            self.add_error("meeting", _("Choose the meeting."))
        if "group" in wants and not data.get("group"):
            self.add_error("group", _("Choose the working group."))
        return data

    @property
    def choice(self) -> dict[str, Any]:
        """Return what is kept with the message."""
        data = self.cleaned_data
        wants = audience_named(data["audience"]).wants
        return {"meeting": str(data["meeting"].uid)} if "meeting" in wants else {}

    @property
    def group_chosen(self) -> WorkingGroup | None:
        """Return the group, where the choice is about one."""
        data = self.cleaned_data
        return data["group"] if "group" in audience_named(data["audience"]).wants else None


class PartnersForm(forms.Form):
    """Contacts of which partners: each field narrows them."""

    stage = forms.MultipleChoiceField(
        label=gettext_lazy("Stage"),
        choices=Stage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    part = forms.MultipleChoiceField(
        label=gettext_lazy("Their part of the MOU"),
        choices=[one for one in MouRole.Status.choices if one[0] != MouRole.Status.WITHDRAWN],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sector = forms.MultipleChoiceField(
        label=gettext_lazy("Sector"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    region = forms.MultipleChoiceField(
        label=gettext_lazy("Region"), required=False, widget=forms.CheckboxSelectMultiple
    )
    uid = SentOnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(Organization.objects.current().order_by().values_list("sector", "region").distinct())
        sectors, regions = ({row[number] for row in places} for number in (0, 1))
        field_of(self, "sector", forms.MultipleChoiceField).choices = [
            one for one in Sector.choices if one[0] in sectors
        ]
        field_of(self, "region", forms.MultipleChoiceField).choices = [
            (name, name) for name in sorted(regions) if name
        ]
        self.fields["uid"].initial = uuid4()

    @property
    def choice(self) -> dict[str, Any]:
        """Return what is kept with the message."""
        data = self.cleaned_data
        return {name: data[name] for name in ("stage", "part", "sector", "region") if data.get(name)}
