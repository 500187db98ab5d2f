"""A group's own meetings: planned, changed and called off by those who run it, on any day and place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network, WorkingGroup
from meetings.planning.domain import counting, moving, planning
from meetings.planning.domain.setting_up import touch
from meetings.planning.exceptions import MovingRefused, WallTimeRefused
from partners.models import Actor


@transaction.atomic
def plan_meeting(
    group: WorkingGroup, *, title: str, values: Mapping[str, Any], by: Actor, at: datetime
) -> Meeting:
    """Add a meeting to ``group`` and tell its people; ``values`` are its times and its place.

    One of the same title that begins then stays the only one, so that sending a form twice plans once.
    Raises WallTimeRefused for a time that the clock does not show, or that has passed.
    """
    network = _locked(group)
    meeting = Meeting(network=network, working_group=group, title=title)
    planning.set_time(meeting, **{name: values[name] for name in moving.TIMES})
    _check_ahead(meeting, at=at)
    same = group.meetings.standing().filter(title=title, starts_at=meeting.starts_at).first()
    if same:
        return same
    for name in moving.PLACE:
        setattr(meeting, name, values[name])
    with counting.watched(network, at=at):
        meeting.save()
    if network:
        touch(network, by=by, at=at, save=True)
    if network is None or network.published_at is not None:
        moving.announce([meeting], by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, title: str, values: Mapping[str, Any], reason: str = "", by: Actor, at: datetime
) -> Meeting:
    """Give a group's meeting another title, time or place, and tell its people of what changed.

    Raises MovingRefused where it has begun and no reason is given, WallTimeRefused for an impossible time.
    """
    names = (*moving.TIMES, *moving.PLACE)
    wanted = moving.replanned(meeting, {name: values[name] for name in names})
    moving.change_meetings([meeting], wanted, by=by, at=at, reason=reason)
    fresh = Meeting.objects.get(pk=meeting.pk)
    if fresh.starts_at != meeting.starts_at:
        _check_ahead(fresh, at=at)
    if fresh.title != title:
        fresh.title = title
        fresh.save(update_fields=["title"])
    return fresh


def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> None:
    """Call a group's meeting off and tell its people. Raises MovingRefused."""
    if meeting.is_cancelled:
        raise MovingRefused(sentence=_("%(title)s was already cancelled.") % {"title": meeting.title})
    moving.change_meetings([meeting], moving.cancelled(), by=by, at=at, reason=reason)


def _locked(group: WorkingGroup) -> Network | None:
    """Hold the network of ``group`` and return it fresh; of a team, hold the team."""
    if group.network_id is None:
        WorkingGroup.objects.select_for_update().get(pk=group.pk)
        return None
    return Network.objects.select_for_update().get(pk=group.network_id)


def _check_ahead(meeting: Meeting, *, at: datetime) -> None:
    if meeting.starts_at <= at:
        raise WallTimeRefused(sentence=_("That time has passed. Choose one that's still to come."))
