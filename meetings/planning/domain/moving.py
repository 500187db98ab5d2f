"""Snow days: cancelling meetings, giving them a new date, moving them online, changing room or link.

Every change that people are told of raises the meeting's revision and is a row of history; the other apps
hear of one whole act by one signal. What is so already changes nothing, so a form sent twice acts once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingChange, Modality, Network
from meetings.planning.domain import breaks, planning
from meetings.planning.exceptions import MovingRefused
from meetings.planning.signals import meetings_changed
from partners.models import Actor, acted
from stemnet import jobs
from stemnet.history import say_reason

What = MeetingChange.What
FACTS = (
    "status",
    "on",
    "start_time",
    "end_time",
    "zone",
    "starts_at",
    "ends_at",
    "modality",
    "venue",
    "address",
    "room",
    "join_url",
)
TIMES = ("on", "start_time", "end_time", "zone")
PLACE = ("modality", "venue", "address", "room", "join_url")


@dataclass(frozen=True)
class Wanted:
    """What is to happen to each of the chosen meetings; ``values`` are columns of Meeting.

    ``typed_follow`` says that what was typed at the attendance desk moves by the same hours, ``whole`` that
    ``values`` name every column of times and place.
    """

    what: str
    values: Mapping[str, Any] = field(default_factory=dict)
    typed_follow: bool = False
    whole: bool = False


def cancelled() -> Wanted:
    """Call them off."""
    return Wanted(What.CANCELLED)


def rescheduled(
    *,
    on: date | None = None,
    start_time: time | None = None,
    end_time: time | None = None,
    zone: str | None = None,
    typed_follow: bool = False,
) -> Wanted:
    """Give them a new date or time; what is None stays. One that was cancelled stands again.

    Times typed at the attendance desk stay as typed, unless ``typed_follow``.
    """
    given = {"on": on, "start_time": start_time, "end_time": end_time, "zone": zone}
    values = {name: value for name, value in given.items() if value is not None}
    return Wanted(What.RESCHEDULED, values, typed_follow=typed_follow)


def moved_online(*, join_url: str = "") -> Wanted:
    """Hold them online; without a link each needs one already."""
    return Wanted(What.MOVED_ONLINE, {"join_url": join_url})


def new_place(**values: str) -> Wanted:
    """Change how or where they are held: modality, venue, address, room, join_url; what is empty stays."""
    return Wanted(What.PLACE, {name: value for name, value in values.items() if value})


def replanned(meeting: Meeting, values: Mapping[str, Any]) -> Wanted:
    """Give a meeting all of these times and this place in one act; an empty place is none."""
    moves = meeting.is_cancelled or any(getattr(meeting, name) != values[name] for name in TIMES)
    return Wanted(What.RESCHEDULED if moves else What.PLACE, values, whole=True)


@jobs.finishing()
@transaction.atomic
def change_meetings(
    meetings: Iterable[Meeting], wanted: Wanted, *, by: Actor, at: datetime, reason: str = ""
) -> list[MeetingChange]:
    """Do ``wanted`` to ``meetings`` in one act, say so once, and return what changed.

    Raises MovingRefused, and WallTimeRefused for a time that does not exist on the day.
    """
    keys = sorted(meeting.pk for meeting in meetings)
    of_these = Network.objects.filter(meetings__in=keys).values("pk")
    networks = list(Network.objects.select_for_update().filter(pk__in=of_these).order_by("pk"))
    closed = {network: network.closes_at() for network in networks}
    rows = Meeting.objects.select_related("network", "working_group").prefetch_related("breaks")
    changes = planned(list(rows.filter(pk__in=keys)), wanted, by=by, at=at, reason=reason)
    for each in changes:
        each.meeting.save()
        if each.before["start_time"] != each.after["start_time"]:
            for one in each.meeting.breaks.all():
                one.save()
        each.save()
    if wanted.what == What.CANCELLED:
        stay_closed(closed, at=at)
    if changes:
        follow = {"typed_follow": wanted.typed_follow}
        meetings_changed.send(sender=Meeting, changes=changes, **follow, by=by, at=at)
    return changes


def stay_closed(closed: Mapping[Network, datetime | None], *, at: datetime) -> None:
    """Keep registration closed where it was, though the meeting whose start closed it was cancelled."""
    for network, closed_at in closed.items():
        if closed_at is None or closed_at > at:
            continue
        closes_at = network.closes_at()
        if closes_at is None or closes_at > at:
            network.closed_at = closed_at
            say_reason(network, _("Registration stays closed"))
            network.save(update_fields=["closed_at"])


@jobs.finishing()
@transaction.atomic
def announce(meetings: Sequence[Meeting], *, by: Actor, at: datetime) -> list[MeetingChange]:
    """Say of ``meetings``, just added to a network that has people, that they are new."""
    changes = [
        MeetingChange(
            meeting=meeting,
            what=What.ADDED,
            sequence=meeting.sequence,
            to_status=meeting.status,
            before=facts(meeting),
            after=facts(meeting),
            at=at,
            **acted(by),
        )
        for meeting in meetings
    ]
    MeetingChange.objects.bulk_create(changes)
    if changes:
        meetings_changed.send(sender=Meeting, changes=changes, by=by, at=at)
    return changes


def planned(
    meetings: Sequence[Meeting], wanted: Wanted, *, by: Actor, at: datetime, reason: str = ""
) -> list[MeetingChange]:
    """Work out ``wanted`` on these rows in memory and write nothing: for the preview and the act itself."""
    changes = []
    for meeting in sorted(meetings, key=lambda one: (one.starts_at, one.pk)):
        before = facts(meeting)
        check_reason(meeting, reason, at=at)
        adjust(meeting, wanted)
        after = facts(meeting)
        if after == before:
            continue
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, at
        changes.append(
            MeetingChange(
                meeting=meeting,
                what=wanted.what,
                sequence=meeting.sequence,
                from_status=before["status"],
                to_status=after["status"],
                before=before,
                after=after,
                at=at,
                reason=reason.strip(),
                **acted(by),
            )
        )
    return changes


def revise(meeting: Meeting, *, before: Mapping[str, str], at: datetime) -> None:
    """Raise the revision in memory where the facts are not those ``before``, for calendars that know them."""
    if facts(meeting) != before:
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, at


def check_reason(meeting: Meeting, reason: str, *, at: datetime) -> None:
    """Raise MovingRefused where a meeting that has begun is changed without a reason."""
    if meeting.starts_at <= at and not meeting.is_cancelled and not reason.strip():
        raise MovingRefused(
            sentence=_("%(title)s has already started. Say why you're changing it.")
            % {"title": meeting.title}
        )


def adjust(meeting: Meeting, wanted: Wanted) -> None:
    """Do ``wanted`` to the row in memory."""
    if wanted.what == What.CANCELLED:
        meeting.status = Meeting.Status.CANCELLED
    elif wanted.what == What.RESCHEDULED:
        set_new_time(meeting, {name: wanted.values[name] for name in TIMES if name in wanted.values})
    elif meeting.is_cancelled:
        raise MovingRefused(
            sentence=_("%(title)s was cancelled. Give it a new date first.") % {"title": meeting.title}
        )
    elif wanted.what == What.MOVED_ONLINE:
        set_online(meeting, wanted.values["join_url"])
    elif not wanted.whole:
        set_place(meeting, wanted.values)
    if wanted.whole:
        set_whole_place(meeting, wanted.values)


def set_new_time(meeting: Meeting, values: Mapping[str, Any]) -> None:
    """Give the row a new date or time; one that was cancelled stands again."""
    old = (meeting.starts_at, meeting.ends_at)
    kept = {name: getattr(meeting, name) for name in ("on", "start_time", "end_time", "zone")}
    planning.set_time(meeting, **{**kept, **values})
    breaks.follow(meeting, old_start=kept["start_time"])
    meeting.rescheduled = meeting.rescheduled or (meeting.starts_at, meeting.ends_at) != old
    meeting.status = Meeting.Status.SCHEDULED


def set_whole_place(meeting: Meeting, values: Mapping[str, str]) -> None:
    """Write how and where the row is held as it was typed; what is empty is so."""
    for name in PLACE:
        setattr(meeting, name, values[name])
    meeting.moved_online = meeting.moved_online and meeting.modality == Modality.ONLINE


def set_online(meeting: Meeting, join_url: str) -> None:
    """Let the row be held online; its place is no longer true."""
    meeting.join_url = join_url or meeting.join_url
    if not meeting.join_url:
        raise MovingRefused(
            sentence=_("%(title)s has no link to join yet. Add one first.") % {"title": meeting.title}
        )
    meeting.moved_online = meeting.moved_online or meeting.modality != Modality.ONLINE
    meeting.modality = Modality.ONLINE
    meeting.venue = meeting.address = meeting.room = ""


def set_place(meeting: Meeting, values: Mapping[str, str]) -> None:
    """Write how and where the row is held."""
    for name in PLACE:
        setattr(meeting, name, values.get(name) or getattr(meeting, name))
    meeting.moved_online = meeting.moved_online and meeting.modality == Modality.ONLINE


def facts(meeting: Meeting) -> dict[str, str]:
    """Return what people are told of, as text."""
    return {name: str(getattr(meeting, name)) for name in FACTS}
