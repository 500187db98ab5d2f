"""What a partner hosted in a year, for its year in review."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import ngettext

from meetings.models import CoHost, Meeting
from partners.models import Organization


@dataclass(frozen=True)
class Hosted:
    """How many meetings the partner hosted, and networks it co-hosted."""

    meetings: int
    networks: int


def hosted(organization: Organization, begin: datetime, end: datetime) -> Hosted:
    """Count the meetings that it or a part of it hosted, and the networks that met and that it co-hosted."""
    held = Meeting.objects.standing().filter(starts_at__gte=begin, starts_at__lt=end)
    here = Q(host=organization) | Q(host__part_of=organization)
    networks = CoHost.objects.filter(organization=organization, network__in=held.values("network"))
    return Hosted(held.filter(here).count(), networks.values("network").distinct().count())


def meeting_lines(organization: Organization, *, begin: datetime, end: datetime, at: datetime) -> list[str]:
    """Say what the partner hosted until ``at``; two queries."""
    held = hosted(organization, begin, min(end, at))
    return [
        ngettext("%(n)d meeting hosted", "%(n)d meetings hosted", held.meetings) % {"n": held.meetings},
        ngettext("%(n)d network co-hosted", "%(n)d networks co-hosted", held.networks) % {"n": held.networks},
    ]
