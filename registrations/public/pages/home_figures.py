"""The figures of the home page, each with the address of the list behind it, and the next dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting
from partners.models import NewsPost, Organization, Voice, local_day
from registrations.public.pages.home_map import Drawn
from registrations.public.pages.network_cards import Card
from stemnet.briefly import Briefly
from stemnet.wording import school_year_on

NEXT_DATES, VOICES, NEWS = 3, 3, 2
NextDate = tuple[Meeting, Card | None]  # with the card where one can register


@dataclass(frozen=True)
class Figure:
    """One figure: the number, its words, and the list behind it."""

    value: str
    text: str
    url: str


def figure(number: int, text: str, url: str) -> Figure:
    """Make a figure; big numbers get their separators."""
    return Figure(str(number_format(number, force_grouping=True)), text, url)


@dataclass(frozen=True)
class Said:
    """What the partnership says of itself: how many partners in how many sectors, voices, news."""

    partners: int
    sectors: int
    voices: list[Voice]
    news: list[NewsPost]


def _said() -> Said:
    found = Organization.objects.public().aggregate(
        partners=Count("pk"), sectors=Count("sector", distinct=True)
    )
    voices, news = Voice.objects.shown()[:VOICES], NewsPost.objects.published()[:NEWS]
    return Said(found["partners"], found["sectors"], list(voices), list(news))


SAID = Briefly(_said)


def figures(said: Said, drawn: Drawn, *, ahead: int, at: datetime) -> list[Figure]:
    """Return the figures that are not zero."""
    partners, sectors, people = said.partners, said.sectors, drawn.people
    directory, listed = reverse("partners"), f"{reverse('networks')}?year={school_year_on(local_day(at))}"
    since = {"year": drawn.since}
    shown = [
        (partners, ngettext("partner organization", "partner organizations", partners), directory),
        (sectors, ngettext("sector represented", "sectors represented", sectors), f"{directory}#sectors"),
        (people, ngettext("educator this year", "educators this year", people), listed),
        (drawn.hours, _("hours together since %(year)s") % since, reverse("networks")),
        (ahead, ngettext("upcoming meeting", "upcoming meetings", ahead), reverse("calendar")),
    ]
    return [figure(*row) for row in shown if row[0]]


def next_dates(cards: Iterable[Card], *, at: datetime) -> tuple[list[NextDate], int]:
    """Return the next meetings of networks and how many are ahead, in one query."""
    by_network = {one.network.pk: one for one in cards}
    own = Meeting.objects.visible_to(None).own().upcoming(at).select_related("network")
    found = list(own.annotate(ahead=Window(Count("pk")))[:NEXT_DATES])
    dates: list[NextDate] = [(one, by_network.get(one.network_id or 0)) for one in found]
    return dates, found[0].ahead if found else 0
