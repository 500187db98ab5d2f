"""What the forms of action items and homework begin with: where it belongs, who can do it, until when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from meetings.gathering.domain.belonging import Source, people_of
from meetings.gathering.domain.owners import readers_of, readers_of_each
from meetings.gathering.domain.sources import source_for
from meetings.gathering.pages.left_behind import suggested_day
from meetings.models import ActionItem, Meeting
from partners.models import Organization, Person, local_day


def source_or_404(person: Person, asked: Mapping[str, Any]) -> Source:
    """Return where an item is given, as the address says. Raises Http404 for who gives none there."""
    names = {name: str(asked.get(name, "")) for name in ("meeting", "group", "network")}
    source = source_for(person, **names)
    if source is None:
        raise Http404
    return source


def choices_for(source: Source) -> dict[str, Any]:
    """Return the people and the partners among whom owners are chosen; two statements."""
    return {
        "people": people_of(source),
        "organizations": Organization.objects.partners().order_by("plain_name", "pk"),
    }


def has_left(item: ActionItem, *, on: date) -> bool:
    """Return whether whoever does an item no longer belongs where it was given, or nobody there is told."""
    source = Source(item.meeting, item.network, item.working_group)
    if item.person is not None:
        return not people_of(source).filter(pk=item.person.pk).exists()
    known = readers_of_each([item.owner] if item.owner else [], on=on)
    return not readers_of(item, known)


def first_due(source: Source, *, at: datetime) -> date:
    """Return the day that the form suggests: that of the next meeting, or in two weeks."""
    rows = Meeting.objects.upcoming(at).filter(working_group=source.working_group)
    if source.working_group is None:
        rows = rows.filter(network=source.network)
    if source.meeting:
        rows = rows.filter(starts_at__gt=source.meeting.starts_at)
    following = rows.first()
    return suggested_day(source.meeting, following.on if following else None, today=local_day(at))


def page_of(source: Source) -> str:
    """Return the page that the items of a source are listed on."""
    if source.meeting:
        return source.meeting.get_absolute_url()
    address = reverse("action_items")
    if source.working_group:
        return source.working_group.get_absolute_url()
    return f"{address}?network={source.network.slug}" if source.network else f"{address}?show=given"
