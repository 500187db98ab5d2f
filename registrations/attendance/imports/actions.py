"""Lists of joins and leaves, one moment a row: Teams of 2020 and 2021, and its live events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registrations.attendance.imports.extracting import cells_in, names_in
from registrations.attendance.imports.instants import DAY, HOUR
from registrations.attendance.imports.lines import Doubt, Line
from registrations.attendance.imports.moments import Clock
from registrations.attendance.imports.names import clean_address, kind_of, split_name
from registrations.attendance.imports.roles import Roles
from registrations.attendance.imports.tables import Table
from registrations.attendance.imports.words import Role, listed
from stemnet.plain_names import plain_name

APART = 4 * HOUR
BEFORE = listed(
    """
    joined before|ja tinha ingressado|entrou antes|a rejoint avant|a rejoint plus tot|se unio antes
    |zuvor beigetreten|bereits beigetreten|vorher beigetreten|以前に参加
    """
)
JOINED = listed(
    """
    joined|ingressou|entrou|a rejoint|rejoint|se unio|beigetreten|参加しました|参加済み|dolaczono
    |dolaczyl
    """
)
LEFT = listed(
    """
    left|saiu|a quitte|parti|salio|abandono|verlassen|退出しました|退出|opuszczono|wyszedl
    """
)


@dataclass(frozen=True, slots=True)
class Act:
    """One moment of one person: ``what`` is before, joined or left."""

    number: int
    name: str
    address: str
    session: str
    what: str
    when: int


def lines_of_actions(table: Table, roles: Roles, *, clock: Clock, is_live: bool) -> list[Line]:
    """Return the visits that a list of joins and leaves shows; an open one lasts to its last moment."""
    acts = sorted(_acts(table, roles, clock), key=lambda act: (act.when, act.what == "left"))
    lines: list[Line] = []
    for meeting in _meetings(acts):
        groups: dict[str, list[Act]] = {}
        for act in meeting:
            key = f"{act.session}|{act.address or act.name}" if is_live else act.name
            groups.setdefault(key, []).append(act)
        for group in groups.values():
            lines += _visits(group, last=meeting[-1].when, is_live=is_live)
    return lines


def _meetings(acts: Sequence[Act]) -> Iterator[list[Act]]:
    """Yield the acts of each meeting: another begins on another day, hours after the last act."""
    meeting: list[Act] = []
    for act in acts:
        last = meeting[-1].when if meeting else act.when
        if act.when // DAY != last // DAY and act.when - last > APART:
            yield meeting
            meeting = []
        meeting.append(act)
    if meeting:
        yield meeting


def _acts(table: Table, roles: Roles, clock: Clock) -> Iterator[Act]:
    said = cells_in(table, roles, Role.ACTION)
    moments = clock.column(cells_in(table, roles, Role.STAMP))
    names = names_in(table, roles)
    meaning = meanings(list(zip(names, said, moments, strict=True)))
    addresses = map(clean_address, cells_in(table, roles, Role.ADDRESS))
    sessions = cells_in(table, roles, Role.SESSION)
    rows = zip(table.numbers, names, addresses, sessions, said, moments, strict=True)
    for number, name, address, session, action, at in rows:
        if at is not None and action in meaning:
            yield Act(number, name, address, session, meaning[action], at)


def meanings(rows: Sequence[tuple[str, str, int | None]]) -> dict[str, str]:
    """Return what each action means: by its words, else by who does it first.

    Nobody leaves before joining, so an action with which somebody begins is a join. Of two joins the one
    that only happens at the first moment of the list is "joined before".
    """
    meaning = {action: what for _name, action, _at in rows if (what := known_action(action))}
    unknown = {action for _name, action, at in rows if at is not None} - set(meaning)
    if not unknown:
        return meaning
    dated = sorted(
        ((at, name, action) for name, action, at in rows if at is not None), key=lambda row: row[0]
    )
    first: dict[str, str] = {}
    for _at, name, action in dated:
        first.setdefault(name, action)
    joins = set(first.values())
    opening = dated[0][0]
    for action in unknown:
        early = action in joins and {at for at, _name, said in dated if said == action} == {opening}
        is_before = early and len(joins) > 1
        meaning[action] = "before" if is_before else "joined" if action in joins else "left"
    return meaning


def known_action(action: str) -> str:
    """Return what an action means by its words: before, joined, left, or nothing for unknown ones."""
    plain = plain_name(action)
    return "before" if plain in BEFORE else "joined" if plain in JOINED else "left" if plain in LEFT else ""


def _visits(acts: Sequence[Act], *, last: int, is_live: bool) -> Iterator[Line]:
    """Yield the visits of one person, who is there from the first join until as many leaves as joins."""
    start: Act | None = None
    joins = leaves = 0
    left_at = last
    for act in acts:
        if act.what != "left":
            start = start or act
            joins += 1
        elif start:
            leaves, left_at = leaves + 1, act.when
            if leaves == joins:
                yield _line(start, act.when, stays=Doubt.NONE)
                start, joins, leaves = None, 0, 0
    if start and leaves:
        yield _line(start, left_at, stays=Doubt.SECOND_DEVICE)
    elif start:
        yield _line(start, None if is_live else last, stays=Doubt.NO_LEFT)


def _line(start: Act, end: int | None, *, stays: Doubt) -> Line:
    came_before = start.what == "before"
    doubt = stays
    if came_before:
        doubt = Doubt.BEFORE_AND_NO_LEFT if stays else Doubt.CAME_BEFORE
    name, _none = split_name(start.name)
    return Line(
        number=start.number,
        name=name,
        address=start.address,
        kind=kind_of(name, "", bool(start.address)),
        joined=start.when,
        left=end,
        doubt=doubt,
    )
