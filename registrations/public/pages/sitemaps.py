"""Which pages search engines are told of: only what everyone may read."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from meetings.models import Network
from partners.models import Organization

PAGES = ("home", "networks", "calendar", "partners", "news", "partnership", "verify", "accessibility")


class PageSitemap(Sitemap[str]):
    """The pages that are always there."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        return list(PAGES)

    def location(self, item: str) -> str:
        """Return an address."""
        return reverse(item)


class NetworkSitemap(Sitemap[Network]):
    """The networks that everyone may see."""

    def items(self) -> list[Network]:
        """Return them, newest first."""
        return list(Network.objects.visible_to(None).order_by("-school_year", "pk"))

    def lastmod(self, item: Network) -> datetime | None:
        """Return when somebody edited it last."""
        return item.edited_at


class PartnerSitemap(Sitemap[Organization]):
    """The partners that the directory shows."""

    def items(self) -> list[Organization]:
        """Return them by name."""
        return list(Organization.objects.public().order_by("plain_name", "pk"))


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": PageSitemap,
    "networks": NetworkSitemap,
    "partners": PartnerSitemap,
}
