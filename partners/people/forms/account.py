"""What people change about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partners.models import Job, MailTopic, Person, StakeholderGroup, Subject
from partners.people.domain import addresses
from partners.people.forms.organization_field import OrganizationField
from stemnet.forms.fields import AddressField, LineField

MOST_ADDRESSES = 10
MINE = ("stakeholder_group", "public")


class ProfileForm(forms.ModelForm[Person]):
    """Names, where one works, and the language of mail."""

    workplace = OrganizationField(label=_("Organization"), required=False)
    job = forms.ChoiceField(
        label=_("Job"), choices=[("", _("Choose your job")), *Job.choices], required=False
    )
    title = LineField(label=_("Title (optional)"), max_length=150, required=False)
    stakeholder_group = forms.ChoiceField(
        label=_("Stakeholder group"),
        choices=[("", _("Choose one (optional)")), *StakeholderGroup.choices],
        required=False,
        help_text=_("We use this to count who's represented. Nobody sees your answer next to your name."),
    )
    interests = forms.ModelMultipleChoiceField(
        Subject.objects.filter(active=True),
        label=_("Subjects I care about"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    public = forms.BooleanField(
        label=_("List me as a contact on my organization's public page"), required=False
    )

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "certificate_name", "language", "shares_registrations"]
        widgets = {"language": forms.Select(choices=settings.LANGUAGES)}
        help_texts = {
            "certificate_name": _(
                "The way you want it printed. It doesn't change documents you already have."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.order_fields(
            ["first_name", "last_name", "certificate_name", "workplace", "job", "title", "interests", *MINE]
        )
        self.order_fields([*self.fields, "shares_registrations"])
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]


class PositionForm(forms.Form):
    """One more place where somebody works."""

    workplace = OrganizationField(label=_("Organization"))
    job = forms.ChoiceField(
        label=_("Job"), choices=[("", _("Choose your job")), *Job.choices], required=False
    )
    title = LineField(label=_("Title (optional)"), max_length=150, required=False)


class AddressForm(forms.Form):
    """An e-mail address to add."""

    address = AddressField(label=_("E-mail address"), max_length=254)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "email"

    def clean_address(self) -> str:
        """Refuse one's own; of everybody else's nothing is said before the code."""
        address = addresses.normal(self.cleaned_data["address"])
        if self.person.emails.filter(address=address, verified_at__isnull=False).exists():
            raise forms.ValidationError(_("You already have this address."))
        if self.person.emails.exclude(address=address).count() >= MOST_ADDRESSES:
            raise forms.ValidationError(_("You have ten addresses. Remove one before you add another."))
        return address


class CodeForm(forms.Form):
    """A code of 6 digits."""

    code = LineField(
        label=_("6-digit code"),
        max_length=20,
        error_messages={"required": _("Type the 6-digit code from the e-mail.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"}
        ),
    )


class PreferencesForm(forms.Form):
    """Which topics one wants mail about."""

    topics = forms.MultipleChoiceField(
        label=_("E-mail me"), choices=MailTopic.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
