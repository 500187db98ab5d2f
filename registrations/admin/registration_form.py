"""The form of a registration: what somebody typed, and the demonstration of learning."""

from typing import Any

from django import forms

from registrations.desk.forms.correcting import CorrectForm
from registrations.models import Registration
from registrations.seats.domain.correcting import Corrections
from registrations.seats.forms.group import GroupField
from stemnet.forms.fields import field_of

LEADER = ("leader_name", "leader_job", "leader_email", "demonstrated_at")
TYPED = ("first_name", "last_name", "certificate_name", "organization", "job", "group")


class RegistrationForm(forms.ModelForm[Registration]):
    """Names, organization, job and group as they should be; who somebody comes for."""

    first_name = CorrectForm.base_fields["first_name"]
    last_name = CorrectForm.base_fields["last_name"]
    certificate_name = CorrectForm.base_fields["certificate_name"]
    organization = CorrectForm.base_fields["organization"]
    job = CorrectForm.base_fields["job"]
    group = CorrectForm.base_fields["group"]
    seen = CorrectForm.base_fields["seen"]

    class Meta:
        model = Registration
        fields = [*LEADER]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        same = CorrectForm(registration=self.instance)
        self.standing = same.standing
        for name, value in same.initial.items():
            if name in self.fields:
                self.initial[name] = value
        if "group" in same.fields:
            self.fields["group"] = same.fields["group"]
            choices: Any = field_of(same, "group", GroupField).choices
            self.fields["group"].widget = forms.Select(choices=choices)
        else:
            self.fields.pop("group", None)

    def corrections(self) -> Corrections:
        """Return what should stand there."""
        typed = {name: self.cleaned_data[name] for name in TYPED if name in self.cleaned_data}
        workplace = typed.pop("organization")
        said = {"group": self.standing.group, **typed}
        return Corrections(workplace=workplace, seen=self.cleaned_data.get("seen", ""), **said)
