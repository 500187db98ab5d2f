"""How one narrows the list of networks."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Audience, Network, Subject
from registrations.domain.occupancy import Standing, in_standing

OPEN_TO_ALL = [("", _("Any"))]


class NetworkFilterForm(forms.Form):
    """Subject, audience, whether one can register, school year; all optional, unknown values are ignored."""

    subject = forms.ChoiceField(label=_("Subject"), required=False)
    audience = forms.ChoiceField(label=_("For"), required=False)
    registration = forms.ChoiceField(label=_("Registration"), required=False)
    year = forms.ChoiceField(label=_("School year"), required=False)

    STANDINGS = {
        "open": (_("Open"), [Standing.OPEN]),
        "full": (_("Full or waitlist"), [Standing.WAITLIST, Standing.FULL]),
        "closed": (_("Closed"), [Standing.CLOSED, Standing.CANCELLED]),
    }

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [*OPEN_TO_ALL, *Subject.choices]  # type: ignore[attr-defined]
        self.fields["audience"].choices = [*OPEN_TO_ALL, *Audience.choices]  # type: ignore[attr-defined]
        self.fields["registration"].choices = [  # type: ignore[attr-defined]
            *OPEN_TO_ALL,
            *((key, label) for key, (label, _standings) in self.STANDINGS.items()),
        ]
        self.fields["year"].choices = [*OPEN_TO_ALL, *((year, year) for year in years)]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> bool:
        """Whether anything was chosen."""
        return any(self.chosen().values())

    def chosen(self) -> dict[str, str]:
        """Return the valid choices; a value that is no choice counts as none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def narrow(self, networks: QuerySet[Network]) -> QuerySet[Network]:
        """Return those of ``networks`` (annotated by `with_occupancy`) that were asked for."""
        chosen = self.chosen()
        if chosen["subject"]:
            networks = networks.filter(subject=chosen["subject"])
        if chosen["audience"]:
            networks = networks.filter(audience__in=[chosen["audience"], Audience.EVERYONE])
        if chosen["registration"]:
            networks = in_standing(networks, *self.STANDINGS[chosen["registration"]][1])
        if chosen["year"]:
            networks = networks.filter(school_year=chosen["year"])
        return networks
