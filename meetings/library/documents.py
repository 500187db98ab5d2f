"""The library as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.models import Resource
from partners.models import Partnership
from stemnet.tables.writing import xml_safe

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """A feed whose date is that of its newest entry, so that nothing changes while nothing does."""

    def latest_post_date(self) -> datetime:
        """Return when its newest entry changed."""
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


def atom(resources: Iterable[Resource], *, partnership: Partnership | None) -> str:
    """Return ``resources`` as a feed, each named by its uid for as long as it lives."""
    title = xml_safe(_("Resource library of %(name)s") % {"name": partnership or _("the partnership")})
    feed = _Feed(
        title=title,
        link=f"{settings.SITE_URL}{reverse('library')}",
        feed_url=f"{settings.SITE_URL}{reverse('library_feed')}",
        description="",
        language=get_language() or "en",
        author_name=title,
    )
    for one in resources:
        feed.add_item(
            title=xml_safe(one.title),
            link=f"{settings.SITE_URL}{one.get_absolute_url()}",
            description=escape(xml_safe(one.summary)),  # Django calls it HTML
            unique_id=f"urn:uuid:{one.uid}",
            author_name=xml_safe(str(one.organization)) if one.organization else None,
            pubdate=one.published_at,
            updateddate=max(one.published_at or one.changed_at, one.changed_at),
        )
    return feed.writeString("utf-8")
