"""What a report says, line by line, in the same shape whatever tool wrote it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """How a line looks; only a person is ever matched by the portal itself."""

    PERSON = "person"
    TELEPHONE = "telephone"
    ROOM = "room"
    BOT = "bot"
    DEVICE = "device"
    NAMELESS = "nameless"

    @property
    def label(self) -> str:
        """Return the words for it."""
        return str(KIND_WORDS[self])


KIND_WORDS = {
    Kind.PERSON: _("Person"),
    Kind.TELEPHONE: _("Telephone"),
    Kind.ROOM: _("Room or several people"),
    Kind.BOT: _("Note taker or recorder"),
    Kind.DEVICE: _("Device without a name"),
    Kind.NAMELESS: _("No name"),
}


class Doubt(StrEnum):
    """Why a report doesn't know how long somebody was there."""

    NONE = ""
    CAME_BEFORE = "came_before"  # was there when the list began
    NO_LEFT = "no_left"  # the list doesn't say when they left
    BEFORE_AND_NO_LEFT = "before_and_no_left"
    SECOND_DEVICE = "second_device"  # joined twice, left once
    AWAY = "away"  # first, last and total: was away in between
    DEVICES = "devices"  # a total that counts two devices twice
    NO_TIMES = "no_times"  # at most a total
    LEFT_FIRST = "left_first"  # left before joining

    @property
    def words(self) -> str:
        """Return the sentence for whoever decides."""
        return str(DOUBT_WORDS[self])


DOUBT_WORDS = {
    Doubt.NONE: "",
    Doubt.CAME_BEFORE: _("Came before the list began."),
    Doubt.NO_LEFT: _("The list doesn't say when they left."),
    Doubt.BEFORE_AND_NO_LEFT: _("Came before the list began, and it doesn't say when they left."),
    Doubt.SECOND_DEVICE: _("Joined more often than left: a second device may have stayed."),
    Doubt.AWAY: _("Was away for part of the time, and the report doesn't say when."),
    Doubt.DEVICES: _("The report adds devices up, so it doesn't say how long they were there."),
    Doubt.NO_TIMES: _("The report has no times."),
    Doubt.LEFT_FIRST: _("The report says that they left before they joined."),
}


class Line(NamedTuple):
    """A row of a report as written; times are seconds since 1970 on the clock of the file (`instants.py`).

    ``number`` is its line in the file. ``address`` is lower case, and empty where there is none or a made-up
    one. ``total`` are the seconds that the tool says. With a doubt, ``joined`` and ``left`` are what is
    certain.
    """

    number: int
    name: str
    original_name: str = ""
    address: str = ""
    kind: Kind = Kind.PERSON
    joined: int | None = None
    left: int | None = None
    total: int | None = None
    waiting: bool = False
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where a person pointed: the places of columns, counted from 0."""

    name: int
    joined: int
    left: int
    address: int | None = None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The widest table of a file that nobody could read: names of its columns, its first rows, all texts.

    ``header`` is the fingerprint by which an answer can be remembered; ``guess`` says what the values look
    like.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header: str
    guess: dict[str, int]
