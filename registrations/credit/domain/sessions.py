"""Meetings as the arithmetic of credit takes them; lists of them want their groups and breaks fetched."""

from collections.abc import Iterable

from meetings.models import Meeting
from registrations.credit.domain.credits import Session, Span


def session_of(meeting: Meeting, breaks: Iterable[Span] | None = None) -> Session:
    """Return what the arithmetic asks of ``meeting``; ``breaks`` are those of one that is only typed yet."""
    group = meeting.working_group
    return Session(
        window=(meeting.starts_at, meeting.ends_at),
        breaks=tuple(one.span for one in meeting.breaks.all()) if breaks is None else tuple(breaks),
        counts=meeting.counts,
        group=meeting.working_group_id,
        same_topic=group is None or group.same_topic,
    )


def standing_sessions(meetings: Iterable[Meeting]) -> list[Session]:
    """Return those of ``meetings`` that were not cancelled."""
    return [session_of(meeting) for meeting in meetings if not meeting.is_cancelled]
