"""What everyone sees of the networks: home, the list, and one network."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import ListView

from meetings.models import Network
from partners.people.requests import PortalRequest
from registrations.public.forms import NetworkFilterForm
from registrations.public.pages.home_figures import SAID, figures, next_dates
from registrations.public.pages.home_map import DRAWN
from registrations.public.pages.network_cards import cards_of, with_cards
from registrations.public.pages.network_page import network_context, with_page
from registrations.seats.domain.occupancy import OccupiedNetwork, Standing, in_standing
from stemnet.briefly import Briefly
from stemnet.public_pages import public_page

HOME_CARDS = 6
FIRST_MEETING = F("first_starts_at").asc(nulls_last=True)


@login_not_required
@public_page
def home(request: PortalRequest) -> HttpResponse:
    """Show who we are, what is open, and what we have done so far."""
    now = timezone.now()
    networks = with_cards(Network.objects.published(), at=now)
    joinable = in_standing(networks, Standing.OPEN, Standing.WAITLIST).order_by(FIRST_MEETING, "title")
    drawn = DRAWN.get()
    cards = cards_of(joinable[:HOME_CARDS])
    dates, ahead = next_dates(cards, at=now)
    said = SAID.get()
    numbers = figures(said, drawn, ahead=ahead, at=now)
    sessions = [shown.network for shown in cards if shown.network.is_information_session]
    return render(
        request,
        "registrations/public/home.html",
        {
            "cards": cards,
            "information_session": sessions[0] if sessions else None,
            "partners": said.partners,
            "figures": numbers,
            "drawn": drawn,
            "voices": said.voices,
            "news": said.news,
            "next_meetings": dates,
        },
    )


def years_of(networks: QuerySet[Network]) -> list[str]:
    """Return the school years of networks, the newest first."""
    return list(networks.order_by("-school_year").values_list("school_year", flat=True).distinct())


PUBLIC_YEARS = Briefly(lambda: years_of(Network.objects.published()))


@method_decorator([login_not_required, public_page], name="dispatch")
class NetworkList(ListView[OccupiedNetwork]):
    """Every network that one may see, by school year, narrowed as asked."""

    request: PortalRequest
    template_name = "registrations/public/networks.html"
    paginate_by = 24

    def get_queryset(self) -> QuerySet[OccupiedNetwork]:
        """Return the networks that were asked for, newest year first, with what their cards need."""
        visible = Network.objects.visible_to(self.request.person)
        years = years_of(visible) if self.request.person else PUBLIC_YEARS.get()
        self.form = NetworkFilterForm(self.request.GET, years=years)
        networks = self.form.narrow(with_cards(visible, at=timezone.now()))
        return networks.order_by("-school_year", FIRST_MEETING, "title", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the cards of this page."""
        context = super().get_context_data(**kwargs)
        return {**context, "form": self.form, "cards": cards_of(context["object_list"])}


@login_not_required
@public_page
def network(request: PortalRequest, slug: str) -> HttpResponse:
    """Show one network: what it is, when it meets, and the next step."""
    person = request.person
    now = timezone.now()
    shown = get_object_or_404(with_page(Network.objects.visible_to(person), at=now), slug=slug)
    return render(request, "registrations/public/network.html", network_context(shown, person=person, at=now))
