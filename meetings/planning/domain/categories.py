"""The categories of a meeting's hours: of several the minutes of each, which add up to its length.

See docs/rules.md 2.2. Which categories there are is said by an upper app in its ``ready()``::

    categories.add(every_category)
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.planning.exceptions import PlanRefused
from stemnet.shares import shared_out

Choices = list[tuple[str, str]]  # code and label
Shares = list[tuple[str, int]]  # category and minutes
_lists: list[Callable[[], Choices]] = []


def add(read: Callable[[], Choices]) -> None:
    """Let ``read`` say which categories there are."""
    _lists.append(read)


def known() -> Choices:
    """Return every category that a rule has, once."""
    return list(dict(choice for read in _lists for choice in read()).items())


def shares_of(meeting: Meeting) -> Shares:
    """Return the minutes of each category of ``meeting``; nothing where its hours have one."""
    return [(code, minutes) for code, minutes in meeting.category_minutes]


def write(meeting: Meeting, shares: Iterable[tuple[str, int]]) -> None:
    """Give ``meeting``, which has its time, these minutes a category, without saving. Raises as `check`."""
    shares = list(shares)
    check(shares, length=meeting.minutes)
    meeting.category_minutes = [[code, minutes] for code, minutes in shares]


def check(shares: Shares, *, length: int) -> None:
    """Raise PlanRefused unless there are none, or each has minutes and they add up to ``length`` minutes."""
    if not shares:
        return
    if len({code for code, _minutes in shares}) < len(shares):
        raise PlanRefused(sentence=_("Name each category once in the minutes by category."))
    total = sum(minutes for _code, minutes in shares)
    if total != length or any(minutes <= 0 for _code, minutes in shares):
        words = {"total": total, "length": length}
        raise PlanRefused(
            sentence=_(
                "The minutes by category add up to %(total)s, and the meeting lasts %(length)s minutes, "
                "breaks included."
            )
            % words
        )


def follow(meeting: Meeting, *, length: int) -> None:
    """Share the new ``length`` (minutes) of ``meeting`` out as its old one was, without saving."""
    shares = shares_of(meeting)
    if not shares or length == sum(minutes for _code, minutes in shares):
        return
    minutes = shared_out(length, [each for _code, each in shares])
    scaled = [[code, int(each)] for (code, _old), each in zip(shares, minutes, strict=True) if each]
    meeting.category_minutes = scaled
