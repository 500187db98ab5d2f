"""What a coordinator writes about the partnership itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Partnership
from partners.people.domain.organizations import Workplace
from partners.people.forms.organization_field import OrganizationField

LEADS = ("lead_1", "lead_2", "lead_3")


class ListedOrganizationField(OrganizationField):
    """An organization of our list; words for another are refused."""

    def clean(self, value: Any) -> Workplace:
        """Return the organization, or neither it nor words where nothing was typed."""
        workplace = super().clean(value)
        if workplace.words:
            raise forms.ValidationError(
                _("This organization isn't on our list. Add it in the admin first."), code="list"
            )
        return workplace


class PartnershipForm(forms.ModelForm[Partnership]):
    """Names, host, up to three lead organizations, region, sponsor and contact."""

    host = ListedOrganizationField(label=_("Host organization"), required=False)
    lead_1 = ListedOrganizationField(label=_("Lead organization"), required=False)
    lead_2 = ListedOrganizationField(label=_("Second lead organization"), required=False)
    lead_3 = ListedOrganizationField(label=_("Third lead organization"), required=False)
    field_order = ["name", "short_name", "tagline", "welcome", "about", "host", *LEADS]

    class Meta:
        model = Partnership
        fields = [
            "name",
            "short_name",
            "tagline",
            "welcome",
            "about",
            "region",
            "region_places",
            "sponsor",
            "contact_name",
            "contact_email",
            "postal_address",
        ]
        widgets = {
            "about": forms.Textarea(attrs={"rows": 5}),
            "region_places": forms.Textarea(attrs={"rows": 7}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = (
            list(self.instance.lead_organizations.order_by("plain_name", "pk")) if self.instance.pk else []
        )
        self.more_leads = leads[len(LEADS) :]  # a fourth, which the admin may add, stays
        if self.instance.pk:
            self.initial["host"] = self.instance.host
            self.initial.update(zip(LEADS, leads, strict=False))

    def save(self, commit: bool = True) -> Partnership:
        """Keep the host and the lead organizations, too."""
        self.instance.host = self.cleaned_data["host"].organization
        saved = super().save(commit)
        chosen = [self.cleaned_data[name].organization for name in LEADS]
        saved.lead_organizations.set([*filter(None, chosen), *self.more_leads])
        return saved
