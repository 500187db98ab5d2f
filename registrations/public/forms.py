"""How one narrows the list of networks."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Network
from partners.models import OFFERED, Standard
from partners.people.forms.standards_field import StandardPartField
from registrations.seats.domain.occupancy import OccupiedNetwork, Standing, in_standing
from stemnet.forms.fields import field_of
from stemnet.forms.filtering import FilterForm, any_or


class NetworkFilterForm(FilterForm):
    """Subject, standard, audience, whether one can register, school year; unknown choices count as none."""

    STANDINGS = {
        "open": (_("Open"), [Standing.OPEN]),
        "soon": (_("Opens later"), [Standing.SOON]),
        "full": (_("Full or waitlist"), [Standing.WAITLIST, Standing.FULL]),
        "closed": (_("Closed"), [Standing.CLOSED, Standing.CANCELLED]),
    }
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    standard = StandardPartField()
    audience = forms.ChoiceField(label=_("For"), required=False)
    registration = forms.ChoiceField(
        label=_("Registration"),
        required=False,
        choices=any_or((key, label) for key, (label, _standings) in STANDINGS.items()),
    )
    year = forms.ChoiceField(label=_("School year"), required=False)

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subjects, audiences = OFFERED.get()
        listed = [(year, year) for year in years]
        for name, choices in (("subject", subjects), ("audience", audiences), ("year", listed)):
            field_of(self, name, forms.ChoiceField).choices = any_or(choices)

    def narrow(self, networks: QuerySet[OccupiedNetwork]) -> QuerySet[OccupiedNetwork]:
        """Return those of ``networks`` that were asked for."""
        chosen = self.chosen()
        if chosen["subject"]:
            networks = networks.filter(subjects__code=chosen["subject"])
        if chosen["standard"]:
            about = {"standards__in": Standard.objects.tied_by_part(chosen["standard"]).values("pk")}
            own, met = Network.objects.filter(**about), Meeting.objects.filter(**about)
            networks = networks.filter(Q(pk__in=own.values("pk")) | Q(pk__in=met.values("network")))
        if chosen["audience"]:
            meant = Q(audiences__code=chosen["audience"]) | Q(audiences=None)
            networks = networks.filter(pk__in=Network.objects.filter(meant).values("pk"))
        if chosen["registration"]:
            networks = in_standing(networks, *self.STANDINGS[chosen["registration"]][1])
        if chosen["year"]:
            networks = networks.filter(school_year=chosen["year"])
        return networks
