"""What a coordinator writes about a team of the partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import WorkingGroup
from meetings.planning.forms.leads import LeadsField, lead_addresses
from partners.models import Person
from stemnet.forms.fields import AddressField


def person_of(address: str) -> Person:
    """Return who holds ``address``, or refuse it in a sentence."""
    found = Person.objects.current().holding(address).first()
    if found is None:
        raise forms.ValidationError(
            _(
                "Nobody in our records has this e-mail address. Ask them to sign in once, or add "
                "them in the admin."
            )
        )
    return found


class JoinForm(forms.Form):
    """Who joins a team."""

    address = AddressField(label=_("Their e-mail address"), max_length=254)

    def clean_address(self) -> Person:
        """Return the person who holds it."""
        return person_of(self.cleaned_data["address"])


class TeamForm(forms.ModelForm[WorkingGroup]):
    """The kind of team, its name, what it does, who leads it."""

    leads = LeadsField()

    class Meta:
        model = WorkingGroup
        fields = ["kind", "title", "description", "meets"]
        labels = {"title": _("Name"), "meets": _("Where it meets")}
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads"].initial = lead_addresses(self.instance)

    def clean_title(self) -> str:
        """Refuse a name that another team of the partnership has."""
        title = str(self.cleaned_data["title"])
        same = WorkingGroup.objects.teams().filter(title__iexact=title).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("Another team already has this name."))
        return title
