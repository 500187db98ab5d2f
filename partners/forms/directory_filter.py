"""How one narrows the directory of partners."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import Level, Organization, Sector


class DirectoryFilterForm(forms.Form):
    """Words (name, former name, alias, town), sector and level; all optional, unknown values are ignored."""

    q = forms.CharField(
        label=_("Name, other name or town"), required=False, max_length=200, widget=forms.SearchInput
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", _("Any")), *Sector.choices]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("Any")), *Level.choices]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.chosen().values())

    def chosen(self) -> dict[str, str]:
        """Return what was validly asked for."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def narrow(self, organizations: QuerySet[Organization]) -> QuerySet[Organization]:
        """Return those of ``organizations`` that were asked for."""
        chosen = self.chosen()
        if chosen["q"]:
            found = Organization.objects.found_by(chosen["q"])
            organizations = organizations.filter(pk__in=found.order_by().values("pk"))
        if chosen["sector"]:
            organizations = organizations.filter(sector=chosen["sector"])
        if chosen["level"]:
            organizations = organizations.filter(level=chosen["level"])
        return organizations
