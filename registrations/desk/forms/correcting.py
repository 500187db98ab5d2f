"""What staff correct about somebody who is registered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Job
from partners.people.forms.organization_field import OrganizationField
from registrations.models import Registration
from registrations.seats.domain import correcting, groups
from registrations.seats.domain.correcting import Corrections
from registrations.seats.forms.group import GroupField
from stemnet.forms.fields import AddressField, NameField, field_of


class AddressForm(forms.Form):
    """The address that mail should go to."""

    address = AddressField(label=_("New e-mail address"), max_length=254)
    reason = forms.CharField(
        label=_("How you know"),
        max_length=300,
        error_messages={"required": _("Say how you know. We keep it in the history.")},
    )


class CorrectForm(forms.Form):
    """Names, organization, job and working group as they should be."""

    first_name = NameField(label=_("First name"), max_length=100)
    last_name = NameField(label=_("Last name"), max_length=100)
    certificate_name = NameField(
        label=_("Name for the certificate"),
        max_length=200,
        required=False,
        help_text=_("Leave empty to print first and last name."),
    )
    organization = OrganizationField(label=_("Organization"), required=False)
    job = forms.ChoiceField(label=_("Job"), required=False, choices=[("", _("Not chosen")), *Job.choices])
    group = GroupField(label=_("Working group"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        now = correcting.standing_in(registration)
        standing = {name: getattr(now, name) for name in ("job", "group", *correcting.NAMES)}
        kwargs["initial"] = {
            **standing,
            "organization": now.workplace,
            "seen": correcting.fingerprint(registration),
        }
        super().__init__(*args, **kwargs)
        offered = groups.with_members(registration.network)
        if offered and registration.is_live:
            field_of(self, "group", GroupField).offer(offered)
        else:
            del self.fields["group"]
        self.standing = now

    def corrections(self) -> Corrections:
        """Return what should stand there."""
        typed = dict(self.cleaned_data)
        workplace = typed.pop("organization")
        return Corrections(workplace=workplace, **{"group": self.standing.group, **typed})
