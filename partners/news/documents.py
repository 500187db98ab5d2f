"""News as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from partners.models import NewsPost
from stemnet.tables.writing import xml_safe

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """A feed whose date is that of its newest entry, so that nothing changes while nothing does."""

    def latest_post_date(self) -> datetime:
        """Return when its newest entry changed."""
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


def atom(posts: Iterable[NewsPost], *, title: str, subtitle: str) -> str:
    """Return ``posts`` as a feed, each named by its uid for as long as it lives."""
    feed = _Feed(
        title=xml_safe(title),
        link=f"{settings.SITE_URL}{reverse('news')}",
        feed_url=f"{settings.SITE_URL}{reverse('news_feed')}",
        description="",
        subtitle=xml_safe(subtitle) or None,
        language=get_language() or "en",
        author_name=xml_safe(title),
    )
    for post in posts:
        feed.add_item(
            title=xml_safe(post.title),
            link=f"{settings.SITE_URL}{post.get_absolute_url()}",
            description=xml_safe(post.summary),
            unique_id=f"urn:uuid:{post.uid}",
            pubdate=post.published_at,
            updateddate=max(post.on, post.changed_at),
        )
    return feed.writeString("utf-8")
