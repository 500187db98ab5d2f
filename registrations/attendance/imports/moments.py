"""Moments as reports write them: any order of day and month, 12 or 24 hours, many languages.

A cell is taken apart once into `Written`. Which of its numbers is the day, the meeting's own day decides
(`orders.py`). Most cells of a column share their day and hour, so `Clock` reads the rest from a table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import repeat

from registrations.attendance.imports.instants import HOUR, seconds_of
from registrations.attendance.imports.months import AFTERNOON, FILLERS, MORNING, month_of

EARLIEST, LATEST = 1990, 2100  # years in which there may have been a meeting
LONGEST = 60  # characters of a cell that may be a moment
UNITS = str.maketrans(dict.fromkeys("年月日時分秒년월일시분초时", " "))
HALF = re.compile(r"(?<![^\W\d_])([ap])\.?\s?m\b\.?", re.IGNORECASE)
TOKENS = re.compile(r"(\d+)|([^\W\d_]+)")
OFFSET = re.compile(r"(?<=\d)\s*(?:(Z|UTC|GMT)|(?:UTC|GMT)?([+-])(\d\d):?(\d\d))\)?$")
FRACTION = re.compile(r"(:\d\d)[.,]\d{1,9}")
TIME_FIRST = re.compile(r"\D*\d{1,2}:\d\d(:\d\d)?")
ZONE = re.compile(r"[A-Z]{2,5}$")
MINUTES = {f"{minute:02}:{second:02}": minute * 60 + second for minute in range(60) for second in range(60)}
Numbers = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A moment as written: the three numbers of its date, where it has one, and its time of day.

    ``month`` is 0 where the month is a number, too. ``zone`` is set where the cell says UTC or an offset;
    ``zone_words`` are letters behind it, such as EST, which are shown and not trusted.
    """

    numbers: Numbers | None
    month: int
    clock: time | None
    zone: tzinfo | None = None
    zone_words: str = ""


@lru_cache(maxsize=20_000)
def written(cell: str) -> Written | None:
    """Return what ``cell`` says as a date, time or both; None for anything else."""
    if not 3 <= len(cell) <= LONGEST or not any(map(str.isdigit, cell)):
        return None
    bare = FRACTION.sub(r"\1", cell.strip())
    bare, zone = _without_offset(bare)
    half = HALF.search(bare)
    rest = f"{bare[: half.start()]} {bare[half.end() :]}" if half else bare
    numbers, words = _tokens(rest.translate(UNITS))
    month, is_afternoon, zone_words = _said(words, afternoon=half[1].lower() == "p" if half else None)
    if zone_words is None:
        return None
    date_numbers, clock_numbers = _parted(numbers, has_month=month > 0, rest=rest)
    clock = _clock(clock_numbers, is_afternoon=is_afternoon)
    if date_numbers is None or (clock is None and (clock_numbers or not date_numbers)):
        return None
    return Written(date_numbers or None, month, clock, zone, zone_words)


def _without_offset(cell: str) -> tuple[str, tzinfo | None]:
    found = OFFSET.search(cell) if ":" in cell else None
    if not found:
        return cell.replace("T", " ", 1) if cell[10:11] == "T" else cell, None
    bare = cell[: found.start()].rstrip(" (")
    bare = bare.replace("T", " ", 1) if bare[10:11] == "T" else bare
    if found[1]:
        return bare, UTC
    hours, minutes = int(found[3]), int(found[4])
    if hours > 14 or minutes > 59:
        return cell, None
    shift = timedelta(hours=hours, minutes=minutes)
    return bare, timezone(-shift if found[2] == "-" else shift)


def _tokens(text: str) -> tuple[list[str], list[str]]:
    numbers: list[str] = []
    words: list[str] = []
    for number, word in TOKENS.findall(text):
        (numbers if number else words).append(number or word)
    return numbers, words


def _said(words: Sequence[str], *, afternoon: bool | None) -> tuple[int, bool | None, str | None]:
    """Return the month, the half of the day and letters of a zone; None for these where a word is none."""
    month, zone = 0, ""
    for place, word in enumerate(words):
        low = word.casefold()
        if low in MORNING or low in AFTERNOON:
            afternoon = low in AFTERNOON
        elif low in FILLERS:
            continue
        elif not month and (found := month_of(word)):
            month = found
        elif place == len(words) - 1 and ZONE.match(word):
            zone = word
        else:
            return 0, None, None
    return month, afternoon, zone


