"""What is typed on the pages of the way to partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Level, Organization, Sector, Stage, Suggestion
from partners.people.domain.organizations import Workplace
from partners.people.forms.directory_filter import DirectoryFilterForm
from partners.people.forms.organization_field import OrganizationField
from partners.people.forms.state_field import StateField
from partners.prospects.domain import stages
from stemnet.forms.fields import AddressField, LineField, NameField, field_of

LONG = [
    ("", _("Any time")),
    ("7", _("a week or more")),
    ("21", _("3 weeks or more")),
    ("60", _("60 days or more")),
]


class WayFilterForm(DirectoryFilterForm):
    """Words, sector, level and stage; for how long they have stood there is asked with the clock."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    days = forms.ChoiceField(label=_("At this stage for"), required=False, choices=LONG)
    field_order = ["q", "stage", "sector", "level", "days"]
    columns = ["sector", "level", "stage"]

    def __init__(self, *args: Any, with_stage: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(stage.value, stage.label) for stage in stages.COLUMNS]
        field_of(self, "stage", forms.ChoiceField).choices = [("", _("Any")), *names]
        if not with_stage:
            del self.fields["stage"]

    @property
    def least_days(self) -> int:
        """Return for how many days at least they must have stood there."""
        return int(self.chosen()["days"] or 0)


class SuggestForm(forms.ModelForm[Suggestion]):
    """An organization that somebody thinks should be a partner, and why."""

    workplace = OrganizationField(label=_("Organization"))
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=Level.choices, initial=Level.LOCAL)
    city = LineField(label=_("Town"), max_length=100, required=False)
    state = StateField()
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    field_order = ["workplace", "sector", "level", "city", "state", "website"]

    class Meta:
        model = Suggestion
        fields = ["why", "knows", "contact_name", "contact_email"]
        labels = {
            "contact_name": _("Name of the person to write to"),
            "why": _("Why should they be a partner?"),
        }
        widgets = {"why": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "sector", forms.ChoiceField).choices = [("", _("Choose one")), *Sector.choices]

    def clean(self) -> dict[str, Any]:
        """Want the sector of one that is not listed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        workplace = data.get("workplace")
        if isinstance(workplace, Workplace) and workplace.organization is None and not data.get("sector"):
            self.add_error("sector", _("This organization is new to us. Choose its sector."))
        return data

    def given(self) -> dict[str, Any]:
        """Return what the domain wants; what describes a new organization only where it is new."""
        data = self.cleaned_data
        names = ("workplace", "why", "knows", "contact_name", "contact_email")
        new = {name: data[name] for name in ("sector", "level", "city", "website")}
        new |= {"state": data["state"], "level": data["level"] or Level.LOCAL}
        is_listed = data["workplace"].organization is not None
        return {**{name: data[name] for name in names}, **({} if is_listed else new)}


class WriteToForm(forms.Form):
    """Whom the letter of a suggestion goes to."""

    suggestion = forms.ModelChoiceField(Suggestion.objects.none(), widget=forms.HiddenInput)
    contact_name = NameField(max_length=200, required=False)
    contact_email = AddressField(
        max_length=254, error_messages={"required": _("Type the e-mail address to write to.")}
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "suggestion", forms.ModelChoiceField).queryset = organization.suggestions.all()


class MoveForm(forms.Form):
    """Where an organization goes, from what the mover saw, and why."""

    to = forms.ChoiceField(choices=Stage.choices)
    seen = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=500, required=False)
