"""What a mail server meant when it refused, in words for people (RFC 3463)."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
REPLY = re.compile(r"\b([45]\d\d)\b")


def status_of(words: str) -> tuple[int, int, int] | None:
    """Return the enhanced status code in what a server said, such as (5, 1, 1), or None."""
    found = STATUS.search(words)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def is_wrong_address(words: str, *, of_recipient: bool = False) -> bool:
    """Return whether a refusal says that there is no such mailbox.

    A full mailbox (x.2.2), what may pass (4.x) and what is refused for what it is or who sends it (5.7.x)
    say nothing about the address. Without an enhanced code only 550, 551 and 553 do, where they answer the
    name of the recipient and no letter.
    """
    status = status_of(words)
    if status is not None:
        return status[0] == 5 and status[1] == 1
    reply = REPLY.search(words)
    return of_recipient and reply is not None and reply[1] in ("550", "551", "553")


class Hearer(Protocol):
    """Is told of an address that a server says does not exist."""

    def __call__(self, address: str, *, reason: str, at: datetime) -> None:
        """Write it down."""


_hearers: list[Hearer] = []


def when_wrong(hearer: Hearer) -> None:
    """Let an upper app say in ``ready()`` what becomes of an address that does not exist."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def tell_of_wrong(address: str, *, reason: str, at: datetime) -> None:
    """Tell of an address that a server says does not exist."""
    for hearer in _hearers:
        hearer(address, reason=reason, at=at)


_SAID: list[tuple[Callable[[tuple[int, int, int]], bool], Callable[[], str]]] = [
    (lambda code: code[1:] == (2, 2), lambda: _("The mailbox is full.")),
    (lambda code: code[1] == 1, lambda: _("No such mailbox.")),
    (lambda code: code[1] == 2, lambda: _("The mailbox takes no mail now.")),
    (lambda code: code[1] == 4, lambda: _("Their mail server could not be reached.")),
    (lambda code: code[1] == 7, lambda: _("Their mail server doesn't let our mail in.")),
    (lambda code: code[0] == 4, lambda: _("Their mail server is busy.")),
]


def reason_of(words: str) -> str:
    """Return in a sentence why a mail did not go through, as far as the server said it."""
    if not words:
        return ""
    status = status_of(words)
    if status is not None:
        said = next((say() for is_it, say in _SAID if is_it(status)), "")
        return said or _("Their mail server refused it.")
    reply = REPLY.search(words)
    if reply and reply[1] in ("550", "551", "553"):
        return _("No such mailbox, or it takes no mail from us.")
    if reply and reply[1].startswith("4"):
        return _("Their mail server is busy.")
    return _("Their mail server refused it.") if reply else _("Their mail server could not be reached.")
