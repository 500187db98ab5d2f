"""What programs ask a public portal for: pictures of shared links, the sitemap, robots.txt."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap as of_django
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from meetings.models import Network
from partners.models import Partnership
from registrations.public.documents import share_picture
from registrations.public.pages.network_cards import cards_of, with_cards
from registrations.public.pages.sitemaps import SITEMAPS
from stemnet.exceptions import Unprintable

A_DAY = 24 * 3600
PRIVATE = ("accounts", "admin", "demo", "documents", "invitation", "jobs", "learning", "mou", "sign", "staff")


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines to the public pages, and say where these are listed."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{name}/" for name in PRIVATE),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages that everyone may read."""
    answer: HttpResponse = of_django(request, SITEMAPS)
    return answer


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def share(request: HttpRequest) -> HttpResponse:
    """Draw the picture of the portal."""
    ours = Partnership.objects.first()
    facts = {"title": ours.name if ours else "", "eyebrow": "", "text": ours.tagline if ours else ""}
    return drawn(**facts)


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def share_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the picture of one network that everyone may see: its title, its year and its meetings."""
    networks = with_cards(Network.objects.visible_to(None), at=timezone.now())
    network = get_object_or_404(networks, slug=slug)
    (shown,) = cards_of([network])
    ours = Partnership.objects.first()
    facts: dict[str, Any] = {
        "title": str(network),
        "eyebrow": ours.name if ours else "",
        "text": shown.plan_words,
    }
    try:
        return drawn(**facts)
    except Unprintable:
        return redirect("share")


def drawn(**facts: str) -> HttpResponse:
    """Answer with a picture. Raises Unprintable."""
    return HttpResponse(share_picture(**facts), content_type="image/png")
