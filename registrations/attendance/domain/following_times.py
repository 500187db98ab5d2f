"""What marks become when a meeting gets another time: ticks go along, typed wall times stay what was typed.

See docs/rules.md 6.2.
"""

from datetime import UTC, datetime, time, timedelta

from django.db.models import F, Q

from meetings.models import Meeting, MeetingChange
from meetings.planning.domain.planning import zone_named
from partners.models import Actor, acted, local_day
from registrations.attendance.domain.attendance import replace
from registrations.credit.domain.intervals import Interval, as_pairs, from_pairs
from registrations.models import BY_DEVICE, BY_HAND, Evidence, Seen
from registrations.models.attendance.attendance import EvidenceQuerySet


class Move:
    """How the wall clock of one meeting's marks moves: by days, and by hours where that was said."""

    def __init__(self, change: MeetingChange, *, typed_follow: bool) -> None:
        self.meeting, before = change.meeting, change.before
        self.old_start = datetime.fromisoformat(before["starts_at"])
        self.old_end = datetime.fromisoformat(before["ends_at"])
        self.old_zone, self.zone = zone_named(before["zone"]), zone_named(self.meeting.zone)
        self.by = timedelta(days=(self.meeting.on - local_day(self.old_start, self.old_zone)).days)
        if typed_follow:
            start = datetime.combine(self.meeting.on, self.meeting.start_time)
            self.by = start - self.old_start.astimezone(self.old_zone).replace(tzinfo=None)

    @property
    def is_any(self) -> bool:
        """Return whether the meeting has another time."""
        return (self.old_start, self.old_end) != (self.meeting.starts_at, self.meeting.ends_at)

    def typed(self, moment: datetime) -> datetime:
        """Return the moment at which the clock shows now what was typed."""
        wall = moment.astimezone(self.old_zone).replace(tzinfo=None) + self.by
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def span(self, arrived: datetime, left: datetime) -> Interval:
        """Return when somebody was there: from the start and to the end as it is now, else as typed."""
        start = self.meeting.starts_at if arrived == self.old_start else self.typed(arrived)
        end = self.meeting.ends_at if left == self.old_end else self.typed(left)
        return Interval(start, end) if start < end else Interval(self.typed(arrived), self.typed(left))

    def seen(self, arrived: datetime, left: datetime) -> Interval:
        """Return when a device saw somebody: from the same moment, to the end where they stayed to it."""
        end = self.meeting.ends_at if left == self.old_end else left
        return Interval(arrived, end) if arrived < end else Interval(arrived, left)


def follow_moved_meeting(move: Move, *, by: Actor, at: datetime, reason: str) -> None:
    """Let marks follow a meeting whose time was changed; each is a new mark.

    A device saw the moment of arriving itself; who stayed to the end stays to the new one.
    """
    marks = Evidence.objects.standing().filter(
        meeting=move.meeting, source__in=[*BY_HAND, *BY_DEVICE], seen=Seen.PRESENT
    )
    for old in marks:
        if old.arrived_at is None or old.left_at is None:
            continue
        if old.source in BY_DEVICE:
            span, away = move.seen(old.arrived_at, old.left_at), old.away
        else:
            span = move.span(old.arrived_at, old.left_at)
            away = as_pairs((move.typed(out), move.typed(back)) for out, back in from_pairs(old.away))
        if (*span, away) == (old.arrived_at, old.left_at, old.away):
            continue
        new = Evidence(
            meeting=move.meeting,
            registration_id=old.registration_id,
            source=old.source,
            seen=old.seen,
            arrived_at=span.start,
            left_at=span.end,
            away=away,
            presenting=old.presenting,
            at=at,
            batch=old.batch,
            reason=reason[:300],
            **acted(by),
        )
        replace(old, new, at=at)


def typed_marks() -> EvidenceQuerySet:
    """Return the standing marks by hand with a time that is neither the start nor the end of the meeting."""
    start, end = F("meeting__starts_at"), F("meeting__ends_at")
    return (
        Evidence.objects.standing()
        .filter(source__in=BY_HAND, seen=Seen.PRESENT)
        .exclude(Q(arrived_at=start) & Q(left_at=end) & Q(away=[]))
    )


def has_typed_times(meeting: Meeting) -> bool:
    """Return whether somebody typed a time at ``meeting``."""
    return typed_marks().filter(meeting=meeting).exists()


def moves_by_hours(meeting: Meeting, start_time: time | None) -> bool:
    """Return whether ``meeting`` begins at another hour than it did."""
    return start_time is not None and start_time != meeting.start_time
