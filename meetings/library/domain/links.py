"""Looking once a week whether the links of public resources still answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from math import ceil

from django.db.models import F, Q

from meetings.library.emails import link_failed
from meetings.models import Resource
from stemnet.outgoing import Answer, ask

EVERY = timedelta(days=7)
LEAST, SHARES, AT_ONCE = 40, 120, 8  # a run looks at one of 120 shares, of the 168 hours of a week
TELL_AFTER = timedelta(days=6)  # failing in two weeks in a row


def check_links(*, at: datetime, asking: Callable[[str], Answer] = ask) -> int:
    """Look at links that were not looked at for a week; return how many. No row is held meanwhile.

    The clock runs this every hour, so that a week is enough for however many links there are. The
    contributor is told once, when a link failed in two weeks in a row.
    """
    due = Q(link_checked_at=None) | Q(link_checked_at__lte=at - EVERY)
    rows = Resource.objects.public().exclude(url="")
    most = max(LEAST, ceil(rows.count() / SHARES))
    found = list(rows.filter(due).order_by(F("link_checked_at").asc(nulls_first=True), "pk")[:most])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one, answer in zip(found, pool.map(asking, [one.url for one in found]), strict=True):
            note(one, answer, at=at)
    return len(found)


def note(one: Resource, answer: Answer, *, at: datetime) -> None:
    """Write what a link answered, unless it was changed meanwhile."""
    since = None if answer.works else one.link_failed_at or at
    mine = Resource.objects.filter(pk=one.pk, url=one.url, link_checked_at=one.link_checked_at)
    written = mine.update(link_checked_at=at, link_failed_at=since, link_said=answer.said)
    if written and since and at - since >= TELL_AFTER and one.contributor:
        one.link_said = answer.said
        link_failed(one, since=since, at=at)
