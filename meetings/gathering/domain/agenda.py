"""The agenda of a meeting: its items, and its breaks, which the rule of credit knows.

A break is a row of `Break` and nothing else. Where one moves, because it or something before it was moved or
made longer, its new time is written there, and whoever counts hours hears of it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.gathering.domain.layout import Line, laid_out, moved, settled
from meetings.gathering.exceptions import AgendaRefused, ItemEdited, LineGone
from meetings.models import AgendaItem, Break, Meeting, Network
from meetings.planning.domain import breaks, counting, setting_up
from partners.models import Actor, Person, Standard, Subject

MOST_ITEMS = 60


@dataclass(frozen=True)
class Words:
    """What was typed about an item."""

    title: str
    minutes: int
    kind: str = AgendaItem.Kind.TALK
    presenter: Person | None = None
    presenter_name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Agenda:
    """The lines of a meeting in order, and the rows behind them by key."""

    meeting: Meeting
    lines: list[Line]
    items: dict[int, AgendaItem]
    breaks: dict[int, Break]

    def row(self, line: Line) -> AgendaItem | Break:
        """Return the item or break of ``line``."""
        return self.breaks[line.key] if line.is_break else self.items[line.key]

    def name(self, line: Line) -> str:
        """Return what a form calls ``line``."""
        return f"break-{line.key}" if line.is_break else f"item-{self.items[line.key].uid}"

    def line(self, name: str) -> Line:
        """Return the line that a form calls ``name``. Raises LineGone where there is none any more."""
        for one in self.lines:
            if self.name(one) == name:
                return one
        raise LineGone


def agenda_of(meeting: Meeting) -> Agenda:
    """Return the agenda of ``meeting``; two queries, or none where both are fetched."""
    items, pauses = list(meeting.agenda_items.all()), list(meeting.breaks.all())
    lines = laid_out(
        [Line(one.pk, one.minutes) for one in items],
        [Line(one.pk, one.minutes, is_break=True, start=minute_in(meeting, one)) for one in pauses],
    )
    return Agenda(meeting, lines, {one.pk: one for one in items}, {one.pk: one for one in pauses})


def minute_in(meeting: Meeting, pause: Break) -> int:
    """Return how many minutes after the start of ``meeting`` a break of it begins."""
    pause.meeting = meeting
    return int((pause.span[0] - meeting.starts_at).total_seconds() // 60)


@dataclass(frozen=True, kw_only=True)
class About:
    """What people have at the end of a meeting, what it alone is about, and how they get in."""

    aim: str = ""
    arrival: str = ""
    subjects: Iterable[Subject] = ()
    standards: Iterable[Standard] = ()


@transaction.atomic
def describe(meeting: Meeting, about: About) -> None:
    """Write what a meeting is about, and around its agenda; nobody is told of it."""
    meeting.aim, meeting.arrival = about.aim, about.arrival
    meeting.save(update_fields=["aim", "arrival"])
    meeting.subjects.set(about.subjects)
    meeting.standards.set(about.standards)


def check_open(meeting: Meeting, *, at: datetime) -> None:
    """Raise AgendaRefused where the agenda of ``meeting`` stays as it is."""
    if meeting.is_cancelled:
        raise AgendaRefused(sentence=_("This meeting was cancelled, so its agenda stays as it is."))
    if meeting.ends_at <= at:
        raise AgendaRefused(sentence=_("This meeting is over, so its agenda stays as it was."))


@contextmanager
def _held(meeting: Meeting, *, at: datetime) -> Iterator[Agenda]:
    """Hold the network and the meeting, in the order in which changes of meetings do, and give the agenda."""
    with transaction.atomic():
        list(Network.objects.select_for_update(of=("self",)).filter(meetings=meeting))
        rows = Meeting.objects.select_for_update(of=("self",)).select_related("network")
        locked = rows.get(pk=meeting.pk)
        check_open(locked, at=at)
        yield agenda_of(locked)


def add_item(meeting: Meeting, words: Words, *, uid: UUID, at: datetime) -> None:
    """Add an item at the end; ``uid`` comes with the form, so that sending it twice adds one.

    Raises AgendaRefused.
    """
    with _held(meeting, at=at) as agenda:
        if AgendaItem.objects.filter(uid=uid).exists():
            return
        _check_room(agenda)
        place = max((one.place for one in agenda.items.values()), default=0) + 1
        AgendaItem.objects.create(meeting=agenda.meeting, uid=uid, place=place, **vars(words))


def add_break(meeting: Meeting, minutes: int, *, seen: int, by: Actor, at: datetime) -> None:
    """Add a break at the end; ``seen`` is how many there were, so that sending it twice adds one.

    Raises AgendaRefused, also where there are others meanwhile, and PlanRefused for a break past the end.
    """
    with _held(meeting, at=at) as agenda:
        if len(agenda.breaks) != seen:
            raise AgendaRefused(
                sentence=_("Somebody else changed the breaks. Add yours again if it's not among them.")
            )
        _check_room(agenda)
        new = Line(0, minutes, is_break=True)
        _write(agenda, settled([*agenda.lines, new]), by=by, at=at)


def _check_room(agenda: Agenda) -> None:
    """Refuse one more line where there are too many."""
    if len(agenda.lines) >= MOST_ITEMS:
        raise AgendaRefused(
            sentence=_("An agenda has %(most)s items at most. Put some together.") % {"most": MOST_ITEMS}
        )


def change_item(item: AgendaItem, words: Words, *, edition: int, by: Actor, at: datetime) -> None:
    """Write what was typed about an item as it was in its ``edition``; breaks behind it follow.

    Raises ItemEdited where somebody else changed it meanwhile, LineGone where it is gone, and AgendaRefused.
    """
    with _held(item.meeting, at=at) as agenda:
        row = agenda.items.get(item.pk)
        if row is None:
            raise LineGone
        typed = vars(words)
        if all(getattr(row, name) == value for name, value in typed.items()):
            return
        if row.edition != edition:
            raise ItemEdited(row)
        for name, value in typed.items():
            setattr(row, name, value)
        row.edition += 1
        row.save()
        lengths = [replace(one, minutes=words.minutes) if _is(one, item) else one for one in agenda.lines]
        _write(agenda, settled(lengths), by=by, at=at)


def _is(line: Line, item: AgendaItem) -> bool:
    return not line.is_break and line.key == item.pk


def change_break(meeting: Meeting, name: str, minutes: int, *, by: Actor, at: datetime) -> None:
    """Make a break longer or shorter. Raises LineGone, AgendaRefused and PlanRefused."""
    with _held(meeting, at=at) as agenda:
        line = agenda.line(name)
        lengths = [replace(one, minutes=minutes) if one == line else one for one in agenda.lines]
        _write(agenda, settled(lengths), by=by, at=at)


def move(meeting: Meeting, name: str, *, before: str, by: Actor, at: datetime) -> None:
    """Put a line before another, or with nothing in ``before`` at the end; twice is the same as once.

    Raises LineGone where one of them is gone, AgendaRefused, and PlanRefused for a break pushed out.
    """
    with _held(meeting, at=at) as agenda:
        line, other = agenda.line(name), agenda.line(before) if before else None
        if other != line:
            _write(agenda, moved(agenda.lines, line, before=other), by=by, at=at)


def remove(meeting: Meeting, name: str, *, by: Actor, at: datetime) -> None:
    """Take a line out; what is gone already stays so. Raises AgendaRefused and PlanRefused."""
    with _held(meeting, at=at) as agenda:
        left = [one for one in agenda.lines if agenda.name(one) != name]
        for one in agenda.lines:
            if one not in left and not one.is_break:
                agenda.items[one.key].delete()
        _write(agenda, settled(left), by=by, at=at)


def copy_from(meeting: Meeting, source: Meeting, *, by: Actor, at: datetime) -> int:
    """Copy the items of ``source`` into an agenda without any, and its breaks where it has none; how many.

    Raises AgendaRefused where there are items, or nothing to copy, and PlanRefused for a break past the end.
    """
    with _held(meeting, at=at) as agenda:
        if agenda.items:
            raise AgendaRefused(sentence=_("This agenda has items already. Remove them to copy another."))
        model = agenda_of(source)
        if not model.items:
            raise AgendaRefused(sentence=_("That meeting has no agenda to copy."))
        for place, one in enumerate(model.items.values(), start=1):
            copied = {name: getattr(one, name) for name in Words.__dataclass_fields__}
            AgendaItem.objects.create(meeting=agenda.meeting, place=place, **copied)
        if not agenda.breaks:
            pauses = [replace(one, key=0) for one in model.lines if one.is_break]
            _write(replace(agenda, items={}), pauses, by=by, at=at)
        return len(model.items)


def _write(agenda: Agenda, lines: list[Line], *, by: Actor, at: datetime) -> None:
    """Write the places of the items and the times of the breaks of ``lines``, where they changed."""
    order = [one.key for one in lines if not one.is_break]
    for place, key in enumerate(order, start=1):
        if agenda.items[key].place != place:
            agenda.items[key].place = place
            agenda.items[key].save(update_fields=["place"])
    meeting = agenda.meeting
    wanted = [_break_at(agenda, one) for one in lines if one.is_break]
    before = {one.pk: (one.start_time, one.minutes) for one in meeting.breaks.all()}
    if {one.pk: (one.start_time, one.minutes) for one in wanted} == before:
        return
    with counting.watched(meeting.network, at=at):
        breaks.keep(meeting, wanted)
    if meeting.network:
        setting_up.touch(meeting.network, by=by, at=at, save=True)


def _break_at(agenda: Agenda, line: Line) -> Break:
    """Return the break of ``line`` with the wall time that it begins at, unsaved."""
    meeting = agenda.meeting
    local = (meeting.starts_at + timedelta(minutes=line.start)).astimezone(ZoneInfo(meeting.zone))
    pk = agenda.breaks[line.key].pk if line.key else None
    row = agenda.breaks[line.key] if pk else Break(meeting=meeting)
    row.start_time, row.minutes = local.time().replace(second=0, microsecond=0), line.minutes
    return row
