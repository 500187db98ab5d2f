"""What decides how the hours of a meeting count; whoever counts them hears when it changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from meetings.models import Meeting, Network
from meetings.planning.signals import counting_changed

Facts = dict[int, tuple[Any, ...]]


@contextmanager
def watched(network: Network | None, *, at: datetime) -> Iterator[None]:
    """Tell of the meetings of ``network`` whose hours count otherwise after what is done inside."""
    if network is None or network.pk is None:
        yield
        return
    before = facts(network)
    yield
    after = facts(network)
    changed = [key for key in before if key in after and after[key] != before[key]]
    if changed:
        meetings = list(Meeting.objects.filter(pk__in=changed))
        counting_changed.send(sender=Meeting, meetings=meetings, at=at)


def facts(network: Network) -> Facts:
    """Return what is stored of each meeting, by key: the network's rule and category, its own, its breaks."""
    common = Network.objects.values_list("credit_code", "pdp_category").get(pk=network.pk)
    meetings = network.meetings.select_related("working_group").prefetch_related("breaks")
    return {meeting.pk: (*common, *facts_of(meeting)) for meeting in meetings.all()}


def facts_of(meeting: Meeting) -> tuple[Any, ...]:
    """Return what of one meeting decides."""
    group = meeting.working_group
    breaks = [(one.start_time, one.minutes) for one in meeting.breaks.all()]
    return meeting.counts, meeting.category, breaks, group and (group.same_topic, group.category)
