"""How one narrows the calendar: by subject, for whom, town, and how one takes part."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Modality, Network
from partners.models import OFFERED
from stemnet.briefly import Briefly
from stemnet.forms.fields import field_of
from stemnet.forms.filtering import FilterForm, any_or

TOWN = re.compile(r"([^,\d][^,\d]*), [A-Z]{2}\b")


class CalendarFilterForm(FilterForm):
    """All optional; a value that is no choice narrows nothing."""

    subject = forms.ChoiceField(label=_("Subject"), required=False)
    audience = forms.ChoiceField(label=_("For"), required=False)
    town = forms.ChoiceField(label=_("Town"), required=False)
    modality = forms.ChoiceField(label=_("How"), required=False, choices=any_or(Modality.choices))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subjects, audiences = OFFERED.get()
        places = [(town, town) for town in TOWNS.get()]
        for name, choices in (("subject", subjects), ("audience", audiences), ("town", places)):
            field_of(self, name, forms.ChoiceField).choices = any_or(choices)

    def narrow(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Return those of ``meetings`` that were asked for."""
        chosen = self.chosen()
        if chosen["subject"]:
            about = {"subjects__code": chosen["subject"]}
            networks, own = (model.objects.filter(**about).values("pk") for model in (Network, Meeting))
            meetings = meetings.filter(Q(network__in=networks) | Q(pk__in=own))
        if chosen["audience"]:
            meant = Q(audiences__code=chosen["audience"]) | Q(audiences=None)
            meetings = meetings.filter(network__in=Network.objects.filter(meant).values("pk"))
        if chosen["town"]:
            meetings = meetings.filter(address__icontains=f"{chosen['town']}, ")
        if chosen["modality"]:
            meetings = meetings.filter(modality=chosen["modality"])
        return meetings


def towns() -> list[str]:
    """Return the towns in which public meetings are held, as their addresses say, by name."""
    addresses = Meeting.objects.visible_to(None).exclude(address="").order_by()
    found = (TOWN.search(address) for address in addresses.values_list("address", flat=True).distinct())
    return sorted({match[1].strip() for match in found if match})


TOWNS = Briefly(towns)