def _parted(
    numbers: Sequence[str], *, has_month: bool, rest: str
) -> tuple[Numbers | tuple[()] | None, Sequence[str]]:
    """Part numbers into those of the date and those of the time; None where they are neither."""
    if early := TIME_FIRST.match(rest):
        hours = 3 if early[1] else 2
        numbers = [*numbers[hours:], *numbers[:hours]] if len(numbers) > 3 else numbers
    if has_month:
        if len(numbers) not in (2, 4, 5):
            return None, ()
        first, second = numbers[:2]
        return ((second, "", first) if len(first) == 4 else (first, "", second)), numbers[2:]
    if len(numbers) in (5, 6):
        return (numbers[0], numbers[1], numbers[2]), numbers[3:]
    if len(numbers) == 3 and not _is_time(rest):
        return (numbers[0], numbers[1], numbers[2]), ()
    return ((), numbers) if len(numbers) in (1, 2, 3) else (None, ())


def _is_time(text: str) -> bool:
    return ":" in text or "h" in text


def _clock(numbers: Sequence[str], *, is_afternoon: bool | None) -> time | None:
    """Return the time of day; a lone hour needs its half of the day."""
    if not numbers or (len(numbers) == 1 and is_afternoon is None) or any(len(one) > 2 for one in numbers):
        return None
    hour, minute, second = map(int, (*numbers, "0", "0")[:3])
    if is_afternoon is not None and 1 <= hour <= 12:
        hour = hour % 12 + 12 * is_afternoon
    if hour > 23 or minute > 59 or second > 60:
        return None
    return time(hour, minute, min(second, 59))


class Clock:
    """Reads columns of moments, as seconds, once the order of dates is known.

    ``is_utc`` says whether they are those of UTC: of a layout, or because a cell says its zone.
    """

    def __init__(self, *, order: str, day: date, is_utc: bool = False) -> None:
        self.order, self.day, self.is_utc = order, day, is_utc
        self._hours: dict[str, dict[str, int]] = {}  # by what stands before and behind minutes and seconds
        self._cells: dict[str, int | None] = {}

    def column(self, cells: Sequence[str]) -> list[int | None]:
        """Return the moments of a column; None for a cell that is none."""
        hours, minutes = self._hours, MINUTES
        try:  # each in an hour that was read before
            parts = map(str.partition, cells, repeat(":"))
            return [hours[head][rest[5:]] + minutes[rest[:5]] for head, _colon, rest in parts]
        except KeyError:
            return list(map(self._one, cells))

    def _one(self, cell: str) -> int | None:
        head, _colon, rest = cell.partition(":")
        past, hours = MINUTES.get(rest[:5]), self._hours.setdefault(head, {})
        if past is not None and rest[5:] in hours:
            return hours[rest[5:]] + past
        if cell not in self._cells:
            self._cells[cell] = moment = self._moment(cell)
            if moment is not None and past is not None and moment % HOUR == past:
                hours[rest[5:]] = moment - past
        return self._cells[cell]

    def _moment(self, cell: str) -> int | None:
        said = written(cell)
        if said is None or said.clock is None:
            return None
        on = in_order(said, self.order) if said.numbers else self.day
        if on is None:
            return None
        if said.zone is None:
            return seconds_of(on, said.clock)
        self.is_utc = True
        return int(datetime.combine(on, said.clock, said.zone).timestamp())


def in_order(said: Written, order: str) -> date | None:
    """Return the date whose numbers stand in ``order``, such as "mdy"; None where there is no such day."""
    if said.numbers is None or len(order) != len(said.numbers):
        return None
    if said.month:
        day, _none, year = said.numbers
        return _date(year, said.month, int(day))
    if len(said.numbers[0]) == 4 and order[0] != "y":
        return None
    parts = dict(zip(order, said.numbers, strict=True))
    return _date(parts["y"], int(parts["m"]), int(parts["d"]))


def _date(year: str, month: int, day: int) -> date | None:
    full = int(year) + (2000 if len(year) <= 2 else 0)
    if not EARLIEST <= full <= LATEST:
        return None
    try:
        return date(full, month, day)
    except ValueError:
        return None
