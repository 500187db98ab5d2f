"""How one narrows the calendar: by subject, standard, for whom, town, and how one takes part."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Modality, Network
from partners.models import OFFERED, Standard
from partners.people.forms.standards_field import StandardPartField
from stemnet.briefly import Briefly
from stemnet.forms.fields import field_of
from stemnet.forms.filtering import FilterForm, any_or

TOWN = re.compile(r"([^,\d][^,\d]*), [A-Z]{2}\b")


class CalendarFilterForm(FilterForm):
    """All optional; a value that is no choice narrows nothing."""

    subject = forms.ChoiceField(label=_("Subject"), required=False)
    standard = StandardPartField()
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
            meetings = about(meetings, subjects__code=chosen["subject"])
        if chosen["standard"]:
            known = Standard.objects.tied_by_part(chosen["standard"])
            meetings = about(meetings, standards__in=known.values("pk"))
        if chosen["audience"]:
            meant = Q(audiences__code=chosen["audience"]) | Q(audiences=None)
            meetings = meetings.filter(network__in=Network.objects.filter(meant).values("pk"))
        if chosen["town"]:
            meetings = meetings.filter(address__icontains=f"{chosen['town']}, ")
        if chosen["modality"]:
            meetings = meetings.filter(modality=chosen["modality"])
        return meetings


def about(meetings: QuerySet[Meeting], **what: Any) -> QuerySet[Meeting]:
    """Return those of ``meetings`` that are about something, or whose network is."""
    networks, own = (model.objects.filter(**what).values("pk") for model in (Network, Meeting))
    return meetings.filter(Q(network__in=networks) | Q(pk__in=own))


def towns() -> list[str]:
    """Return the towns in which public meetings are held, as their addresses say, by name."""
    addresses = Meeting.objects.visible_to(None).exclude(address="").order_by()
    found = (TOWN.search(address) for address in addresses.values_list("address", flat=True).distinct())
    return sorted({match[1].strip() for match in found if match})


TOWNS = Briefly(towns)
