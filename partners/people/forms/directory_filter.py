"""How one narrows the directory of partners."""

from typing import TypeVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import Level, Organization, Sector
from stemnet.forms.filtering import FilterForm, any_or

AnyOrganization = TypeVar("AnyOrganization", bound=Organization)


class OrganizationFilterForm(FilterForm):
    """Words (name, former name, alias, town) and sector; all optional, unknown values are ignored."""

    columns = ["sector"]

    q = forms.CharField(
        label=_("Name, other name or town"), required=False, max_length=200, widget=forms.SearchInput
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=any_or(Sector.choices))

    def narrow(self, organizations: QuerySet[AnyOrganization]) -> QuerySet[AnyOrganization]:
        """Return those of ``organizations`` that were asked for."""
        chosen = self.chosen()
        if chosen["q"]:
            found = Organization.objects.found_by(chosen["q"])
            organizations = organizations.filter(pk__in=found.order_by().values("pk"))
        wanted = {name: chosen[name] for name in self.columns if chosen.get(name)}
        return organizations.filter(**wanted)


class DirectoryFilterForm(OrganizationFilterForm):
    """The same, and the level."""

    level = forms.ChoiceField(label=_("Level"), required=False, choices=any_or(Level.choices))
    columns = ["sector", "level"]
