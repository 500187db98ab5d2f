"""What a coordinator says about an organization that people typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Organization
from partners.people.domain import organizations
from partners.people.forms.organization_field import OrganizationField
from partners.people.forms.state_field import StateField


class RememberForm(forms.Form):
    """Whether the words find the organization from now on."""

    remember = forms.BooleanField(
        label=_("Keep what they typed as another name, so people can find it from now on"),
        required=False,
        initial=True,
    )


class LinkForm(RememberForm):
    """An organization that is listed already."""

    workplace = OrganizationField(label=_("Organization on our list"))
    field_order = ["workplace", "remember"]

    def clean_workplace(self) -> Organization:
        """Return the organization that was chosen, which must be a listed one."""
        organization: Organization | None = self.cleaned_data["workplace"].organization
        if organization is None:
            raise forms.ValidationError(
                _("This organization isn't on our list. Choose another one, or add it below.")
            )
        return organization


class AddForm(forms.ModelForm[Organization]):
    """An organization to add to the list."""

    remember = forms.BooleanField(
        label=_("Keep what they typed as another name, too"), required=False, initial=True
    )

    state = StateField()

    class Meta:
        model = Organization
        fields = ["name", "sector", "level", "city", "state"]

    def save(self, commit: bool = True) -> Organization:
        """Give it its address, once."""
        self.instance.slug = organizations.free_slug(self.instance.name)
        return super().save(commit)
