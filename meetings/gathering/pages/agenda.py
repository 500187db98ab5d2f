"""What is shown of an agenda: each line with its time, and who presents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.gathering.domain.agenda import Agenda, agenda_of
from meetings.gathering.domain.layout import Line, length
from meetings.models import AgendaItem, Break, Meeting, meeting_roles
from meetings.models.gathering.meeting_roles import SeenMeeting
from stemnet import wording

SAID = (AgendaItem.Kind.DISCUSSION, AgendaItem.Kind.GROUPS, AgendaItem.Kind.REPORTS)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of an agenda as it is read, and as its buttons need it; ``row`` is its item or break."""

    name: str
    row: AgendaItem | Break
    is_break: bool
    clock: str
    wall: str
    length: str
    who: str
    up: str | None
    down: str | None

    @property
    def title(self) -> str:
        """Return what it is."""
        return _("Break") if isinstance(self.row, Break) else self.row.title

    @property
    def note(self) -> str:
        """Return what people do, where they don't just listen, and what was noted."""
        if isinstance(self.row, Break):
            return ""
        kind = self.row.get_kind_display() if self.row.kind in SAID else ""
        return ": ".join(filter(None, [kind, self.row.note]))


@dataclass(frozen=True)
class Presenter:
    """Somebody who presents: their name, where they are from, and two letters."""

    name: str
    place: str
    letters: str


def with_agenda(meetings: QuerySet[Any]) -> QuerySet[Any]:
    """Fetch what the agenda of each meeting is made of; two queries."""
    items = AgendaItem.objects.select_related("presenter")
    return meetings.prefetch_related("breaks", Prefetch("agenda_items", queryset=items))


def agenda_context(meeting: SeenMeeting) -> dict[str, Any]:
    """Return the agenda as the reader may see it: persons who present are named to those of the meeting."""
    agenda = agenda_of(meeting)
    named = meeting_roles.is_among(meeting)
    rows = rows_of(agenda, named=named)
    return {
        "agenda": rows,
        "agenda_length": length_words(meeting.minutes),
        "too_long": too_long(agenda),
        "presenters": presenters_of(agenda.items.values(), named=named),
    }


def rows_of(agenda: Agenda, *, named: bool) -> list[Row]:
    """Return the lines in order; each knows before which line its buttons put it."""
    names = [agenda.name(one) for one in agenda.lines]
    after = [*names[2:], "", ""]
    return [
        Row(
            name=names[number],
            row=agenda.row(line),
            is_break=line.is_break,
            clock=clock_of(agenda.meeting, line),
            wall=wall_of(agenda.meeting, line),
            length=minutes_words(line.minutes),
            who="" if line.is_break else who_words(agenda.items[line.key], named=named),
            up=names[number - 1] if number else None,
            down=after[number] if number < len(names) - 1 else None,
        )
        for number, line in enumerate(agenda.lines)
    ]


def clock_of(meeting: Meeting, line: Line) -> str:
    """Return the wall time at which a line begins, such as "9:15 a.m."."""
    begins = meeting.starts_at + timedelta(minutes=line.start)
    return wording.clock(begins.astimezone(ZoneInfo(meeting.zone)))


def wall_of(meeting: Meeting, line: Line) -> str:
    """Return the same for programs, such as "09:15"."""
    begins = meeting.starts_at + timedelta(minutes=line.start)
    return f"{begins.astimezone(ZoneInfo(meeting.zone)):%H:%M}"


def minutes_words(minutes: int) -> str:
    """Return a length such as "45 min"; whole hours from two on as hours."""
    if minutes >= 120 and minutes % 60 == 0:
        return wording.hours_phrase(minutes)
    return _("%(minutes)d min") % {"minutes": minutes}


def length_words(minutes: int) -> str:
    """Return a length such as "2 hours 45 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(parts)


def too_long(agenda: Agenda) -> str:
    """Say that the agenda is longer than the meeting, and by how much; nothing where it isn't."""
    over = length(agenda.lines) - agenda.meeting.minutes
    if over <= 0:
        return ""
    return _("This agenda is %(over)s longer than the meeting.") % {"over": length_words(over)}


def left_words(agenda: Agenda) -> str:
    """Say how much is planned and how much is left of the meeting."""
    planned = length(agenda.lines)
    left = agenda.meeting.minutes - planned
    words = {"planned": length_words(planned), "left": length_words(max(left, 0))}
    return _("%(planned)s planned, %(left)s left.") % words


def who_words(item: AgendaItem, *, named: bool) -> str:
    """Return who presents an item: the person, where they are named, and the name that was typed."""
    person = str(item.presenter) if item.presenter and named else ""
    typed = [name.strip() for name in item.presenter_name.split(";") if name.strip()]
    return _(" and ").join(filter(None, [person, *typed]))


def presenters_of(items: Iterable[AgendaItem], *, named: bool) -> list[Presenter]:
    """Return everybody who presents, once, in the order of the agenda."""
    found: dict[str, Presenter] = {}
    for item in items:
        persons = [str(item.presenter)] if item.presenter and named else []
        for words in [*persons, *filter(None, map(str.strip, item.presenter_name.split(";")))]:
            name, _comma, place = words.partition(",")
            found.setdefault(words, Presenter(name.strip(), place.strip(), letters_of(place or name)))
    return list(found.values())


def letters_of(words: str) -> str:
    """Return the first letters of the first two words."""
    return "".join(word[0] for word in words.split()[:2]).upper()
