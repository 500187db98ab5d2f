"""Looking once a week whether the links of public resources still answer."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F, Q

from meetings.library.emails import link_failed
from meetings.models import Resource
from stemnet.outgoing import Answer, ask

EVERY = timedelta(days=7)
AT_ONCE = 40
TELL_AFTER = timedelta(days=6)  # failing in two weeks in a row


def check_links(*, at: datetime, asking: Callable[[str], Answer] = ask) -> int:
    """Look at the links that were not looked at for a week; return how many. No row is held meanwhile.

    The contributor is told once, when a link failed in two weeks in a row.
    """
    due = Q(link_checked_at=None) | Q(link_checked_at__lte=at - EVERY)
    rows = Resource.objects.public().exclude(url="").filter(due)
    found = list(rows.order_by(F("link_checked_at").asc(nulls_first=True), "pk")[:AT_ONCE])
    for one in found:
        note(one, asking(one.url), at=at)
    return len(found)


def note(one: Resource, answer: Answer, *, at: datetime) -> None:
    """Write what a link answered, unless it was changed meanwhile."""
    since = None if answer.works else one.link_failed_at or at
    mine = Resource.objects.filter(pk=one.pk, url=one.url, link_checked_at=one.link_checked_at)
    written = mine.update(link_checked_at=at, link_failed_at=since, link_said=answer.said)
    if written and since and at - since >= TELL_AFTER and one.contributor:
        one.link_said = answer.said
        link_failed(one, since=since, at=at)
