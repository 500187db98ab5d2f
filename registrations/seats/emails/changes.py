"""The mail that tells a person of every change that one act made to their meetings (a snow day)."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from meetings.models import Meeting, MeetingChange, WorkingGroup
from meetings.planning.calendars import Home
from partners.models import Person
from partners.people.emails import letter_to
from registrations.models import CalendarRevision, Registration
from registrations.seats.calendars import invitation_to_each
from registrations.seats.emails import why
from registrations.seats.emails.calendar_files import calendar_type
from stemnet.outbox.queueing import Attachment, Letter, prepare_many, put
from stemnet.outbox.rendering import Rendered, render
from stemnet.wording import span

TEMPLATE = "mail/registrations/meetings_changed"


@dataclass(frozen=True)
class Hearer:
    """Somebody who is told; ``registration`` is None for who leads a group, or sits on the team ``home``."""

    person: Person
    home: Home
    registration: Registration | None = None

    @property
    def may_join(self) -> bool:
        """Return whether they are told the link to join."""
        one = self.registration
        return one is None or one.is_seated or one.status == Registration.Status.GUEST

    @property
    def about(self) -> str:
        """Return what their mail is about, for its key and object."""
        one = self.registration
        return f"registration:{one.uid}" if one else f"lead:{self.person.uid}"


@dataclass
class Kept:
    """What is the same for all readers of a language, so that hundreds take little longer than few."""

    raised: dict[tuple[int, int], int] = field(default_factory=dict)  # by person and meeting
    files: dict[tuple[UUID, str], Callable[[Person, int], str]] = field(default_factory=dict)
    lines: dict[tuple[UUID, str, bool], Mapping[str, str]] = field(default_factory=dict)


def meetings_changed(told: Iterable[tuple[Hearer, list[MeetingChange]]], *, at: datetime) -> None:
    """Queue one mail a person about all their changes; mail preferences do not stop it.

    See docs/rules.md 5.2.
    """
    told = list(told)
    kept = Kept(raised=raised_for({change.meeting.pk for _hearer, changes in told for change in changes}))
    letters = [letter(hearer, changes, kept) for hearer, changes in told]
    put(prepare_many([one for one in letters if one["address"]], at=at), at=at)


def raised_for(meetings: Collection[int]) -> dict[tuple[int, int], int]:
    """Return how often it changed who comes to ``meetings``, by person and meeting, where it did."""
    rows = CalendarRevision.objects.filter(meeting__in=meetings).values_list("person", "meeting", "raised")
    return {(person, meeting): raised for person, meeting, raised in rows}


def letter(hearer: Hearer, changes: Sequence[MeetingChange], kept: Kept) -> Letter:
    """Return the mail to one person, with a calendar file a meeting; its key names the act."""
    person = hearer.person
    revisions = ",".join(sorted(f"{change.meeting.uid}/{change.sequence}" for change in changes))
    act = hashlib.sha256(revisions.encode()).hexdigest()[:24]
    with translation.override(person.language):
        files = [calendar_file(hearer, change, kept) for change in changes]
    return letter_to(
        person,
        TEMPLATE,
        lambda: said(hearer, changes, kept),
        key=f"meetings_changed:{hearer.about}:{act}",
        about=hearer.about,
        attachments=files,
    )


def preview(hearer: Hearer, changes: Sequence[MeetingChange]) -> Rendered:
    """Return the mail as this person would get it, without queueing it."""
    known = letter(hearer, changes, Kept())
    return render(TEMPLATE, known["context"], language=known["language"])


def said(hearer: Hearer, changes: Sequence[MeetingChange], kept: Kept) -> dict[str, Any]:
    """Return what the mail says."""
    home = hearer.home
    return {
        "network": home,
        "lines": [line_for(hearer, change, kept) for change in changes],
        "reason": changes[0].reason,
        "url": settings.SITE_URL + home.get_absolute_url(),
        "is_team": isinstance(home, WorkingGroup),
        "why": reason(hearer),
    }


def reason(hearer: Hearer) -> str:
    """Say why this person is told."""
    if isinstance(hearer.home, WorkingGroup):
        return why.on_team(hearer.home)
    return why.registered(hearer.home) if hearer.registration else why.leads_group(hearer.home)


def line_for(hearer: Hearer, change: MeetingChange, kept: Kept) -> Mapping[str, str]:
    """Return one change in words, in the reader's language, which must be active."""
    known = (change.meeting.uid, hearer.person.language, hearer.may_join)
    if known not in kept.lines:
        kept.lines[known] = line(change, seated=hearer.may_join)
    return kept.lines[known]


def line(change: MeetingChange, *, seated: bool) -> Mapping[str, str]:
    """Return one change in words; the link to join goes to those with a seat only."""
    meeting = change.meeting
    moved = (change.before["starts_at"], change.before["ends_at"]) != (
        change.after["starts_at"],
        change.after["ends_at"],
    )
    return {
        "title": meeting.title,
        "group": str(meeting.working_group or "") if meeting.network_id else "",
        "what": str(MeetingChange.What(change.what).label),
        "is_cancelled": "yes" if meeting.is_cancelled else "",
        "when": span(meeting.starts_at, meeting.ends_at, meeting.zone),
        "before": when_before(change) if moved else "",
        "where": where(meeting),
        "join_url": meeting.join_url if seated and not meeting.is_cancelled else "",
    }


def when_before(change: MeetingChange) -> str:
    """Return when the meeting was to be held before the change."""
    before = change.before
    return span(
        datetime.fromisoformat(before["starts_at"]), datetime.fromisoformat(before["ends_at"]), before["zone"]
    )


def where(meeting: Meeting) -> str:
    """Return how and where a meeting is held, in one line."""
    place = ", ".join(part for part in (meeting.venue, meeting.room, meeting.address) if part)
    how = str(meeting.get_modality_display())
    return f"{how}: {place}" if place else how


def calendar_file(hearer: Hearer, change: MeetingChange, kept: Kept) -> Attachment:
    """Return the file that changes this meeting in the reader's calendar: same UID, raised SEQUENCE."""
    meeting, person = change.meeting, hearer.person
    method = "CANCEL" if meeting.is_cancelled else "REQUEST"
    known = (meeting.uid, person.language)
    if known not in kept.files:
        kept.files[known] = invitation_to_each(hearer.home, meeting, method=method)
    return {
        "name": f"meeting-{meeting.on.isoformat()}.ics",
        "mimetype": calendar_type(method),
        "content": kept.files[known](person, kept.raised.get((person.pk, meeting.pk), 0)),
    }
