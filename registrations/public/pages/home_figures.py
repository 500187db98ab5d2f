"""The figures of the home page, each with the address of the list behind it, and its picture."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import CoHost, Meeting, Network
from partners.models import Organization, local_day
from registrations.models import Registration
from registrations.public.domain.network_map import Picture, draw
from registrations.public.pages.network_cards import Card
from registrations.seats.domain.occupancy import with_occupancy
from stemnet.briefly import Briefly
from stemnet.wording import school_year_on

NEXT_DATES = 3
A_MINUTE = 60
Partner = tuple[int, str, str]  # key, address, sector


@dataclass(frozen=True)
class Figure:
    """One figure: the number, its words, and the list behind it."""

    value: str
    text: str
    url: str


def figure(number: int, text: str, url: str) -> Figure:
    """Make a figure; big numbers get their separators."""
    return Figure(str(number_format(number, force_grouping=True)), text, url)


def figures(partners: Sequence[Partner], *, at: datetime) -> list[Figure]:
    """Return the figures that are not zero, of partners, of this school year, and of what is ahead."""
    year = school_year_on(local_day(at))
    networks = Network.objects.published().filter(school_year=year)
    count, sectors = len(partners), len({sector for _pk, _slug, sector in partners})
    of_year = with_occupancy(networks, at=at).aggregate(held=Count("pk"), sum=Sum("taken"))
    held, taken = of_year["held"], of_year["sum"] or 0
    ahead = Meeting.objects.visible_to(None).upcoming(at).count()
    directory, listed = reverse("partners"), f"{reverse('networks')}?year={year}"
    shown = [
        (count, ngettext("partner organization", "partner organizations", count), directory),
        (sectors, ngettext("sector represented", "sectors represented", sectors), f"{directory}#sectors"),
        (held, ngettext("network this school year", "networks this school year", held), listed),
        (taken, _("seats taken this school year"), listed),
        (ahead, ngettext("upcoming meeting", "upcoming meetings", ahead), reverse("calendar")),
    ]
    return [figure(*row) for row in shown if row[0]]


def next_dates(cards: Iterable[Card], *, at: datetime) -> list[tuple[Meeting, Card | None]]:
    """Return the next meetings of networks, each with its card where one can register; one query."""
    by_network = {one.network.pk: one for one in cards}
    own = Meeting.objects.visible_to(None).own().upcoming(at).select_related("network")
    return [(one, by_network.get(one.network_id or 0)) for one in own[:NEXT_DATES]]


def partners_now() -> list[Partner]:
    """Return the partner organizations."""
    return list(Organization.objects.public().values_list("pk", "slug", "sector"))


def partner_picture(partners: Sequence[Partner]) -> Picture:
    """Draw the partner organizations and the networks that they share, which may be a minute old."""
    return draw(partners, SHARED.get())


def _shared() -> dict[int, set[int]]:
    """Return the organizations of each network, by their people or as co-hosts: from all registrations."""
    seated = (
        Registration.objects.seated()
        .filter(
            network__in=Network.objects.published(), position__organization__in=Organization.objects.public()
        )
        .order_by()
        .values_list("network_id", "position__organization_id")
        .distinct()
    )
    hosts = CoHost.objects.filter(network__in=Network.objects.published())
    networks: dict[int, set[int]] = defaultdict(set)
    for network, organization in [*seated, *hosts.values_list("network_id", "organization_id")]:
        networks[network].add(organization)
    return networks


SHARED = Briefly(_shared, seconds=A_MINUTE)  # a decoration, which is not worth that look on each page
