"""What a network's staff page says of each of its meetings, and its list of each person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network, WorkingGroup
from registrations.credit.domain.credit_words import total_words
from registrations.credit.domain.readiness import Readiness
from registrations.models import Attendance, AttendanceCompletion, Registration, Seen

NEXT, FEW = 3, 6  # meetings to come that are in sight; finished ones, where there is nothing else


@dataclass(frozen=True)
class MeetingLine:
    """One meeting: a tag that says where its attendance stands, and how many came."""

    meeting: Meeting
    tag: tuple[str, str]
    came: int


@dataclass(frozen=True)
class Folded:
    """The meetings of a network: what is due or next, and folded what comes later and what is finished."""

    now: list[MeetingLine]
    later: list[MeetingLine]
    finished: list[MeetingLine]

    @property
    def shows_finished(self) -> bool:
        """Return whether the finished ones are in sight: they are all there is, and few."""
        return not self.now and len(self.finished) <= FEW


def folded(lines: list[MeetingLine]) -> Folded:
    """Part meetings by what staff look for: those to finish and the next few, the others folded."""
    is_ahead = [line.tag[0] == "" for line in lines]
    ahead = [line for line, later in zip(lines, is_ahead, strict=True) if later]
    rest = [line for line, later in zip(lines, is_ahead, strict=True) if not later]
    due = [line for line in rest if line.tag[0] in ("warn", "info")]
    finished = [line for line in rest if line.tag[0] in ("ok", "bad")]
    return Folded(now=[*due, *ahead[:NEXT]], later=ahead[NEXT:], finished=finished)


def meetings_of(about: Network | WorkingGroup, *, at: datetime) -> list[MeetingLine]:
    """Return every meeting of a group, or of a network with its groups', in order, in two queries."""
    complete = AttendanceCompletion.objects.filter(meeting=OuterRef("pk"))
    meetings = (
        about.meetings.select_related("working_group")
        .annotate(
            came=Count("attendances", filter=Q(attendances__status=Seen.PRESENT)),
            marked=Count("attendances"),
            complete=Exists(complete),
        )
        .prefetch_related("breaks")
        .order_by("starts_at", "pk")
    )
    return [MeetingLine(meeting, standing(meeting, at=at), meeting.came) for meeting in meetings]


def standing(meeting: Any, *, at: datetime) -> tuple[str, str]:
    """Return where the attendance of a meeting stands: a kind of tag, and words."""
    if meeting.is_cancelled:
        return "bad", _("cancelled")
    if meeting.complete:
        return "ok", _("complete")
    if meeting.ends_at <= at:
        return "warn", _("not complete")
    if meeting.starts_at <= at or meeting.marked:
        return "info", _("being taken")
    return "", _("upcoming")


def seen_figures(network: Network) -> dict[str, int]:
    """Return how many people were seen at least once, and how many came but have no seat any more."""
    return {
        "people_seen": Registration.objects.filter(
            pk__in=Attendance.objects.filter(meeting__network=network, status=Seen.PRESENT).values(
                "registration"
            )
        ).count()
    }


def progress_line(readiness: Readiness) -> str:
    """Return where one person stands, such as "2 of 3 meetings, 4 of 10 hours, no PDPs yet"."""
    return _("%(attended)s of %(held)s meetings, %(total)s") % {
        "attended": readiness.meetings_attended,
        "held": readiness.course.own_held,
        "total": total_words(readiness.total, awards_units=not readiness.course.lacks),
    }
