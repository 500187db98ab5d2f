"""Meetings as the arithmetic of credit takes them."""

from collections.abc import Iterable

from meetings.models import Meeting
from registrations.credit.domain.credits import Session


def session_of(meeting: Meeting) -> Session:
    """Return what the arithmetic asks of ``meeting``."""
    group = meeting.working_group
    return Session(
        window=(meeting.starts_at, meeting.ends_at),
        counts=meeting.counts,
        group=meeting.working_group_id,
        same_topic=group is None or group.same_topic,
    )


def standing_sessions(meetings: Iterable[Meeting]) -> list[Session]:
    """Return those of ``meetings`` that were not cancelled."""
    return [session_of(meeting) for meeting in meetings if not meeting.is_cancelled]
