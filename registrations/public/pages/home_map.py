"""What the home page draws and counts of the whole partnership, which may be a minute old."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Min, Sum
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from meetings.models import CoHost, Network
from partners.models import Organization, known_partnership, local_day
from registrations.models import Attendance, Registration
from registrations.public.domain.network_map import Picture, draw
from registrations.public.domain.region_map import RegionMap, Town, draw_map
from stemnet.briefly import Briefly
from stemnet.plain_names import plain_name
from stemnet.wording import school_year_on

A_MINUTE = 60


@dataclass(frozen=True)
class Drawn:
    """The dots behind the hero, the map, this year's educators, and the hours together since a year.

    Both drawings are rendered once a language, which was half of what the page had to render.
    """

    picture: Picture
    region: RegionMap
    people: int
    hours: int
    since: int
    _rendered: dict[tuple[str, str], SafeString] = field(default_factory=dict, compare=False)

    @property
    def picture_html(self) -> SafeString:
        """Return the dots behind the hero."""
        return self._html("registrations/public/_network_picture.html", picture=self.picture)

    @property
    def region_html(self) -> SafeString:
        """Return the map."""
        return self._html("registrations/public/_region_drawing.html", region=self.region)

    def _html(self, template: str, **shown: object) -> SafeString:
        key = template, get_language()
        if key not in self._rendered:
            self._rendered[key] = render_to_string(template, shown)
        return self._rendered[key]


def _draw() -> Drawn:
    """Read the partners and what they share, and draw both pictures."""
    rows = Organization.objects.public().values_list("pk", "slug", "sector", "city", "plain_city", "state")
    partners = list(rows)
    shared = shared_networks()
    minutes = Attendance.objects.filter(meeting__status="scheduled").aggregate(
        sum=Sum("minutes_counted"), first=Min("meeting__starts_at")
    )
    return Drawn(
        picture=draw([row[:3] for row in partners], shared),
        region=_region(
            [(pk, city, plain, state) for pk, _slug, _sector, city, plain, state in partners], shared
        ),
        people=_people_of(school_year_on(local_day(timezone.now()))),
        hours=(minutes["sum"] or 0) // 60,
        since=minutes["first"].year if minutes["first"] else 0,
    )


def _people_of(year: str) -> int:
    """Return how many people have a seat in a network of a school year."""
    seated = Registration.objects.seated().filter(network__in=Network.objects.published())
    return seated.filter(network__school_year=year).aggregate(n=Count("person", distinct=True))["n"] or 0


def _region(rows: list[tuple[int, str, str, str]], shared: dict[int, set[int]]) -> RegionMap:
    """Return the map of the partners' towns, and of those of the region that have none yet."""
    names: dict[Town, str] = {}
    partners: dict[Town, list[int]] = defaultdict(list)
    for pk, city, plain, state in rows:
        names[plain, state] = city
        partners[plain, state].append(pk)
    partnership = known_partnership()
    states = [state for town, keys in partners.items() for state in [town[1]] * len(keys) if state]
    most = max(sorted(set(states)), key=states.count, default="")
    for line in (partnership.region_places if partnership else "").splitlines():
        if line.strip():
            names.setdefault((plain_name(line), most), line.strip())
    host = partnership.host if partnership else None
    return draw_map(names, partners, shared, host=(host.plain_city, host.state) if host else None)


def shared_networks() -> dict[int, set[int]]:
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


DRAWN = Briefly(_draw, seconds=A_MINUTE)  # decorations, which are not worth that look on each page
